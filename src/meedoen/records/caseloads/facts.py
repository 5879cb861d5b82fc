"""What a lot of rows is compared with: looked up for all of them at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from meedoen.records.caseloads.acting import meedoen_for
from meedoen.records.caseloads.models import CaseloadFile
from meedoen.records.organisations import clock
from meedoen.records.organisations.models import District, Membership
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.people.caseload_queries import born_on, known_by_number
from meedoen.rules.caseload.compare import Known, Named, most_alike
from meedoen.rules.caseload.directory import Directory, Found
from meedoen.rules.caseload.judge import Judgement, Wanted, judge
from meedoen.rules.caseload.values import Parsed
from meedoen.rules.files.meanings import by_text, district_texts

COACHING = [Role.COACH.value, Role.TEAM_LEAD.value]


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for all rows of a file: who sent it, what was asked, and the directory."""

    sender: Viewer
    system: Viewer
    wanted: Wanted
    directory: Directory
    today: date

    @property
    def team_id(self) -> int | None:
        """Return the team whose people may be changed; None is everybody's."""
        return None if self.sender.role == Role.SYSTEM else self.sender.team_id


@dataclass(frozen=True, slots=True)
class Judged:
    """A row with what it means and about whom."""

    parsed: Parsed
    found: Found
    known: Known | None
    like: int | None
    judgement: Judgement


def setting_of(file: CaseloadFile, sender: Viewer) -> Setting:
    """Return what holds for all rows of a file."""
    today = clock.today()
    # Who has left since is nobody's coach any more.
    coach = own_coaches(sender).filter(pk=file.default_coach_id or 0).values_list("pk", flat=True)
    return Setting(
        sender=sender,
        system=meedoen_for(sender),
        wanted=Wanted(file.reference_date or today, coach.first()),
        directory=_directory(sender),
        today=today,
    )


def _directory(sender: Viewer) -> Directory:
    own: list[Membership] = []
    others: list[Membership] = []
    # Who is both coach and team lead is meant as coach; "coach" comes first in the alphabet.
    for row in coaching(sender).select_related("account").order_by("role", "pk"):
        is_own = sender.role == Role.SYSTEM or row.team_id == sender.team_id
        (own if is_own else others).append(row)
    own = list({row.account_id: row for row in reversed(own)}.values())
    districts = District.objects.filter(municipality_id=sender.municipality_id)
    return Directory(
        districts=by_text(
            (text, row.pk) for row in districts for text in district_texts(row.code, row.name)
        ),
        coaches=by_text((text, row.pk) for row in own for text in _texts(row)),
        other_coaches=frozenset(by_text((text, row.pk) for row in others for text in _texts(row))),
    )


def coaching(viewer: Viewer) -> "QuerySet[Membership]":
    """Return the coaches and team leads who work for the viewer's municipality now."""
    return Membership.objects.filter(
        municipality_id=viewer.municipality_id,
        role__in=COACHING,
        ended_at__isnull=True,
        account__is_active=True,
    )


def own_coaches(viewer: Viewer) -> "QuerySet[Membership]":
    """Return those of the viewer's team; for Meedoen itself all of the municipality."""
    rows = coaching(viewer)
    if viewer.role == Role.SYSTEM:
        return rows
    return rows.filter(team_id=viewer.team_id) if viewer.team_id else rows.none()


def _texts(row: Membership) -> tuple[str, str]:
    return row.account.email, row.account.name


def judge_all(setting: Setting, parsed: Sequence[Parsed], in_file: Collection[str]) -> list[Judged]:
    """Return what these rows mean, in the same order; one set of questions for all of them.

    `in_file` are the digests of all numbers in the file (see `blind_index`): nobody who has one
    of those is taken for somebody else in it.
    """
    numbers = {one.bsn for one in parsed if one.bsn}
    known = known_by_number(setting.system, numbers=numbers, team_id=setting.team_id)
    strangers = [one for one in parsed if one.bsn not in known and not one.is_wrong]
    days = {one.birth_date for one in strangers if one.birth_date}
    alike = born_on(setting.system, days=days, besides=in_file)
    return [_judged(setting, one, known.get(one.bsn), alike) for one in parsed]


def _judged(
    setting: Setting, parsed: Parsed, known: Known | None, alike: Mapping[date, Sequence[Named]]
) -> Judged:
    like = most_alike(parsed, alike) if known is None and not parsed.is_wrong else None
    return judge_one(setting, parsed, known, like)


def judge_one(setting: Setting, parsed: Parsed, known: Known | None, like: int | None) -> Judged:
    """Return what a row means beside the person who is known, or somebody alike."""
    found = setting.directory.find(parsed)
    judgement = judge(parsed, found, known, looks_like=like is not None, wanted=setting.wanted)
    return Judged(parsed, found, known, like, judgement)
