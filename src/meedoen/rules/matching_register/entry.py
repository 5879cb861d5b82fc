"""The entry in the register of algorithms, made from the rules that are in force.

Which facts are used comes from rules/matching/published.py, the rules from suits.py, and the
weights from the rule set: the entry cannot say anything else than what is done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.suits import FIRM_RULES
from meedoen.rules.matching_register.standard import LANGUAGE, VERSION
from meedoen.rules.matching_register.texts import RegisterTexts

IN_USE, OUT_OF_USE = "In gebruik", "Buiten gebruik"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who answers for the entry: name by TOOI, address for questions, and where it is read.

    `contact` is empty as long as nobody established it; `page` and `file` are addresses of the
    readable page and of the entry itself, empty where nobody outside can reach them.
    """

    code: str
    name: str
    contact: str
    page: str = ""
    file: str = ""


def register_entry(
    texts: RegisterTexts,
    rule_set: RuleSet,
    publisher: Publisher,
    *,
    is_on: bool,
    since: date | None,
) -> dict[str, Any]:
    """Return the entry of a municipality by the publication standard.

    `since` is the day on which matching was put on, or off, here; None when nobody knows.
    """
    entry: dict[str, Any] = {
        **{field: _plain(value) for field, value in texts.entry.items()},
        "organization": f"Gemeente {publisher.name}",
        "status": IN_USE if is_on else OUT_OF_USE,
        "source_data": source_data(texts),
        "methods_and_models": methods_and_models(texts, rule_set),
        "lang": LANGUAGE,
        "standard_version": VERSION,
        "source_id": f"meedoen-matching-{publisher.code.lower()}",
    }
    told = {
        "begin_date" if is_on else "end_date": f"{since:%Y-%m}" if since else "",
        "contact_email": publisher.contact,
        "website": publisher.page,
        "url": publisher.file,
    }
    return entry | {field: value for field, value in told.items() if value}


def source_data(texts: RegisterTexts) -> str:
    """Return what is used of people and of places, and what is not, as a text with lists."""
    people = (one for one in texts.variables if one.is_about_person)
    places = (one for one in texts.variables if not one.is_about_person)
    return "".join(
        (
            "<p>Van de inwoner, zoals die het zelf vertelde of afsprak:</p>",
            _list(one.name.nl for one in people),
            f"<p>{escape(texts.methods.divided, quote=False)}</p>",
            "<p>Van de plek:</p>",
            _list(one.name.nl for one in places),
            f"<p>Niet gebruikt: {', '.join(one.word for one in texts.not_used)}.</p>",
        )
    )


def methods_and_models(texts: RegisterTexts, rule_set: RuleSet) -> str:
    """Return how it works: the rules by which places fall off, and the criteria with weights."""
    words = texts.methods
    rules = (
        f"{one.text} {'Dit staat vast.' if code in FIRM_RULES else ''}".strip()
        for code, one in texts.rules.items()
    )
    criteria = (f"{one.weight}: {one.description}" for one in rule_set.criteria if one.weight)
    version = f"Regels: versie {rule_set.version}, geldig vanaf {rule_set.valid_from:%d-%m-%Y}."
    return "".join(
        (
            f"<p>{escape(words.before, quote=False)}</p>",
            f"<p>{escape(words.rules, quote=False)}</p>",
            _list(rules),
            f"<p>{escape(words.criteria, quote=False)}</p>",
            _list(criteria),
            f"<p>{escape(words.after, quote=False)}</p>",
            f"<p>{escape(version)}</p>",
        )
    )


def _list(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line, quote=False)}</li>" for line in lines)
    return f"<ul>{items}</ul>"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return dict(value)
    return [_plain(one) for one in value] if isinstance(value, list) else value
