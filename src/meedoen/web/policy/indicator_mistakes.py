"""Mistakes in the text of an indicator, said in the words of the form that wrote it."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from meedoen.rules.indicators.mistakes import LEAVE_OUT, MISSING, NOT_TEXT, ONE_OF, Mistake
from meedoen.web.policy.indicator_words import NAMES
from meedoen.web.shared.counting import in_language
from meedoen.web.shared.figures import day_text

Fields = Mapping[str, forms.Field]

WORD = re.compile(r"[a-z]+(?:_[a-z]+)*")
QUOTED = re.compile(r'"([a-z]+(?:_[a-z]+)*)"')
PLACE = re.compile(r"(versions|examples)\[(\d+)\].*")


def said_in_form(mistake: Mistake, field: str | None, fields: Fields) -> str:
    """Say what is wrong and what is possible, with choices and questions as the form calls them."""
    if mistake.what in (MISSING, NOT_TEXT):
        return _("Vul dit in.")
    called = _called(field, fields)
    what, possible = (in_language(text) for text in (mistake.what, mistake.possible))
    what = _renamed(what, called, everywhere=field == "breakdowns")
    choices = in_language(ONE_OF).partition("{")[0]
    possible = _renamed(possible, called, everywhere=possible.startswith(choices))
    if mistake.possible == LEAVE_OUT:
        possible = _("laat dit leeg")
    return f"{what[:1].upper()}{what[1:]}. {possible[:1].upper()}{possible[1:]}."


def place_said(where: str, values: Mapping[str, Any]) -> str:
    """Say where something stands that the form does not show; "" for the text as a whole."""
    found = PLACE.fullmatch(where)
    if found is None:
        return where
    number = int(found[2])
    if found[1] == "examples":
        return _("Rekenvoorbeeld %(number)s in de tekst") % {"number": number}
    rows = values.get("versions")
    row = rows[number - 1] if isinstance(rows, list) and number <= len(rows) else None
    begun = row.get("valid_from") if isinstance(row, dict) else None
    if hasattr(begun, "isoformat"):
        return _("De manier van tellen vanaf %(day)s, in de tekst") % {"day": day_text(begun)}
    return _("Manier van tellen %(number)s in de tekst") % {"number": number}


def _called(field: str | None, fields: Fields) -> dict[str, str]:
    """Return what the form calls a word, a question and the choices of a field."""
    words = {word: str(name) for word, (name, _text) in NAMES.items()}
    questions = {name: str(one.label) for name, one in fields.items() if "_" in name}
    choices = getattr(fields.get(field or ""), "choices", ())
    return questions | words | {str(value): str(label) for value, label in choices}


def _renamed(text: str, called: Mapping[str, str], *, everywhere: bool) -> str:
    """Put the words of the form in a sentence: where they are quoted or joined, or everywhere."""

    def name(found: re.Match[str]) -> str:
        word = found[0].strip('"')
        is_meant = everywhere or found[0] != word or "_" in word
        if not is_meant or word not in called:
            return found[0]
        return called[word] if everywhere else _("„%(name)s”") % {"name": called[word]}

    return re.sub(f"{QUOTED.pattern}|{WORD.pattern}", name, text)
