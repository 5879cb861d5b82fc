"""Files that people send: from their bytes to headings and rows of text."""
