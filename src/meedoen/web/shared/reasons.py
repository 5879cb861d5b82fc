"""Why a place fits or falls off, as a sentence to the resident.

The rules give a code and facts; here they become plain words. Sentences say "u", because a
list of places is looked at together.
"""

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from meedoen.rules import half_days
from meedoen.rules.matching.facts import FunctionalDemand, LanguageLevel
from meedoen.rules.matching.interests import Interest, shipped_interests
from meedoen.rules.matching.score import FAR_METRES
from meedoen.rules.matching.suits import HardRule
from meedoen.rules.vocabulary import Guidance, LegalTask, PlaceKind
from meedoen.web.shared.figures import day_text, number_text
from meedoen.web.shared.words import (
    DAYS,
    FUNCTIONAL_DEMANDS,
    HALF_DAYS,
    LANGUAGE_LEVEL_NAMES,
    PARTS,
    PLACE_KINDS,
    listed,
    mid_sentence,
)

Facts = Mapping[str, Any]
Names = Mapping[str, str]
"""Names of districts by code; a code without a name stays itself."""

SPEAKS_AGAINST = frozenset(
    {
        "own_wish_none",
        "shared_interests_none",
        "nearness_other_district",
        "nearness_unknown",
        "times_that_suit_unknown",
        "growth_step_unknown",
        "growth_step_other",
        "guidance_unknown",
        "guidance_less",
        "variety_known",
    }
)
"""Codes of sentences that do not speak for a place; they are good to know, no more."""

OF_THE_PERSON = frozenset({"growth_step_unknown", "guidance_unknown", "times_that_suit_unknown"})
"""Codes of sentences that are the same for every place: what is not known of the person yet."""


def speaks_against(text: str, facts: Facts) -> bool:
    """Say whether a sentence is good to know, and does not speak for a place."""
    if text == "times_that_suit_share":
        return not facts["shared"]
    if text == "nearness_metres":
        return bool(facts["metres"] >= FAR_METRES)
    return text in SPEAKS_AGAINST


_HUNDREDS_IN_A_KM = 10


def why(text: str, facts: Facts, districts: Names | None = None) -> str:
    """Return what is to be said of a place that fits, by the code of the sentence.

    Raises KeyError for a code that the rules do not have.
    """
    return _FOR[text](facts, districts or {})


def why_not(rule: HardRule, facts: Facts, districts: Names | None = None) -> str:
    """Return why a place falls off, as a sentence that begins with "Valt af omdat"."""
    return _AGAINST[rule](facts, districts or {})


@cache
def interests() -> Mapping[str, Interest]:
    """Return the shared list of interests by code, in the order of the list."""
    return {interest.code: interest for interest in shipped_interests()}


def interest_name(code: str) -> str:
    """Return how an interest is called; one that left the list keeps its code."""
    interest = interests().get(code)
    if interest is None:
        return code
    return interest.en if (get_language() or "nl").startswith("en") else interest.nl


def half_days_text(codes: tuple[str, ...] | list[str]) -> str:
    """Return half-days as people say them; a day with all its parts is one word."""
    if len(codes) == len(half_days.CODES):
        return _("alle dagen")
    words = []
    for day, day_word in DAYS.items():
        parts = [f"{day}_{part}" for part in PARTS if f"{day}_{part}" in codes]
        if len(parts) == len(PARTS):
            words.append(_("%(day)s de hele dag") % {"day": day_word})
        else:
            words += [str(HALF_DAYS[code]) for code in parts]
    return listed(words)


def _kind(code: str) -> str:
    return mid_sentence(PLACE_KINDS[PlaceKind(code)])


def _half_day_count(number: int) -> str:
    return ngettext("%(number)s dagdeel", "%(number)s dagdelen", number) % {"number": number}


# --- what speaks for a place -------------------------------------------------------------------


def _own_wish_place(facts: Facts, _districts: Names) -> str:
    if facts["wish"] == 1:
        return _("Dit is uw eerste wens.")
    return _("Deze plek staat bij uw wensen, als wens %(wish)s.") % {"wish": facts["wish"]}


def _own_wish_kind(facts: Facts, _districts: Names) -> str:
    return _("Dit is wat u graag wilt: %(kind)s.") % {"kind": _kind(facts["kind"])}


def _own_wish_none(_facts: Facts, _districts: Names) -> str:
    return _("U heeft geen wens voor deze soort plek genoemd.")


def _shared_interests_some(facts: Facts, _districts: Names) -> str:
    names = listed(mid_sentence(interest_name(code)) for code in facts["interests"])
    return _("Hier kunt u doen wat u leuk vindt: %(interests)s.") % {"interests": names}


def _shared_interests_none(_facts: Facts, _districts: Names) -> str:
    return _("Er is nog geen interesse van u bekend die bij deze plek hoort.")


def _nearness_anywhere(_facts: Facts, _districts: Names) -> str:
    return _("U kunt dit doen waar u wilt.")


def _nearness_own_district(facts: Facts, districts: Names) -> str:
    return _("De plek is in uw eigen wijk, %(district)s.") % _district(facts, districts)


def _nearness_reachable(facts: Facts, districts: Names) -> str:
    return _("De plek is in %(district)s; daar kunt u komen.") % _district(facts, districts)


def _nearness_other(facts: Facts, districts: Names) -> str:
    return _("De plek is in een andere wijk, %(district)s.") % _district(facts, districts)


def _nearness_metres(facts: Facts, districts: Names) -> str:
    return _("De plek is in %(district)s, ongeveer %(far)s van uw wijk.") % {
        **_district(facts, districts),
        "far": metres_text(facts["metres"]),
    }


def _nearness_unknown(facts: Facts, districts: Names) -> str:
    return _("De plek is in %(district)s. We weten niet hoe ver dat voor u is.") % _district(
        facts, districts
    )


def _times_free(_facts: Facts, _districts: Names) -> str:
    return _("U spreekt zelf af wanneer u komt.")


def _times_unknown(_facts: Facts, _districts: Names) -> str:
    return _("We weten nog niet wanneer u kunt.")


def _times_share(facts: Facts, _districts: Names) -> str:
    if not facts["shared"]:
        return _("U kunt niet op de dagdelen dat de plek open is.")
    if facts["shared"] == facts["offered"]:
        return _("U kunt op alle dagdelen dat de plek open is.")
    return _("U kunt op %(shared)s van de %(offered)s dagdelen dat de plek open is: %(days)s.") % {
        "shared": facts["shared"],
        "offered": facts["offered"],
        "days": half_days_text(facts["half_days"]),
    }


def _room_no_limit(_facts: Facts, _districts: Names) -> str:
    return _("Er is altijd plaats.")


def _room_free(facts: Facts, _districts: Names) -> str:
    free = facts["free"]
    return ngettext(
        "Er is nog %(free)s plaats vrij.", "Er zijn nog %(free)s plaatsen vrij.", free
    ) % {"free": free}


def _growth_step_fits(_facts: Facts, _districts: Names) -> str:
    return _("Dit past bij de volgende stap in uw plan.")


def _growth_step_other(_facts: Facts, _districts: Names) -> str:
    return _("In uw plan staat nu een andere stap.")


def _growth_step_unknown(_facts: Facts, _districts: Names) -> str:
    return _("Er is nog geen plan met een volgende stap.")


def _guidance_enough(facts: Facts, _districts: Names) -> str:
    return _GUIDANCE[Guidance(facts["guidance"])]()


def _guidance_less(facts: Facts, _districts: Names) -> str:
    return _("Er is minder hulp dan u graag heeft. %(help)s") % {
        "help": _GUIDANCE[Guidance(facts["guidance"])]()
    }


def _guidance_unknown(_facts: Facts, _districts: Names) -> str:
    return _("We weten nog niet hoeveel hulp u graag heeft.")


def _variety_new(facts: Facts, _districts: Names) -> str:
    return _("Dit is iets nieuws voor u: %(kind)s.") % {"kind": _kind(facts["kind"])}


def _variety_known(facts: Facts, _districts: Names) -> str:
    return _("U deed dit al eerder: %(kind)s.") % {"kind": _kind(facts["kind"])}


_GUIDANCE: Mapping[Guidance, Callable[[], str]] = {
    Guidance.NONE: lambda: _("Op deze plek werkt u zelfstandig."),
    Guidance.NOW_AND_THEN: lambda: _("Op deze plek is iemand om vragen aan te stellen."),
    Guidance.ALWAYS_NEAR: lambda: _("Op deze plek is steeds iemand dichtbij om u te helpen."),
}


def metres_text(metres: int) -> str:
    """Return how far that is as people say it: in whole hundreds of metres, or in kilometres."""
    hundreds = (metres + 50) // 100
    if hundreds < _HUNDREDS_IN_A_KM:
        return _("%(metres)s meter") % {"metres": number_text(max(hundreds, 1) * 100)}
    return _("%(km)s km") % {"km": number_text(hundreds / 10)}


def _district(facts: Facts, districts: Names) -> dict[str, str]:
    return {"district": districts.get(facts["district"], facts["district"])}


_FOR: Mapping[str, Callable[[Facts, Names], str]] = {
    "own_wish_place": _own_wish_place,
    "own_wish_kind": _own_wish_kind,
    "own_wish_none": _own_wish_none,
    "shared_interests_some": _shared_interests_some,
    "shared_interests_none": _shared_interests_none,
    "nearness_anywhere": _nearness_anywhere,
    "nearness_own_district": _nearness_own_district,
    "nearness_reachable_district": _nearness_reachable,
    "nearness_other_district": _nearness_other,
    "nearness_unknown": _nearness_unknown,
    "times_that_suit_free": _times_free,
    "times_that_suit_unknown": _times_unknown,
    "times_that_suit_share": _times_share,
    "room_left_no_limit": _room_no_limit,
    "room_left_free": _room_free,
    "nearness_metres": _nearness_metres,
    "growth_step_fits": _growth_step_fits,
    "growth_step_other": _growth_step_other,
    "growth_step_unknown": _growth_step_unknown,
    "guidance_enough": _guidance_enough,
    "guidance_less": _guidance_less,
    "guidance_unknown": _guidance_unknown,
    "variety_new": _variety_new,
    "variety_known": _variety_known,
}


# --- why a place falls off ---------------------------------------------------------------------


def _kind_not_allowed(facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat dit volgens de wet nu niet voor u kan: %(kind)s.") % {
        "kind": _kind(facts["kind"])
    }


def _kind_not_wished(facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat u iets anders zoekt: %(wished)s. Deze plek is: %(kind)s.") % {
        "wished": listed(_kind(kind) for kind in facts["kinds_wished"]),
        "kind": _kind(facts["kind"]),
    }


def _times_do_not_overlap(facts: Facts, _districts: Names) -> str:
    shared, needed = facts["shared"], _half_day_count(facts["needed"])
    offered = half_days_text(facts["half_days_offered"])
    if not offered:
        return _("Valt af omdat de plek %(needed)s per week vraagt en u er %(shared)s kunt.") % {
            "needed": needed,
            "shared": shared,
        }
    if not shared:
        return _("Valt af omdat de plek op %(offered)s is en u dan niet kunt.") % {
            "offered": offered
        }
    return _("Valt af omdat de plek %(needed)s per week vraagt en u alleen op %(shared)s kunt.") % {
        "needed": needed,
        "shared": half_days_text(facts["half_days_shared"]),
    }


def _more_time_than_wished(facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat de plek %(needed)s per week vraagt en u er hooguit %(most)s wilt.") % {
        "needed": _half_day_count(facts["needed"]),
        "most": facts["most"],
    }


def _out_of_reach(facts: Facts, districts: Names) -> str:
    reach = [districts.get(code, code) for code in facts["districts_in_reach"]]
    place = _district(facts, districts)
    if not reach:
        return _("Valt af omdat de plek in %(district)s is en dat voor u te ver is.") % place
    return _("Valt af omdat de plek in %(district)s is en u alleen in %(reach)s kunt komen.") % {
        **place,
        "reach": listed(reach),
    }


def _language_level_higher(facts: Facts, _districts: Names) -> str:
    asked, own = LanguageLevel[facts["level_asked"]], LanguageLevel[facts["level"]]
    return _(
        "Valt af omdat de plek Nederlands op niveau %(asked)s vraagt; uw niveau is nu %(own)s."
    ) % {"asked": LANGUAGE_LEVEL_NAMES[asked], "own": LANGUAGE_LEVEL_NAMES[own]}


def _functional_demand(facts: Facts, _districts: Names) -> str:
    demands = (FUNCTIONAL_DEMANDS[FunctionalDemand(code)] for code in facts["demands"])
    return _("Valt af omdat de plek iets vraagt dat voor u niet gaat: %(demands)s.") % {
        "demands": listed(mid_sentence(demand) for demand in demands)
    }


def _no_free_place(facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat er geen plaats vrij is: %(taken)s van de %(capacity)s bezet.") % {
        "taken": facts["taken"],
        "capacity": facts["capacity"],
    }


def _not_open(facts: Facts, _districts: Names) -> str:
    opens = facts["open_from"]
    if opens and opens > facts["on"]:
        return _("Valt af omdat de plek pas op %(day)s opengaat.") % {"day": _day(opens)}
    return _("Valt af omdat de plek sinds %(day)s gesloten is.") % {
        "day": _day(facts["open_until"])
    }


def _ground_not_allowed(facts: Facts, _districts: Names) -> str:
    return _(
        "Valt af omdat deze plek onder een andere wet valt (%(law)s) en de gemeente daarvoor nu "
        "niets van u mag gebruiken."
    ) % {"law": _LAWS[LegalTask(facts["legal_task"])]()}


def _too_far(facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat de plek ongeveer %(far)s weg is en u tot %(reach)s komt.") % {
        "far": metres_text(facts["metres"]),
        "reach": metres_text(facts["reach"]),
    }


def _refused_before(facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat deze plek eerder niet doorging. Vanaf %(day)s kan het weer.") % {
        "day": _day(facts["until"])
    }


def _displacement_unchecked(_facts: Facts, _districts: Names) -> str:
    return _("Valt af omdat nog niet is nagekeken of dit werk een betaalde baan wegneemt.")


def _not_confirmed(facts: Facts, _districts: Names) -> str:
    days = facts["days"]
    return ngettext(
        "Valt af omdat de organisatie al %(days)s dag te laat is met zeggen of de plek nog klopt.",
        "Valt af omdat de organisatie al %(days)s dagen te laat is met zeggen of de plek nog "
        "klopt.",
        days,
    ) % {"days": days}


_LAWS: Mapping[LegalTask, Callable[[], str]] = {
    LegalTask.PARTICIPATION: lambda: _("Participatiewet"),
    LegalTask.SOCIAL_SUPPORT: lambda: _("Wet maatschappelijke ondersteuning"),
    LegalTask.DEBT_HELP: lambda: _("Wet gemeentelijke schuldhulpverlening"),
    LegalTask.INTEGRATION: lambda: _("Wet inburgering"),
}


def _day(iso: str) -> str:
    return day_text(date.fromisoformat(iso))


_AGAINST: Mapping[HardRule, Callable[[Facts, Names], str]] = {
    HardRule.KIND_NOT_ALLOWED: _kind_not_allowed,
    HardRule.KIND_NOT_WISHED: _kind_not_wished,
    HardRule.TIMES_DO_NOT_OVERLAP: _times_do_not_overlap,
    HardRule.MORE_TIME_THAN_WISHED: _more_time_than_wished,
    HardRule.OUT_OF_REACH: _out_of_reach,
    HardRule.LANGUAGE_LEVEL_HIGHER: _language_level_higher,
    HardRule.FUNCTIONAL_DEMAND: _functional_demand,
    HardRule.NO_FREE_PLACE: _no_free_place,
    HardRule.NOT_OPEN: _not_open,
    HardRule.GROUND_NOT_ALLOWED: _ground_not_allowed,
    HardRule.TOO_FAR: _too_far,
    HardRule.REFUSED_BEFORE: _refused_before,
    HardRule.DISPLACEMENT_UNCHECKED: _displacement_unchecked,
    HardRule.NOT_CONFIRMED: _not_confirmed,
}
