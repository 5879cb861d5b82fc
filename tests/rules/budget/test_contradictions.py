"""Figures that contradict each other are found, and figures that agree are not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.budget.contradictions import ContradictionKind, Stated, contradictions
from meedoen.rules.budget.periods import same_period

BASE = Stated("Aantal A", "aantal", 2022, "realisatie", "220", "Begroting 2024", 1)


def kinds(*figures):
    return [one.kind for one in contradictions(figures)]


def test_the_same_year_in_two_documents_with_another_figure():
    other = replace(BASE, shown="222", source="Jaarstukken 2022", row=2)
    [found] = contradictions([BASE, other])
    assert found.kind is ContradictionKind.OTHER_DOCUMENT
    assert [one.shown for one in found.figures] == ["220", "222"]
    for agreed in (
        replace(other, shown="220"),
        replace(other, year=2021),
        replace(other, kind="begroting"),
        replace(other, entity="Nederland"),
        replace(other, shown="n.n.b."),
        replace(other, source=BASE.source),
    ):
        assert kinds(BASE, agreed) == []


def test_the_same_indicator_under_two_names_is_known_by_its_code():
    first = replace(BASE, indicator="participation_jobs")
    other = replace(first, name="P-banen", shown="222", source="Jaarstukken 2022", row=2)
    assert kinds(first, other) == [ContradictionKind.OTHER_DOCUMENT]


def test_the_same_half_year_in_two_documents_however_it_is_written():
    first = replace(BASE, unit="per 1.000 inwoners", shown="43,8", period="1e helft 2022")
    other = replace(first, shown="44,8", source="Begroting 2025", row=2)
    again = replace(other, period="eerste halfjaar 2022")
    assert kinds(first, again) == [ContradictionKind.OTHER_DOCUMENT_PERIOD]
    assert kinds(first, replace(other, period="2e helft 2022")) == []
    assert kinds(first, replace(other, period="")) == []


@pytest.mark.parametrize(
    "names",
    [
        (
            "Aantal klanten op 1 januari",
            "Instroom klanten",
            "Uitstroom klanten",
            "Aantal klanten op 31 december",
        ),
        ("Stand 1-1", "Instroom", "Uitstroom", "Stand 31-12"),
        (
            "Trajecten begin van het jaar",
            "Instroom trajecten",
            "Uitstroom trajecten",
            "Trajecten einde van het jaar",
        ),
        (
            "Trajecten begin jaar",
            "Instroom trajecten",
            "Uitstroom trajecten",
            "Trajecten per einde jaar",
        ),
        ("Trajecten per 1 jan.", "Trajecten erbij", "Trajecten eraf", "Trajecten per 31 dec."),
        ("Klanten op 01-01-2022", "Instroom klanten", "Uitstroom klanten", "Klanten op 31-12-2022"),
        ("Beginstand", "Instroom", "Uitstroom", "Eindstand"),
        ("Klanten aanvang jaar", "Instroom klanten", "Uitstroom klanten", "Klanten ultimo jaar"),
    ],
)
def test_a_stock_that_does_not_close_names_all_four_figures(names):
    shown = ["220", "74", "85", "221"]
    figures = [
        replace(BASE, name=name, shown=text, row=at)
        for at, (name, text) in enumerate(zip(names, shown, strict=True))
    ]
    [found] = contradictions(figures)
    assert (found.kind, found.expected) == (ContradictionKind.DOES_NOT_CLOSE, 209)
    assert [one.shown for one in found.figures] == shown
    assert kinds(*figures[:3], replace(figures[3], shown="209")) == []


def test_a_stock_in_the_columns_of_two_years_closes_or_does_not():
    before = replace(BASE, name="Aantal klanten", year=2021, shown="220")
    after = replace(before, year=2022, shown="221")
    came = replace(BASE, name="Instroom klanten", shown="74", row=2)
    out = replace(BASE, name="Uitstroom klanten", shown="85", row=3)
    assert kinds(before, after, came, out) == [ContradictionKind.DOES_NOT_CLOSE]
    assert kinds(before, replace(after, shown="209"), came, out) == []


def test_one_indicator_per_thousand_and_per_ten_thousand():
    first = replace(
        BASE, name="Bijstand per 1.000 inwoners", unit="per 1.000 inwoners", shown="43,8"
    )
    other = replace(first, name="Bijstand per 10.000 inwoners", unit="per 10.000 inwoners", row=2)
    assert kinds(first, replace(other, shown="431")) == [ContradictionKind.TWO_RATES]
    assert kinds(first, replace(first, year=2021, row=2)) == []


def test_what_was_achieved_in_another_unit_than_what_is_aimed_for():
    achieved = replace(BASE, shown="81,65 per 10.000 inw")
    aimed = replace(BASE, shown="298 klanten", kind="streef", year=2024)
    assert kinds(achieved, aimed) == [ContradictionKind.TWO_UNITS]
    assert kinds(replace(achieved, shown="290 klanten"), aimed) == []
    assert kinds(achieved, replace(aimed, row=2)) == []


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1e helft 2017", "2017 1 half"),
        ("eerste halfjaar 2017", "2017 1 half"),
        ("2017 H1", "2017 1 half"),
        ("2017-1", "2017 1 half"),
        ("tweede half jaar 2017", "2017 2 half"),
        ("3e kwartaal 2020", "2020 3 quarter"),
        ("2017", "2017"),
    ],
)
def test_the_same_time_reads_the_same(text, same):
    assert same_period(text) == same


@given(st.lists(st.sampled_from(["220", "-", "0", "12,5", "n.n.b."]), min_size=1, max_size=6))
def test_figures_of_one_document_that_stand_once_contradict_nothing(values):
    figures = [
        replace(BASE, name=f"Aantal {at}", shown=shown, row=at) for at, shown in enumerate(values)
    ]
    assert contradictions(figures) == ()
