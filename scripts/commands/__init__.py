"""One module a subcommand; each has `command`, whose texts are in the catalogue under cli."""
