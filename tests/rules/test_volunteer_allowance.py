"""What a volunteer may get: sums a month and a year against the limits of their own day."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meedoen.rules.dated_tables import DatedTableError
from meedoen.rules.law.allowance import read_allowance, read_hour_limit, shipped_hour_limit
from meedoen.rules.law.values import NoValueError, shipped_law
from meedoen.rules.volunteer_allowance import Payment, check

SHIPPED = shipped_law("volunteer_allowance.toml")
BORN = date(1980, 5, 1)

EMPTY = shipped_law("volunteer_allowance_hour.toml")
CHOICE = "\n".join(
    line.removeprefix("# ")
    for line in EMPTY[EMPTY.index("# [[values]]") : EMPTY.index("# To change")].split("\n")
    if line.startswith("# ")
)
"""The line that the file gives as an example, for a municipality that chooses an amount."""
CHOSEN = read_hour_limit(CHOICE)


def paid(year, **months):
    """Return a payment on the tenth of each month: m1=21000 is 210 euros in January."""
    return [Payment(date(year, int(name[1:]), 10), cents) for name, cents in months.items()]


@pytest.mark.parametrize(
    ("payments", "exempt", "counts", "codes"),
    [
        (paid(2026, m1=21_000), 21_000, 0, ["within"]),
        (paid(2026, m1=21_001), 21_000, 1, ["over_month"]),
        (paid(2026, **{f"m{at}": 21_000 for at in range(1, 11)}), 210_000, 0, ["within"]),
        (
            paid(2026, **{f"m{at}": 21_000 for at in range(1, 12)}),
            210_000,
            21_000,
            ["over_year"],
        ),
        (paid(2026, m1=100_000), 21_000, 79_000, ["over_month"]),
        (paid(2026, m1=300_000), 21_000, 279_000, ["over_month", "over_year"]),
        ([*paid(2026, m1=11_000), *paid(2026, m1=11_000)], 21_000, 1_000, ["over_month"]),
        (paid(2017, m1=15_000), 15_000, 0, ["within"]),
        (paid(2023, m12=19_001), 19_000, 1, ["over_month"]),
        (paid(2020, m1=17_000), 17_000, 0, ["within"]),
        (paid(2015, m1=9_600), 9_500, 100, ["over_month"]),
    ],
)
def test_what_counts_in_one_year(payments, exempt, counts, codes):
    (year,) = check(payments, BORN)
    assert (year.exempt_cents, year.counts_cents) == (exempt, counts)
    assert [code.value for code in year.codes] == codes
    assert year.paid_cents == sum(payment.cents for payment in payments)


def test_each_month_has_its_sum_limit_and_what_is_over():
    (year,) = check(paid(2026, m3=25_000, m1=10_000), BORN)
    assert [
        (one.month, one.paid_cents, one.limit_cents, one.over_cents) for one in year.months
    ] == [(date(2026, 1, 1), 10_000, 21_000, 0), (date(2026, 3, 1), 25_000, 21_000, 4_000)]
    assert [one.codes for one in year.months] == [("within",), ("over_month",)]


def test_on_1_january_other_limits_hold():
    before, after = check([*paid(2023, m12=20_000), *paid(2024, m1=20_000)], BORN)
    assert (before.year, before.limit_cents, before.counts_cents) == (2023, 190_000, 1_000)
    assert (after.year, after.limit_cents, after.counts_cents) == (2024, 210_000, 0)


@pytest.mark.parametrize(
    ("born", "paid_on", "codes", "exempt"),
    [
        (date(1999, 6, 10), date(2026, 6, 9), ["under_age"], 0),
        (date(1999, 6, 10), date(2026, 6, 10), ["within"], 5_000),
        # Born on a leap day: 27 on the last day of February.
        (date(2000, 2, 29), date(2027, 2, 27), ["under_age"], 0),
        (date(2000, 2, 29), date(2027, 2, 28), ["within"], 5_000),
        (None, date(2026, 6, 10), ["birth_date_unknown"], 5_000),
    ],
)
def test_below_27_everything_counts(born, paid_on, codes, exempt):
    (year,) = check([Payment(paid_on, 5_000)], born)
    assert [code.value for code in year.codes] == codes
    assert (year.exempt_cents, year.counts_cents) == (exempt, 5_000 - exempt)


def test_the_birthday_halves_a_month_and_only_the_later_part_uses_the_limit():
    payments = [Payment(date(2026, 6, 9), 20_000), Payment(date(2026, 6, 10), 21_000)]
    (year,) = check(payments, date(1999, 6, 10))
    assert (year.counts_wholly_cents, year.exempt_cents, year.counts_cents) == (
        20_000,
        21_000,
        20_000,
    )
    assert year.codes == ("under_age",)


@pytest.mark.parametrize(
    ("cents", "hours", "codes", "counts"),
    [
        (5_500, "10", ["within"], 0),
        (5_501, "10", ["over_hour"], 5_501),
        (275, "0.5", ["within"], 0),
        (276, "0.5", ["over_hour"], 276),
        (100, "0", ["over_hour"], 100),
        (5_501, None, ["hours_unknown"], 0),
    ],
)
def test_above_the_amount_for_an_hour_the_whole_payment_counts(cents, hours, codes, counts):
    payment = Payment(date(2026, 3, 1), cents, None if hours is None else Decimal(hours))
    (year,) = check([payment], BORN, hour_limit=CHOSEN)
    assert [code.value for code in year.codes] == codes
    assert year.counts_cents == counts
    (without,) = check([payment], BORN)
    assert without.counts_cents == 0


def test_a_day_without_a_known_limit_gives_no_guess():
    with pytest.raises(NoValueError, match="not established on 2014"):
        check(paid(2014, m1=1), BORN)


def test_no_amount_for_an_hour_holds_until_a_municipality_chooses_one():
    assert shipped_hour_limit() is None
    much = Payment(date(2023, 12, 31), 9_999, Decimal(1))
    (year,) = check([much], BORN, hour_limit=CHOSEN)
    assert year.codes == ("within",)


def test_an_amount_below_zero_is_refused():
    with pytest.raises(ValueError, match="below 0; correct it"):
        check(paid(2026, m1=-1), BORN)
    with pytest.raises(ValueError, match="below 0; correct it"):
        check([Payment(date(2026, 1, 1), 1, Decimal(-1))], BORN)
    assert check([], BORN) == ()


PAYMENTS = st.lists(
    st.builds(
        Payment,
        st.dates(date(2024, 1, 1), date(2027, 12, 31)),
        st.integers(0, 60_000),
        st.none() | st.decimals(0, 60, places=1),
    ),
    max_size=40,
)
BIRTHS = st.none() | st.dates(date(1950, 1, 1), date(2005, 1, 1))


@given(PAYMENTS, BIRTHS, st.booleans(), st.randoms())
def test_no_cent_is_lost_no_limit_passed_and_the_order_does_not_matter(
    payments, born, by_hour, random
):
    limit = CHOSEN if by_hour else None
    years = check(payments, born, hour_limit=limit)
    assert sum(year.paid_cents for year in years) == sum(one.cents for one in payments)
    for year in years:
        assert year.exempt_cents + year.counts_cents == year.paid_cents
        assert 0 <= year.exempt_cents <= min(210_000, 21_000 * len(year.months))
        assert year.counts_cents >= max(
            year.counts_wholly_cents + year.over_cents, sum(m.over_cents for m in year.months)
        )
        assert sum(month.paid_cents for month in year.months) == year.paid_cents
    shuffled = list(payments)
    random.shuffle(shuffled)
    assert check(shuffled, born, hour_limit=limit) == years


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("valid_to = 2019-01-01", "valid_to = 2018-01-01", "no line holds on 2018-01-01"),
        ("valid_to = 2019-01-01", "valid_to = 2020-01-01", "two lines hold on 2019-01-01"),
        ("2019-01-01", "2019-07-01", "a line begins on 2019-07-01; begin it on 1 January"),
        ("value = 21000\n", "value = 210.5\n", "write whole cents"),
        ("value = 27", "value = 0", "write a whole number from 1 to 100"),
        ('name = "from_age"', 'name = "age"', "from_age: there is no line; add one"),
    ],
)
def test_a_mistake_in_the_file_is_named(old, new, said):
    assert old in SHIPPED
    with pytest.raises(DatedTableError) as caught:
        read_allowance(SHIPPED.replace(old, new))
    assert any(said in sentence for sentence in caught.value.problems)


def test_a_mistake_in_the_amount_for_an_hour_is_named():
    with pytest.raises(DatedTableError, match=r"value is 5\.5; write whole cents"):
        read_hour_limit(CHOICE.replace("value = 550", "value = 5.5"))
