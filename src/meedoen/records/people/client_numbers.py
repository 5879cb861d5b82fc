"""The numbers by which organisations know people: drawn by lot, another for each organisation."""

import secrets
from collections.abc import Collection, Mapping

from meedoen.records.organisations.paging import in_groups
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.people.models import ClientNumber

SIGNS = "34679CDFGHJKMNPQRTVWXY"
"""Without vowels, so that no words come out, and without signs that look like each other."""
LENGTH = 6
MOST_DRAWS = 20
"""Drawing the same number twice is rare; so often in a row never happens."""

Pair = tuple[int, int]
"""A person, by pseudonym, and an organisation."""


def client_numbers(viewer: Viewer, *, pairs: Collection[Pair]) -> Mapping[Pair, str]:
    """Return the number of each of these people at an organisation; draw those that lack.

    A few questions for all of them together. A number is never drawn from anything that is known
    about somebody, so nothing can be read from it.
    """
    wanted = set(pairs)
    found = _kept(viewer, wanted)
    for _draw in range(MOST_DRAWS):
        lacking = wanted - found.keys()
        if not lacking:
            return found
        # Who draws the same number, or for the same person at the same moment, draws again.
        ClientNumber.objects.bulk_create(
            [
                ClientNumber(
                    municipality_id=viewer.municipality_id,
                    pseudonym_id=pseudonym_id,
                    organisation_id=organisation_id,
                    number="".join(secrets.choice(SIGNS) for _sign in range(LENGTH)),
                )
                for pseudonym_id, organisation_id in sorted(lacking)
            ],
            batch_size=1_000,
            ignore_conflicts=True,
        )
        found = _kept(viewer, wanted)
    raise RuntimeError(f"{viewer.role} cannot see the numbers of these people after drawing them.")


def _kept(viewer: Viewer, pairs: Collection[Pair]) -> dict[Pair, str]:
    rows = ClientNumber.objects.visible_to(viewer)
    found: dict[Pair, str] = {}
    for group in in_groups(sorted({pseudonym_id for pseudonym_id, _organisation in pairs})):
        for pseudonym_id, organisation_id, number in rows.filter(
            pseudonym_id__in=group
        ).values_list("pseudonym_id", "organisation_id", "number"):
            found[pseudonym_id, organisation_id] = number
    return {pair: number for pair, number in found.items() if pair in pairs}
