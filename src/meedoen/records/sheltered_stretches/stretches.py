"""How people stand in sheltered work: asked by who places them, told by who follows their track."""

from collections.abc import Iterable, Mapping, Sequence

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.sheltered_stretches.models import ShelteredStretch
from meedoen.rules.sheltered.standing import Standing
from meedoen.rules.vocabulary import PlaceKind


def standings_of(viewer: Viewer, *, pseudonym_ids: Iterable[int]) -> dict[int, list[Standing]]:
    """Return how these people stand, by pseudonym; who has nothing of it is left out."""
    rows = ShelteredStretch.objects.visible_to(viewer).order_by("starts_on", "pk")
    fields = ("pseudonym_id", "kind", "starts_on", "ends_on", "is_employed")
    found: dict[int, list[Standing]] = {}
    for group in in_groups(sorted(set(pseudonym_ids))):
        some = rows.filter(pseudonym_id__in=group)
        for person, kind, starts_on, ends_on, is_employed in some.values_list(*fields):
            standing = Standing(PlaceKind(kind), starts_on, ends_on, is_employed=is_employed)
            found.setdefault(person, []).append(standing)
    return found


def keep_standings(viewer: Viewer, *, told: Mapping[int, Sequence[Standing]]) -> None:
    """Let this be how these people stand, in place of what was kept of them.

    Inside the transaction of an action that holds the people.
    """
    rows = ShelteredStretch.objects.visible_to(viewer)
    for group in in_groups(sorted(told)):
        rows.filter(pseudonym_id__in=group).delete()
    ShelteredStretch.objects.bulk_create(
        [
            ShelteredStretch(
                municipality_id=viewer.municipality_id,
                pseudonym_id=person,
                kind=one.kind,
                is_employed=one.is_employed,
                starts_on=one.starts_on,
                ends_on=one.ends_on,
            )
            for person, standings in told.items()
            for one in standings
        ],
        batch_size=2_000,
    )
