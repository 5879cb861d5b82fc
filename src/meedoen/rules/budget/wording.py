"""How a stretch of page text is tidied before anything is read from it."""

import re

_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def tidy(text: str) -> str:
    """Give the text on one line: every white space (also a hard one) one space, no unseen signs."""
    return " ".join(_UNSEEN.sub("", text).split())


def listed(words: list[str], most: int = 20) -> str:
    """Give the words with commas between them; of a long list the first ``most`` and the rest."""
    shown = ", ".join(f"“{word}”" for word in words[:most])
    return f"{shown} en nog {len(words) - most}" if len(words) > most else shown
