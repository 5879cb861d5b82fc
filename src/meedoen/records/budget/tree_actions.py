"""Making and changing the tree of the budget by hand, beside what pages bring in."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from meedoen.records.budget.checks import number_problems
from meedoen.records.budget.models import Goal, PolicyField, Programme, Reference
from meedoen.records.budget.targets import FIRST_YEAR, LAST_YEAR
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.rules.budget.page import ReferenceKind

LONGEST_CODE, LONGEST_NAME, LONGEST_GOAL = 20, 200, 300


@action(Permission.PUBLISH_BUDGET)
def keep_programme(
    viewer: Viewer, *, code: str, name: str, portfolio_holder: str = "", key: UUID | None = None
) -> UUID:
    """Make a programme, or change the one with this key; return its key.

    Raises ActionRefusedError with all that is wrong, also for a code that is taken.
    """
    problems = _naming_problems(code, name, portfolio_holder)
    row = _programme(viewer, key) if key else _new_programme(viewer)
    if problems:
        raise ActionRefusedError("\n".join(problems))
    row.code, row.name = code.strip(), name.strip()
    row.portfolio_holder = portfolio_holder.strip()
    _save(row)
    return row.key


@action(Permission.PUBLISH_BUDGET)
def keep_field(
    viewer: Viewer,
    *,
    programme_key: UUID,
    code: str,
    name: str,
    portfolio_holder: str = "",
    key: UUID | None = None,
) -> UUID:
    """Make a policy field, or change or move the one with this key; return its key.

    Raises ActionRefusedError with all that is wrong, also for a code that is taken.
    """
    problems = _naming_problems(code, name, portfolio_holder)
    programme = _programme(viewer, programme_key)
    row = _field(viewer, key) if key else _new_field(viewer)
    if problems:
        raise ActionRefusedError("\n".join(problems))
    row.programme, row.code, row.name = programme, code.strip(), name.strip()
    row.portfolio_holder = portfolio_holder.strip()
    _save(row)
    return row.key


@action(Permission.PUBLISH_BUDGET)
def remove_programme(viewer: Viewer, *, key: UUID) -> None:
    """Take away a programme that has no policy fields. Raises ActionRefusedError."""
    row = _programme(viewer, key)
    if row.fields.exists():
        raise ActionRefusedError(
            _("In dit programma staan nog beleidsvelden. Verplaats die eerst.")
        )
    row.delete()


@action(Permission.PUBLISH_BUDGET)
def remove_field(viewer: Viewer, *, key: UUID) -> None:
    """Take away a policy field that has no goals. Raises ActionRefusedError."""
    row = _field(viewer, key)
    if row.goals.exists():
        raise ActionRefusedError(_("In dit beleidsveld staan nog doelen. Verplaats die eerst."))
    row.delete()


@dataclass(frozen=True, slots=True)
class GoalDetails:
    """What is said of a goal by hand; `field_key` None leaves it without a policy field.

    `links` are the codes of goals it points to, None to leave those as they are.
    """

    code: str
    title: str
    year: int | None = None
    field_key: UUID | None = None
    portfolio_holders: Sequence[str] = ()
    policy_notes: Sequence[str] = ()
    source: str = ""
    links: Sequence[str] | None = None


@action(Permission.PUBLISH_BUDGET)
def keep_goal(viewer: Viewer, *, details: GoalDetails, goal_id: int | None = None) -> int:
    """Make a goal, or change or move the one with this id; return its id.

    What an imported page said of it comes back when that page is read in again. Raises
    ActionRefusedError with all that is wrong, also when this year has a goal of this code.
    """
    problems = _goal_problems(details)
    field = _field(viewer, details.field_key) if details.field_key else None
    row = _goal(viewer, goal_id) if goal_id is not None else _new_goal(viewer)
    code, year = details.code.strip(), details.year
    same = Goal.objects.filter(municipality_id=viewer.municipality_id, code=code, year=year)
    if same.exclude(pk=row.pk).exists():
        problems.append(_("Dit nummer bestaat al in dit jaar. Kies een ander nummer."))
    if problems:
        raise ActionRefusedError("\n".join(problems))
    row.code, row.title, row.year, row.policy_field = code, details.title.strip(), year, field
    row.portfolio_holders = _said(details.portfolio_holders)
    row.policy_notes = _said(details.policy_notes)
    row.source = details.source.strip()
    _save(row)
    if details.links is not None:
        _link(row, details.links)
    return row.pk


@action(Permission.PUBLISH_BUDGET)
def move_goal(viewer: Viewer, *, goal_id: int, field_key: UUID | None) -> None:
    """Put a goal in another policy field, None in none. Raises ActionRefusedError."""
    row = _goal(viewer, goal_id)
    row.policy_field = _field(viewer, field_key) if field_key else None
    row.save(update_fields=["policy_field"])


@action(Permission.PUBLISH_BUDGET)
def link_goals(viewer: Viewer, *, goal_id: int, codes: Sequence[str]) -> None:
    """Let a goal point to the goals with these codes, beside those that its page mentions.

    Raises ActionRefusedError for a code of no goal, and for the goal itself.
    """
    _link(_goal(viewer, goal_id), codes)


def _naming_problems(code: str, name: str, portfolio_holder: str) -> list[str]:
    problems = _code_problems(code)
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        problems.append(_("Geef een naam van hoogstens %(most)s tekens.") % {"most": LONGEST_NAME})
    if len(portfolio_holder.strip()) > LONGEST_NAME:
        problems.append(
            _("De portefeuillehouder heeft hoogstens %(most)s tekens.") % {"most": LONGEST_NAME}
        )
    return [*problems, *number_problems(name, portfolio_holder)]


def _code_problems(code: str) -> list[str]:
    if 0 < len(code.strip()) <= LONGEST_CODE:
        return []
    return [_("Geef een nummer van hoogstens %(most)s tekens.") % {"most": LONGEST_CODE}]


def _goal_problems(details: GoalDetails) -> list[str]:
    problems = _code_problems(details.code)
    if not 0 < len(details.title.strip()) <= LONGEST_GOAL:
        problems.append(_("Geef een titel van hoogstens %(most)s tekens.") % {"most": LONGEST_GOAL})
    if details.year is not None and not FIRST_YEAR <= details.year <= LAST_YEAR:
        words = {"first": FIRST_YEAR, "last": LAST_YEAR}
        problems.append(_("Het jaar ligt tussen %(first)s en %(last)s.") % words)
    if len(details.source.strip()) > LONGEST_GOAL:
        problems.append(_("De bron heeft hoogstens %(most)s tekens.") % {"most": LONGEST_GOAL})
    texts = (details.title, details.source, *details.portfolio_holders, *details.policy_notes)
    return [*problems, *number_problems(*texts)]


def _link(row: Goal, codes: Sequence[str]) -> None:
    wanted = list(dict.fromkeys(_said(codes)))
    known = set(
        Goal.objects.filter(municipality_id=row.municipality_id, code__in=wanted)
        .exclude(code=row.code)
        .values_list("code", flat=True)
    )
    if strange := [code for code in wanted if code not in known]:
        raise ActionRefusedError(
            _("Deze doelen bestaan niet, of zijn dit doel zelf: %(codes)s.")
            % {"codes": ", ".join(strange)}
        )
    row.references.filter(by_hand=True).delete()
    there = set(row.references.filter(kind=ReferenceKind.GOAL).values_list("code", flat=True))
    first = row.references.count()
    Reference.objects.bulk_create(
        Reference(
            municipality_id=row.municipality_id,
            goal=row,
            kind=ReferenceKind.GOAL.value,
            code=code,
            position=first + place,
            by_hand=True,
        )
        for place, code in enumerate(code for code in wanted if code not in there)
    )


def _said(texts: Sequence[str]) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


def _save(row: Model) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise ActionRefusedError(_("Dit nummer bestaat al. Kies een ander nummer.")) from error


def _new_programme(viewer: Viewer) -> Programme:
    return Programme(municipality_id=viewer.municipality_id, key=uuid.uuid4())


def _new_field(viewer: Viewer) -> PolicyField:
    return PolicyField(municipality_id=viewer.municipality_id, key=uuid.uuid4())


def _new_goal(viewer: Viewer) -> Goal:
    return Goal(municipality_id=viewer.municipality_id)


def _programme(viewer: Viewer, key: UUID) -> Programme:
    row = Programme.objects.filter(municipality_id=viewer.municipality_id, key=key).first()
    if row is None:
        raise ActionRefusedError(_("Dit programma bestaat niet."))
    return row


def _field(viewer: Viewer, key: UUID) -> PolicyField:
    row = PolicyField.objects.filter(municipality_id=viewer.municipality_id, key=key).first()
    if row is None:
        raise ActionRefusedError(_("Dit beleidsveld bestaat niet."))
    return row


def _goal(viewer: Viewer, goal_id: int) -> Goal:
    row = Goal.objects.filter(municipality_id=viewer.municipality_id, pk=goal_id).first()
    if row is None:
        raise ActionRefusedError(_("Dit doel bestaat niet."))
    return row
