"""One kind of line end in a text, wherever it was typed."""


def unified(text: str) -> str:
    """Return the text with one kind of line end: a browser sends another one than a file has."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
