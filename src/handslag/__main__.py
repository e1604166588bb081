"""`python -m handslag` is the command `handslag`."""

from handslag.cli.app import main

main()
