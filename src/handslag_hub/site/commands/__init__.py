"""What `handslag hub VERB` does, a file for every verb; `handslag.cli.hub` has the words of the command line."""
