"""How a list of places came about, for the resident: on paper and as PDF, always in Dutch B1."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_queries import MatchingCard
from meedoen.records.proposals.explanation_queries import ExplanationCard
from meedoen.records.proposals.kept import Way
from meedoen.rules.matching.explained import Because
from meedoen.rules.matching.rule_set import WeighedCriterion, shipped_rule_sets
from meedoen.rules.matching.suits import FIRM_RULES
from meedoen.rules.matching_register.texts import shipped_texts
from meedoen.rules.vocabulary import Preference
from meedoen.web.shared.algorithm import objection_of
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.match_words import REFUSAL_REASONS, REFUSAL_SIDES, RULES
from meedoen.web.shared.pdf import PdfUnavailableError, as_pdf, pdf_answer, pdf_unavailable
from meedoen.web.shared.reasons import why
from meedoen.web.shared.used_facts import not_asked, used_facts
from meedoen.web.shared.words import Words, mid_sentence

FILE_NAME = "uitleg-plekken"


def explanation_page(
    request: HttpRequest,
    card: ExplanationCard,
    setting: MatchingCard,
    *,
    name: str,
    pdf_url: str,
    back: str,
) -> HttpResponse:
    """Return the page for printing; `pdf_url` and `back` are shown on the screen only."""
    with translation.override("nl"):
        context = _context(card, setting, name) | {"pdf_url": pdf_url, "back": back}
        return render(request, "print/explanation.html", context)


def explanation_pdf(
    request: HttpRequest, card: ExplanationCard, setting: MatchingCard, *, name: str, instead: str
) -> HttpResponse:
    """Return the explanation as PDF; lead to `instead` when this machine cannot make one."""
    with translation.override("nl"):
        html = render_to_string("print/explanation.html", _context(card, setting, name))
        try:
            pdf = as_pdf(html, title=_("Hoe uw lijst van plekken is gemaakt"))
        except PdfUnavailableError:
            return pdf_unavailable(request, instead=instead)
    return pdf_answer(pdf, name=FILE_NAME)


def _context(card: ExplanationCard, setting: MatchingCard, name: str) -> dict[str, object]:
    texts = shipped_texts()
    return {
        "card": card,
        "name": name,
        "municipality": setting.municipality,
        "printed_on": clock.today(),
        "made": _made(card),
        "by_rules": card.shown.way is not Way.FILTER,
        "is_neutral": card.shown.way is Way.NEUTRAL,
        "came": CAME_OUT[card.came] if card.came else "",
        "came_reasons": _reasons(card) if card.came else [],
        "used": used_facts(card),
        "not_asked": [mid_sentence(label) for label in not_asked(card)],
        "not_used": [one.to_resident.nl for one in texts.not_used],
        "rules": [one.to_resident for one in texts.rules.values()],
        "criteria": _criteria(card),
        "outcome": _outcome(card),
        "fallen": [
            (RULES[group.rule], group.count, group.rule in FIRM_RULES)
            for group in card.shown.fallen
        ],
        "aside": [(RULES[one.rule], one) for one in card.shown.set_aside],
        "decided": _decided(card),
        "refused": [
            (one, mid_sentence(REFUSAL_SIDES[one.side]), mid_sentence(REFUSAL_REASONS[one.reason]))
            for one in card.refused
        ],
        "objection": objection_of(setting),
        "contact": setting.contact,
    }


def _made(card: ExplanationCard) -> str:
    words = {"day": day_text(card.shown.made_at), "who": card.made_by}
    if card.came:
        return _("Gemaakt op %(day)s, voor iedereen die op een plek wachtte.") % words
    if card.made_by:
        return _("Gemaakt op %(day)s door %(who)s, samen met u.") % words
    return _("Gemaakt op %(day)s.") % words


CAME_OUT: Mapping[Because, Words] = {
    Because.FIRST_WISH: gettext_lazy("Deze plek is uw eerste wens."),
    Because.LATER_WISH: gettext_lazy(
        "Deze plek is een wens van u. Er is ook een plek die u liever wilt. Die is vol."
    ),
    Because.ONLY_WISH_THAT_SUITS: gettext_lazy(
        "Deze plek is een wens van u. De plekken die u liever wilt, passen nu niet."
    ),
    Because.SUGGESTION: gettext_lazy("Deze plek past bij u. U hebt geen wens die nu past."),
    Because.SUGGESTION_INSTEAD: gettext_lazy("Deze plek past bij u. De plek van uw wens is vol."),
    Because.FITS_BETTER: gettext_lazy("Deze plek past beter bij u dan de plek van uw wens."),
}
"""What to tell somebody of a division: how it came out for those who get a place."""


def _reasons(card: ExplanationCard) -> list[str]:
    """Return what speaks for the place that a division gave, as it was written for the resident."""
    names = card.shown.districts
    return [why(one.text, one.facts, names) for offer in card.shown.offers for one in offer.reasons]


def _criteria(card: ExplanationCard) -> Sequence[str]:
    """Return what puts places in order, what counts most first, as it was for this list."""
    found = [one for one in shipped_rule_sets() if one.version == card.shown.rule_set]
    words = shipped_texts().criteria
    weighed: Sequence[WeighedCriterion] = found[0].criteria if found else ()
    counts = [one for one in weighed if one.weight]
    return [words[one.criterion].to_resident for one in sorted(counts, key=lambda one: -one.weight)]


def _outcome(card: ExplanationCard) -> str:
    fits, falls = card.shown.offered_count, card.shown.fallen_count
    one = ngettext("%(fits)s plek past.", "%(fits)s plekken passen.", fits) % {"fits": fits}
    other = ngettext("%(falls)s plek viel af.", "%(falls)s plekken vielen af.", falls)
    return f"{one} {other % {'falls': falls}}" if falls else one


TOGETHER = frozenset({Preference.WANTS_THIS, Preference.AGREES})
"""What somebody wants when a place was decided on by both; else the coach went on without that."""

PREFERRED: Mapping[Preference, Words] = {
    Preference.WANTS_THIS: gettext_lazy("U wilde deze plek graag."),
    Preference.AGREES: gettext_lazy("U vond deze plek goed."),
    Preference.RATHER_ANOTHER: gettext_lazy("U wilde liever een andere plek."),
    Preference.RATHER_LATER: gettext_lazy("U wilde liever later beginnen."),
    Preference.RATHER_NOTHING: gettext_lazy("U wilde liever niets."),
}


def _decided(card: ExplanationCard) -> str:
    if card.chosen_at is None:
        return _("Er is nog geen plek gekozen uit deze lijst. Dat hoeft ook niet.")
    words = {
        "place": card.shown.chosen_title,
        "day": day_text(card.chosen_at),
        "who": card.chosen_by or _("uw coach"),
    }
    if card.preference is None:
        return _("Op %(day)s is gekozen: %(place)s. Dat schreef %(who)s op.") % words
    if card.preference in TOGETHER:
        made = _("Op %(day)s is gekozen: %(place)s. Dat hebben u en %(who)s samen besloten.")
    else:
        made = _("Op %(day)s koos %(who)s voor u: %(place)s.")
    return f"{made % words} {PREFERRED[card.preference]}"
