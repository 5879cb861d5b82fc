"""The top of the house: settings, addresses and the command line."""
