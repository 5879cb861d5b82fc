"""How long what somebody writes may be."""

LONGEST_TEXT = 500
