"""What is told about somebody, and from whom a referral comes, for every card of referrals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from meedoen.records.referrals.drafts import NAME, PHONE, facts_of
from meedoen.records.referrals.models import Ask, Referral, SharedFacts
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCard:
    """What is told about somebody; `facts` has a text per word, in the order of the vocabulary.

    `name` and `phone` are empty when they are not told; `is_emptied` when nothing is kept any more.
    """

    name: str
    phone: str
    facts: tuple[tuple[Shared, str], ...]
    what: tuple[Shared, ...]
    legal_task: LegalTask
    ground: LegalGround
    explanation: str
    told_how: ObtainedHow | None
    told_on: date | None
    is_emptied: bool


def told_card(row: SharedFacts | None) -> ToldCard | None:
    """Return what is told in one round."""
    if row is None:
        return None
    texts = facts_of(row)
    return ToldCard(
        name=texts.get(NAME, ""),
        phone=texts.get(PHONE, ""),
        facts=tuple((word, texts[word.value]) for word in Shared if word.value in texts),
        what=tuple(Shared(word) for word in row.what),
        legal_task=LegalTask(row.legal_task),
        ground=LegalGround(row.ground),
        explanation=row.explanation,
        told_how=ObtainedHow(row.told_how) if row.told_how else None,
        told_on=row.told_on,
        is_emptied=row.emptied_at is not None,
    )


def with_referral(rows: QuerySet[Ask]) -> QuerySet[Ask]:
    """Return rows of receivers that come with all that their cards need."""
    return rows.select_related(
        "referral__district",
        "referral__from_organisation",
        "referral__from_team",
        "forwarded_by__organisation",
        "organisation",
        "team",
        "place",
    )


def sender_of(row: Referral) -> str:
    """Return the organisation or team that sent a referral; empty for a resident's own."""
    if row.from_resident:
        return ""
    if row.from_organisation is not None:
        return row.from_organisation.name
    return row.from_team.name if row.from_team is not None else ""
