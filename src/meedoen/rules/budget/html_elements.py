"""What the elements of HTML do to the words in them."""

import re

from lxml import etree

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_TEXT_BLOCKS = frozenset(("address", "blockquote", "center", "hr", "legend", "p", "pre", "summary"))
_LISTS = frozenset(("dd", "dl", "dt", "li", "ol", "ul"))
_PARTS = frozenset(
    ("article", "aside", "body", "details", "div", "fieldset", "figcaption", "figure", "form")
)
BLOCKS = HEADINGS | _TEXT_BLOCKS | _LISTS | _PARTS | {"header", "main", "section"}
"""Elements that begin on a line of their own."""

_NO_TEXT = frozenset(("head", "iframe", "object", "script", "style", "svg", "template"))
_CONTROLS = frozenset(("button", "footer", "nav", "noscript", "select", "textarea"))
_SKIPPED = _NO_TEXT | _CONTROLS
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)

_PICTURES = frozenset(("audio", "canvas", "embed", "img", "math", "picture", "svg", "video"))
_FIELDS = frozenset(("button", "input", "meter", "progress", "select", "textarea"))
_SHOWN_OTHERWISE = _PICTURES | _FIELDS | {"iframe", "object", "script"}

_EMPHASIS = frozenset(("abbr", "b", "big", "em", "font", "i", "mark", "nobr", "strong", "u"))
_WITHOUT_MEANING = _EMPHASIS | {"span", "wbr"}
_LOOKS = ("class", "id", "style")


def is_hidden(element: "etree._Element") -> bool:
    """Tell whether the page itself says that an element is not shown."""
    return (
        "hidden" in element.attrib
        or (element.tag == "input" and (element.get("type") or "").lower() == "hidden")
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def is_skipped(element: "etree._Element") -> bool:
    """Tell whether an element is no content: scripts, styles, navigation, hidden parts."""
    return element.tag in _SKIPPED or element.get("role") == "navigation" or is_hidden(element)


def is_shown_otherwise(element: "etree._Element") -> bool:
    """Tell whether an element shows something that is not among the words of the page."""
    return element.tag in _SHOWN_OTHERWISE and not is_hidden(element)


def is_only_emphasis(element: "etree._Element") -> bool:
    """Tell whether words run on through an element; how it looks may set them apart."""
    return element.tag in _WITHOUT_MEANING and not any(name in element.attrib for name in _LOOKS)
