"""Many whole numbers from the database in one value."""

from django.db.models import F, Q

from meedoen.records.organisations.packed import Packed, unpacked
from meedoen.records.places.models import Place


def numbers(rows, expression, **how) -> list[int]:
    return sorted(unpacked(rows.aggregate(packed=Packed(expression, **how))["packed"]).tolist())


def test_what_is_packed_is_unpacked(town):
    rows = Place.objects.all()
    expected = sorted(rows.values_list("pk", flat=True))
    assert len(expected) > 1
    assert numbers(rows, "pk") == expected
    assert numbers(rows, F("pk") * -1_000_000_000_000) == [
        pk * -1_000_000_000_000 for pk in reversed(expected)
    ]


def test_some_of_the_rows_or_none_can_be_packed(town):
    first = Place.objects.earliest("pk").pk
    assert numbers(Place.objects.all(), "pk", filter=Q(pk=first)) == [first]
    assert numbers(Place.objects.all(), "pk", filter=Q(pk=0)) == []
    assert numbers(Place.objects.none(), "pk") == []


def test_each_group_is_packed_apart(town):
    groups = Place.objects.values("kind").annotate(packed=Packed("pk"))
    for one in groups:
        here = Place.objects.filter(kind=one["kind"]).values_list("pk", flat=True)
        assert sorted(unpacked(one["packed"]).tolist()) == sorted(here)
