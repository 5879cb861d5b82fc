"""How Meedoen suggests places, for everyone: what is used, what not, and the register's entry."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from meedoen.records.organisations.matching_queries import MatchingCard, public_matching
from meedoen.records.places.public_queries import public_municipalities
from meedoen.rules.matching.rule_set import RuleSet
from meedoen.rules.matching.suits import FIRM_RULES
from meedoen.rules.matching_register.standard import problems_of
from meedoen.rules.matching_register.texts import Use, Variable, shipped_texts
from meedoen.web.shared.algorithm import entry_of, objection_of, rules_now
from meedoen.web.shared.counting import in_language
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import public_page
from meedoen.web.shared.words import listed

JSON_OPTIONS = {"ensure_ascii": False, "indent": 2}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact in words: what, why, where from, what uses it, what it could stand for."""

    name: str
    why: str
    origin: str
    used_for: str
    stands_for: str
    acceptable: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule by which places fall off; a firm one nobody may set aside."""

    name: str
    text: str
    is_firm: bool


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion with how much it counts, of a hundred."""

    name: str
    text: str
    weight: int


@public_page
def algorithms(request: HttpRequest) -> HttpResponse:
    """Let somebody choose a municipality; go on at once where there is only one."""
    found = public_municipalities()
    if len(found) == 1:
        return redirect("public:algorithm", code=found[0].code)
    return render(request, "public/algorithms.html", {"municipalities": found})


@public_page
def algorithm(request: HttpRequest, code: str) -> HttpResponse:
    """Say how places are suggested in a municipality, and what is used for that."""
    card, rule_set, texts = _open(code), rules_now(), shipped_texts()
    entry = entry_of(card)
    context = {
        "card": card,
        "entry": entry,
        "is_ready": not problems_of(entry),
        "facts": _facts(card, rule_set),
        "of_people": [_fact(one) for one in texts.variables if one.is_about_person],
        "of_places": [_fact(one) for one in texts.variables if not one.is_about_person],
        "not_used": [in_language(one.to_resident) for one in texts.not_used],
        "rules": [
            RuleLine(in_language(one.name), one.text, code in FIRM_RULES)
            for code, one in texts.rules.items()
        ],
        "criteria": _criteria(rule_set),
        "methods": texts.methods,
        "objection": objection_of(card),
        "crumbs": _crumbs(),
    }
    return render(request, "public/algorithm.html", context)


@public_page
def entry(request: HttpRequest, code: str) -> HttpResponse:
    """Give the entry of a municipality as a file; 404 as long as it cannot be sent in."""
    made = entry_of(_open(code))
    if problems_of(made):
        raise Http404
    return JsonResponse(made, json_dumps_params=JSON_OPTIONS)


@public_page
def entries(request: HttpRequest) -> HttpResponse:
    """Give the entries of all municipalities that are ready, by code of the municipality."""
    made = [entry_of(_open(one.code)) for one in public_municipalities()]
    ready = [one for one in made if not problems_of(one)]
    return JsonResponse(ready, safe=False, json_dumps_params=JSON_OPTIONS)


def _open(code: str) -> MatchingCard:
    card = public_matching(code)
    if card is None:
        raise Http404
    return card


def _crumbs() -> list[tuple[str, str]]:
    if len(public_municipalities()) == 1:
        return []
    return [(_("Hoe plekken worden voorgesteld"), reverse("public:algorithms"))]


def _facts(card: MatchingCard, rule_set: RuleSet) -> list[tuple[str, str]]:
    status = _("Aan") if card.is_on else _("Uit: alle plekken zijn te bekijken zonder volgorde")
    if card.since:
        status = _("%(status)s, sinds %(day)s") % {"status": status, "day": day_text(card.since)}
    return [
        (_("In deze gemeente"), status),
        (_("Versie van de regels"), rule_set.version),
        (_("Geldig vanaf"), day_text(rule_set.valid_from)),
        (_("Vragen hierover"), card.contact),
    ]


def _fact(variable: Variable) -> FactLine:
    return FactLine(
        name=in_language(variable.name),
        why=in_language(variable.why),
        origin=in_language(variable.origin),
        used_for=listed(_used_for(variable)),
        stands_for=in_language(variable.risk.stands_for),
        acceptable=in_language(variable.risk.acceptable),
    )


def _used_for(variable: Variable) -> Sequence[str]:
    """Return what uses a fact, each once: a rule, a criterion, the order or a sentence."""
    texts = shipped_texts()
    names = {code.value: in_language(one.name) for code, one in texts.rules.items()}
    names |= {code.value: in_language(one.name) for code, one in texts.criteria.items()}
    names |= {Use.ORDER: _("de volgorde"), Use.SENTENCE: _("alleen om te tonen")}
    return list(dict.fromkeys(names[code].lower() for code in variable.used_by))


def _criteria(rule_set: RuleSet) -> list[CriterionLine]:
    words = shipped_texts().criteria
    return [
        CriterionLine(in_language(words[one.criterion].name), one.description, one.weight)
        for one in rule_set.criteria
        if one.weight
    ]
