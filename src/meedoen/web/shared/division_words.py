"""Dividing scarce places in words: how far it is, what came out, and why somebody got a place."""

from collections.abc import Mapping

from django.utils.translation import gettext, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from meedoen.records.divisions.queries import DivisionCard, LineCard
from meedoen.records.divisions.words import LineAnswer, LinePart, RunFault, RunState
from meedoen.rules.matching.explained import Because
from meedoen.rules.scarcity import Brings, ScarceCell
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.match_words import CHOICE_REASONS, REFUSAL_REASONS
from meedoen.web.shared.words import PLACE_KINDS, Words, listed, mid_sentence

RUN_STATES: Mapping[RunState, Words] = {
    RunState.WAITING: _("Wacht om te beginnen"),
    RunState.RUNNING: _("Wordt uitgerekend"),
    RunState.DONE: _("Klaar"),
    RunState.FAILED: _("Geen voorstel"),
    RunState.WITHDRAWN: _("Gestopt"),
}

RUN_STATE_KINDS: Mapping[RunState, str] = {
    RunState.WAITING: "neutral",
    RunState.RUNNING: "warning",
    RunState.DONE: "success",
    RunState.FAILED: "danger",
    RunState.WITHDRAWN: "inactive",
}
"""The kind of status badge that goes with a state; its words say the same."""

FAULTS: Mapping[RunFault, Words] = {
    RunFault.NO_PEOPLE: _(
        "Er wacht niemand. Iemand wacht na een gesprek, met een uitkering en zonder plek."
    ),
    RunFault.NO_PLACES: _(
        "Er is geen vrije plek om te verdelen. Kies meer soorten, of kijk of plekken nog vol zijn."
    ),
    RunFault.NO_RULE_SET: _(
        "De regels voor het voorstellen van plekken ontbreken, of er staat een fout in. Vraag de "
        "beheerder om ze na te kijken."
    ),
    RunFault.UNFIT_POINTS: _(
        "De gegevens van inwoners en plekken passen niet bij elkaar. Meld dit aan de beheerder."
    ),
    RunFault.NOT_OPTIMAL: _(
        "Bij het narekenen bleek de verdeling niet te kloppen. Meld dit aan de beheerder."
    ),
    RunFault.NOT_ALLOWED: _("Wie deze verdeling vroeg, mag geen plekken meer laten verdelen."),
    RunFault.SWITCHED_OFF: _("Uw gemeente laat Meedoen geen plekken voorstellen."),
    RunFault.STOPPED: _("Het uitrekenen kwam niet tot een einde. Probeer het opnieuw."),
}

LINE_PARTS: Mapping[LinePart, Words] = {
    LinePart.OPEN: _("Te bespreken"),
    LinePart.ACCEPTED: _("Aangenomen"),
    LinePart.REFUSED: _("Afgewezen"),
    LinePart.WITHOUT_PLACE: _("Geen plek"),
}

PART_SENTENCES: Mapping[LinePart, Words] = {
    LinePart.OPEN: _("Wie het langst wacht, staat bovenaan."),
    LinePart.ACCEPTED: _(
        "Deze voorstellen zijn aangenomen. Bij de plek staat hoe het er nu mee is."
    ),
    LinePart.REFUSED: _("Deze voorstellen gaan niet door."),
    LinePart.WITHOUT_PLACE: _("Voor deze inwoners is er nu geen plek. Er staat bij waarom."),
}

LINE_ANSWERS: Mapping[LineAnswer, Words] = {
    LineAnswer.OPEN: _("Nog te bespreken"),
    LineAnswer.ACCEPTED: _("Voorstel aangenomen"),
    LineAnswer.REFUSED: _("Voorstel afgewezen"),
}

BRINGS_IN_SHORT: Mapping[Brings, Words] = {
    Brings.FIRST_WISHES: _("Meer eerste wensen"),
    Brings.A_BETTER_FIT: _("Iemand krijgt een plek, of een plek die beter past"),
    Brings.NOTHING: _("Helpt nu niet"),
    Brings.HIDDEN: _("Niet getoond: past bij te weinig mensen"),
}


def brings_text(cell: ScarceCell) -> str:
    """Return what one more place would bring, in words."""
    if cell.brings is not Brings.FIRST_WISHES:
        return str(BRINGS_IN_SHORT[cell.brings])
    words = {"total": number_text(cell.first_wishes)}
    return (
        ngettext("%(total)s eerste wens meer", "%(total)s eerste wensen meer", cell.first_wishes)
        % words
    )


def narrowed_text(card: DivisionCard) -> str:
    """Return what a division is about: all places and everyone, or a part."""
    kinds = listed(mid_sentence(PLACE_KINDS[kind]) for kind in card.kinds)
    if kinds and card.district:
        return gettext("Alleen %(kinds)s, voor inwoners uit %(district)s") % {
            "kinds": kinds,
            "district": card.district,
        }
    if kinds:
        return gettext("Alleen %(kinds)s") % {"kinds": kinds}
    if card.district:
        return gettext("Alle soorten, voor inwoners uit %(district)s") % {"district": card.district}
    return gettext("Alle soorten, iedereen die wacht")


def outcome_sentences(card: DivisionCard) -> list[str]:
    """Return what came out of a division that is done."""
    return [
        ngettext("Er wacht %(people)s inwoner", "Er wachten %(people)s inwoners", card.people)
        % {"people": number_text(card.people)}
        + ngettext(
            " en er is %(seats)s plaats vrij.", " en er zijn %(seats)s plaatsen vrij.", card.seats
        )
        % {"seats": number_text(card.seats)},
        ngettext(
            "%(placed)s inwoner krijgt een voorstel.",
            "%(placed)s inwoners krijgen een voorstel.",
            card.placed,
        )
        % {"placed": number_text(card.placed)}
        + " "
        + ngettext(
            "Voor %(first)s is dat de eerste wens.",
            "Voor %(first)s is dat de eerste wens.",
            card.first_wishes,
        )
        % {"first": number_text(card.first_wishes)}
        + " "
        + ngettext(
            "%(without)s inwoner blijft nu zonder plek.",
            "%(without)s inwoners blijven nu zonder plek.",
            card.without,
        )
        % {"without": number_text(card.without)},
    ]


def answer_reason(card: LineCard) -> str:
    """Return why a line was accepted or refused; nothing for one that waits."""
    if card.choice:
        return str(CHOICE_REASONS[card.choice])
    return str(REFUSAL_REASONS[card.refusal]) if card.refusal else ""


def why_division(card: LineCard) -> list[str]:
    """Return why somebody got this place, or none: how it came out, then what decided."""
    found = [_OUTCOMES[card.why] % _words(card)]
    if "passed" in card.why_facts and card.why is not Because.FITS_BETTER:
        found.append(" ".join(_decided(card.why_facts, _words(card))))
    return found


_OUTCOMES: Mapping[Because, Words] = {
    Because.FIRST_WISH: _("Dit is de eerste wens van de inwoner."),
    Because.LATER_WISH: _(
        "Dit is wens %(wish)s van de inwoner: wens %(passed_wish)s, %(title)s, is vol."
    ),
    Because.ONLY_WISH_THAT_SUITS: _(
        "Dit is wens %(wish)s van de inwoner. Wat de inwoner liever wil, past nu niet."
    ),
    Because.SUGGESTION: _("Deze plek past. De inwoner heeft geen wens die nu past."),
    Because.SUGGESTION_INSTEAD: _(
        "Deze plek past. Wens %(passed_wish)s van de inwoner, %(title)s, is vol."
    ),
    Because.FITS_BETTER: _(
        "Deze plek past beter dan wens %(passed_wish)s van de inwoner, %(title)s. Daar is nog "
        "ruimte."
    ),
    Because.ALL_TAKEN: ngettext_lazy(
        "Plekken die passen: %(suitable)s, met samen %(seats_in_all)s vrije plaats. Die gaat naar "
        "iemand anders.",
        "Plekken die passen: %(suitable)s, met samen %(seats_in_all)s vrije plaatsen. Die gaan "
        "allemaal naar anderen.",
        "in_all",
    ),
    Because.WISH_TAKEN: ngettext_lazy(
        "Plekken die passen: %(suitable)s, met samen %(seats_in_all)s vrije plaats. Die gaat naar "
        "iemand anders. Ook wens %(passed_wish)s van de inwoner, %(title)s, is vol.",
        "Plekken die passen: %(suitable)s, met samen %(seats_in_all)s vrije plaatsen. Die gaan "
        "allemaal naar anderen, ook wens %(passed_wish)s van de inwoner, %(title)s.",
        "in_all",
    ),
    Because.NOTHING_SUITS: _("Er is nu geen enkele plek die past."),
}


def _words(card: LineCard) -> dict[str, str | int]:
    """Return what goes in the sentences; `in_all` is the number that settles the plural."""
    return {
        **{name: number_text(value) for name, value in card.why_facts.items()},
        "title": card.passed,
        "in_all": card.why_facts.get("seats_in_all", 0),
    }


def _decided(facts: Mapping[str, int], words: Mapping[str, str | int]) -> list[str]:
    """Return what decided about the place that was wished more; of the others only how many."""
    found = [
        ngettext(
            "Daar is %(seats)s plaats te verdelen.",
            "Daar zijn %(seats)s plaatsen te verdelen.",
            facts["seats"],
        )
        % words
    ]
    if facts["got_as_first"]:
        found.append(
            ngettext(
                "Voor %(got_as_first)s inwoner die daar heen gaat, is dat de eerste wens.",
                "Voor %(got_as_first)s inwoners die daar heen gaan, is dat de eerste wens.",
                facts["got_as_first"],
            )
            % words
        )
    if facts["got_with_more"]:
        found.append(
            ngettext(
                "Bij %(got_with_more)s inwoner die daar heen gaat, past die plek beter.",
                "Bij %(got_with_more)s inwoners die daar heen gaan, past die plek beter.",
                facts["got_with_more"],
            )
            % words
        )
    if facts["got_longer"]:
        found.append(
            ngettext(
                "Wie daar heen gaat en langer wacht: %(got_longer)s inwoner.",
                "Wie daar heen gaan en langer wachten: %(got_longer)s inwoners.",
                facts["got_longer"],
            )
            % words
        )
    return found
