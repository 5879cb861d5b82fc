"""From the bytes of a file to text that can be read, or all reasons why that cannot be."""

import re

LARGEST_PAGE = 5_000_000
"""The most bytes or characters a page may have; published pages are far below it."""

MOST_LINES = 100_000

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
_KNOWN_FILES = (
    (b"%PDF", "een pdf"),
    (b"{\\rtf", "een rtf-bestand"),
)
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_SAVE_AS_XLSX = (
    "Dit bestand is een oud Word- of Excelbestand (doc of xls), of er zit een wachtwoord op. "
    "Open het in Excel of LibreOffice en bewaar het als xlsx, zonder wachtwoord."
)
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How text in UTF-16 begins, which Excel calls Unicode text."""
_SAVE_AS_TEXT = "Kopieer de pagina als tekst naar een nieuw bestand en bewaar dat als UTF-8."


class UnreadablePageError(ValueError):
    """The file is not a page of text or HTML. ``problems`` says what is wrong and what to do."""

    def __init__(self, problems: list[str]) -> None:
        """Keep all problems; together they are the message."""
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


def decode(raw: bytes) -> str:
    """Give the text of a file: UTF-8 with or without a mark at the start, else Windows-1252.

    UTF-16 is read only with its mark.

    Raises UnreadablePageError with every problem of the file at once.
    """
    problems = [*_size_problems(len(raw), "bytes"), *_kind_problems(raw)]
    if problems:
        raise UnreadablePageError(problems)
    text = _decode_wide(raw) if raw.startswith(_WIDE) else _decode_narrow(raw)
    check_text(text)
    return text


def _decode_wide(raw: bytes) -> str:
    try:
        return raw.decode("utf-16")
    except UnicodeDecodeError as error:
        problem = f"Deze tekst in UTF-16 breekt af bij byte {error.start}. {_SAVE_AS_TEXT}"
        raise UnreadablePageError([problem]) from error


def _decode_narrow(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_windows(raw)


def check_size(raw: bytes) -> None:
    """Raise UnreadablePageError for a file that is larger than any page."""
    if problems := _size_problems(len(raw), "bytes"):
        raise UnreadablePageError(problems)


def check_text(text: str) -> None:
    """Raise UnreadablePageError with every reason why this text cannot be a page."""
    problems = _size_problems(len(text), "tekens")
    if not text.strip("\ufeff \t\r\n\f\v"):
        problems.append(
            "De pagina is leeg. Kijk of u het goede bestand koos en of het is opgeslagen."
        )
    if (lines := text.count("\n")) > MOST_LINES:
        problems.append(
            f"De pagina heeft {lines} regels; zij mag er hoogstens {MOST_LINES} hebben. "
            "Lever alleen de pagina met de tabel aan."
        )
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        problems.append(
            f"Op regel {line} staat een teken dat in tekst niet voorkomt "
            f"(nummer {ord(found[0])}). {_SAVE_AS_TEXT}"
        )
    if problems:
        raise UnreadablePageError(problems)


def _size_problems(size: int, unit: str) -> list[str]:
    if size <= LARGEST_PAGE:
        return []
    return [
        (
            f"Het bestand heeft {size} {unit}; een pagina mag er hoogstens {LARGEST_PAGE} hebben. "
            "Lever één pagina van de begroting per bestand aan."
        )
    ]


def _kind_problems(raw: bytes) -> list[str]:
    if not raw:
        return ["Het bestand is leeg. Kijk of u het goede bestand koos en of het is opgeslagen."]
    for start, name in _KNOWN_FILES:
        if raw.startswith(start):
            return [f"Dit bestand is {name}, geen tekst of HTML. {_SAVE_AS_TEXT}"]
    if raw.startswith(_OLD_OFFICE):
        return [_SAVE_AS_XLSX]
    if b"\0" in raw and not raw.startswith(_WIDE):
        return [f"Dit bestand is geen tekst: er staat een nul-byte in. {_SAVE_AS_TEXT}"]
    return []


def _decode_windows(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadablePageError(
            [f"Regel {line} is geen UTF-8 en ook geen Windows-1252. {_SAVE_AS_TEXT}"]
        ) from error
