"""What is wrong with a text that is no TOML, in both languages, and what is possible there.

The parser of Python says it in English, and not what one can do.
"""

import re
import tomllib
from collections.abc import Mapping

from meedoen.rules.indicators import mistakes as say
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.rules.indicators.texts import Text

PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")

AT_SIGN = Text("{what}, bij teken {column}", "{what}, at character {column}")
AT_THE_END = Text("{what}, aan het einde van de tekst", "{what}, at the end of the text")
OTHERWISE = (
    Text("deze regel is niet te lezen", "this line cannot be read"),
    Text("schrijf hem zoals de regels van een andere indicator", "write it like other indicators"),
)
CLOSE_LIST = Text("zet ] aan het einde van de lijst", "put ] at the end of the list")
TWICE = (
    Text("dit staat er twee keer", "this is there twice"),
    Text("haal een van de twee weg", "take one of the two away"),
)
SAID: Mapping[str, tuple[Text, Text]] = {
    "Invalid value": (
        Text("deze waarde is niet te lezen", "this value cannot be read"),
        Text(
            'een tekst tussen ", een getal, een datum zoals 2026-12-31, true of false, '
            "of een lijst tussen [ en ]",
            'a text between ", a number, a date such as 2026-12-31, true or false, '
            "or a list between [ and ]",
        ),
    ),
    "Expected '=' after a key": (
        Text("achter deze naam ontbreekt =", "behind this name = is missing"),
        Text("schrijf naam = waarde", "write name = value"),
    ),
    "Unclosed array": (
        Text("deze lijst gaat niet dicht", "this list is not closed"),
        CLOSE_LIST,
    ),
    "Unclosed inline table": (
        Text("dit blok gaat niet dicht", "this table is not closed"),
        Text("zet } aan het einde", "put } at the end"),
    ),
    "Unterminated string": (
        Text("deze tekst gaat niet dicht", "this text is not closed"),
        Text('zet " of """ aan het einde van de tekst', 'put " or """ at the end of the text'),
    ),
    "Illegal character": (
        Text("dit teken kan niet in een tekst", "this character cannot be in a text"),
        Text(
            'sluit de tekst met ", of zet een tekst van meer regels tussen """',
            'close the text with ", or put a text of more lines between """',
        ),
    ),
    "Unescaped '\\' in a string": (
        Text("achter \\ staat iets dat niet kan", "behind \\ is something that is not possible"),
        Text("schrijf \\\\ voor een \\", "write \\\\ for a \\"),
    ),
    "Expected ']' at the end": (
        Text("de naam van dit blok gaat niet dicht", "the name of this table is not closed"),
        Text("schrijf bijvoorbeeld [name]", "write for example [name]"),
    ),
    "Expected ']]' at the end": (
        Text("de naam van dit blok gaat niet dicht", "the name of this table is not closed"),
        Text("schrijf bijvoorbeeld [[versions]]", "write for example [[versions]]"),
    ),
    "Expected newline": (
        Text("hier staat nog iets achter de waarde", "there is something behind the value"),
        Text("zet het op een eigen regel, of achter #", "put it on its own line, or behind #"),
    ),
    "Invalid date": (
        Text("deze datum bestaat niet", "this date does not exist"),
        say.A_DAY,
    ),
    "Invalid initial character": (
        Text("een naam kan zo niet beginnen", "a name cannot begin like this"),
        Text("begin met een letter", "begin with a letter"),
    ),
    "Invalid statement": (
        Text("een regel kan zo niet beginnen", "a line cannot begin like this"),
        Text("schrijf naam = waarde, of [naam]", "write name = value, or [name]"),
    ),
    "Cannot overwrite a value": TWICE,
    "Cannot declare": TWICE,
    "Cannot redefine": TWICE,
    "Cannot mutate": TWICE,
    "Duplicate inline table key": TWICE,
}
"""By how the sentence of the parser begins."""


def not_toml(file_name: str, error: tomllib.TOMLDecodeError) -> Mistake:
    """Say where a text is no TOML, what is wrong there and what is possible."""
    said = str(error)
    what, possible = next((two for begin, two in SAID.items() if said.startswith(begin)), OTHERWISE)
    place = PLACE.search(said)
    placed = AT_SIGN.filled(what=what, column=place[2]) if place else AT_THE_END.filled(what=what)
    line = int(place[1]) if place else None
    return Mistake(file_name, "", line, say.NOT_TOML.filled(reason=placed), possible)
