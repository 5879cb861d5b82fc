"""What coaches fill in: plain forms that turn what was typed into the words of the trade."""
