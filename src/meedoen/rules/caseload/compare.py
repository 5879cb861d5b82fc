"""One row beside one person who is known: what the file says otherwise, and who is alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from meedoen.rules.caseload.directory import Found
from meedoen.rules.caseload.names import alike, same_given_name
from meedoen.rules.caseload.values import Parsed
from meedoen.rules.caseload.words import Field
from meedoen.rules.files.spelling import phone_digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person as known here.

    `benefit_since` is the first day of the benefit without a gap; `stretch_starts_on` that of
    the last change in it, such as a move. `benefit_ends_on` is the first day without, None while
    it runs. `is_own` says whether the importing team is, or was last, responsible.
    With `hand_over_planned` somebody already said who comes next, or the first coach has not
    begun.
    """

    pseudonym_id: int
    given_name: str
    family_name: str
    birth_date: date
    phone: str
    district_id: int
    benefit_since: date
    stretch_starts_on: date
    benefit_ends_on: date | None
    coach_id: int | None
    hand_over_planned: bool
    is_own: bool

    def is_on_benefit(self, day: date) -> bool:
        """Return whether the benefit has not ended by this day."""
        return self.benefit_ends_on is None or self.benefit_ends_on > day


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who may be the one in a row."""

    pseudonym_id: int
    family_name: str


def details(parsed: Parsed, known: Known) -> dict[Field, str | date]:
    """Return what the file says otherwise about name, birth date and phone.

    An empty cell says nothing, and initials say nothing about a given name that they fit.
    """
    found: dict[Field, str | date] = {}
    if parsed.given_name and not same_given_name(known.given_name, parsed.given_name):
        found[Field.GIVEN_NAME] = parsed.given_name
    if parsed.family_name and parsed.family_name != known.family_name:
        found[Field.FAMILY_NAME] = parsed.family_name
    if parsed.birth_date and parsed.birth_date != known.birth_date:
        found[Field.BIRTH_DATE] = parsed.birth_date
    if parsed.phone and phone_digits(parsed.phone) != phone_digits(known.phone):
        found[Field.PHONE] = parsed.phone
    return found


def has_moved(found: Found, known: Known) -> bool:
    """Return whether the file names another district."""
    return found.district_id is not None and found.district_id != known.district_id


def has_other_coach(found: Found, known: Known) -> bool:
    """Return whether the file names another coach, and that can be followed."""
    named = found.coach_id is not None and found.coach_id != known.coach_id
    return named and not known.hand_over_planned


def is_other_person(parsed: Parsed, known: Known) -> bool:
    """Return whether birth date and name both differ, so that the number is somebody else's."""
    differs = parsed.birth_date is not None and parsed.birth_date != known.birth_date
    return differs and not alike(parsed.family_name, known.family_name)


def most_alike(parsed: Parsed, born_then: Mapping[date, Iterable[Named]]) -> int | None:
    """Return who has the same birth date and nearly the same family name; None when nobody has.

    Of several the one with the name most alike; then the one who is known longest.
    """
    if parsed.birth_date is None:
        return None
    scores = [
        (-alike(parsed.family_name, person.family_name), person.pseudonym_id)
        for person in born_then.get(parsed.birth_date, ())
    ]
    best = min(scores, default=(0, 0))
    return best[1] if best[0] else None
