"""The command line: one thin file per verb, put together in `app`. The only room that knows the outside."""
