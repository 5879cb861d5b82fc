"""What a kept figure would be with what is known later, and what was recorded that changed it.

The figure itself never changes. It is counted again by the same version of its definition, for the
same day, district, kind of place and organisation; whatever counts otherwise has something that was
recorded since. That is told only when enough people are behind it: one late start would say of one
person what they did.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from meedoen.records.figures.breakdowns import cell_of
from meedoen.records.figures.causes_told import (
    NOTHING,
    Cause,
    CauseCount,
    Told,
    told_elsewhere,
    told_of_people,
)
from meedoen.records.figures.models import Figure, Measuring
from meedoen.records.figures.protecting import protection_of
from meedoen.records.figures.recounting import Recount, recounts
from meedoen.records.figures.sources import sources
from meedoen.records.history.queries import columns_with_replaced
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.rules.indicators.causes import Corrected, Where, causes_of
from meedoen.rules.indicators.causes_elsewhere import Since, Subject
from meedoen.rules.indicators.disclosure import HIDDEN, Shown
from meedoen.rules.indicators.language import ReferralWord, Word
from meedoen.rules.indicators.people_words import PeopleWord
from meedoen.rules.indicators.place_causes import place_causes
from meedoen.rules.indicators.place_words import PlaceWord
from meedoen.rules.indicators.referral_causes import referral_causes
from meedoen.rules.indicators.sources import Sources
from meedoen.rules.vocabulary import PlaceKind

NOT_MEASURED = Shown("-", hidden=False)


@dataclass(frozen=True, slots=True)
class Revision:
    """A kept figure beside what it would be now.

    `count` is of how many people something was recorded since by which they count otherwise, or of
    how many of what `subject` says. `causes` are told only when those are enough people; `withheld`
    says that there are causes that are not told.
    """

    figure_id: int
    then: Shown
    now: Shown
    changed: bool
    known_at: datetime
    subject: Subject
    count: Shown
    by_kind: tuple[CauseCount, ...]
    causes: tuple[Cause, ...]
    withheld: bool

    @property
    def is_hidden(self) -> bool:
        """Tell whether the figure is hidden, so that it is not told either whether it changed."""
        return self.then.hidden


def revised(
    viewer: Viewer, figure_ids: Collection[int], *, until: datetime | None = None
) -> dict[int, Revision]:
    """Return each of these figures beside what it is with all that was recorded up to a moment.

    `until` None is with everything known now. Empty for who may not see figures; figures of others
    are left out, and of measurings that are not done. As many questions for many as for a few.
    """
    if not figure_ids or not viewer.may(Permission.SEE_FIGURES):
        return {}
    rows = Figure.objects.filter(
        pk__in=figure_ids,
        municipality_id=viewer.municipality_id,
        measuring__in=Measuring.objects.done(),
    )
    catalogue, protection = catalogue_of(viewer.municipality_id), protection_of(viewer)
    known = rows.filter(indicator__in=catalogue.definitions)
    figures = list(known.select_related("measuring").order_by("pk"))
    read = sources(viewer)
    again = recounts(viewer, catalogue, figures, read, until=until)
    history = Corrected(*columns_with_replaced(viewer))
    finder = _Finder(history, read, until, protection.threshold)
    return {
        figure.pk: _revision(
            figure,
            again[figure.measuring_id],
            finder.told(
                catalogue[figure.indicator].version_on(figure.definition_version).count, figure
            ),
        )
        for figure in figures
    }


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds what changed figures, in all that was ever recorded."""

    history: Corrected
    read: Sources
    until: datetime | None
    threshold: int

    def told(self, word: Word, figure: Figure) -> Told:
        """Find what changed a figure; nothing for what is printed and not counted."""
        where = _where(figure)
        on, then = figure.measuring.reference_date, figure.measuring.known_at
        since = Since(then, self.until)
        if isinstance(word, PeopleWord):
            causes = causes_of(word, self.history, on, where, then=then, now=self.until)
            return told_of_people(causes, self.history, self.threshold)
        if isinstance(word, ReferralWord) and self.read.referrals is not None:
            steps = referral_causes(word, self.read.referrals, on, where, since)
            return told_elsewhere(steps, self.threshold)
        if isinstance(word, PlaceWord) and self.read.places is not None:
            said = place_causes(word, self.read.places, on, where, since)
            return told_elsewhere(said, self.threshold)
        return NOTHING


def _where(figure: Figure) -> Where:
    return Where(
        part=figure.part,
        district=figure.district_id,
        place_kind=PlaceKind(figure.place_kind) if figure.place_kind else None,
        organisation=figure.organisation_id,
    )


def _revision(figure: Figure, again: Recount, told: Told) -> Revision:
    cell = cell_of(figure)
    then = again.then[cell]
    if then.hidden:
        # That it changed would tell that somebody came, went or was forgotten.
        return Revision(
            figure_id=figure.pk,
            then=then,
            now=then,
            changed=False,
            known_at=figure.measuring.known_at,
            subject=told.subject,
            count=HIDDEN,
            by_kind=(),
            causes=(),
            withheld=False,
        )
    now = again.now.get(cell, NOT_MEASURED)
    if now.hidden:
        # With what it was, what changed it would tell what it is.
        told = Told(told.subject, HIDDEN, withheld=True)
    return Revision(
        figure_id=figure.pk,
        then=then,
        now=now,
        changed=again.numbers.get(cell, 0) != figure.value,
        known_at=figure.measuring.known_at,
        subject=told.subject,
        count=told.count,
        by_kind=told.by_kind,
        causes=told.causes,
        withheld=told.withheld,
    )
