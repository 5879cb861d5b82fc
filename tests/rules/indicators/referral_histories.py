"""Steps of referrals for Hypothesis: few parties, near days, every kind of step in any order."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from meedoen.rules.indicators.language import (
    DaysToAnswer,
    PartnersNotConnected,
    ReferralPairs,
    ReferralReciprocity,
    ReferralsAnswered,
    ReferralsWithFeedback,
)
from meedoen.rules.indicators.people_words import Filters
from meedoen.rules.indicators.referral_statements import DirectoryStatement, ReferralStatement
from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, Theme

days = st.dates(date(2024, 1, 1), date(2025, 3, 31))
moments = st.integers(0, 500).map(
    lambda later: datetime(2024, 1, 1, 12, tzinfo=UTC) + timedelta(days=later)
)
parties = st.integers(-1, 4)


@st.composite
def steps(draw, most=24):
    asks = draw(
        st.lists(
            st.tuples(st.integers(1, 4), parties, st.integers(0, 4), st.integers(0, 2)),
            min_size=1,
            max_size=6,
        )
    )
    found = []
    for number in range(1, draw(st.integers(0, most)) + 1):
        ask = draw(st.integers(0, len(asks)))
        referral, sender, receiver, district = asks[ask - 1]
        event = draw(st.one_of(st.just(ReferralEvent.SENT), st.sampled_from(list(ReferralEvent))))
        on = draw(days)
        due = draw(st.one_of(st.none(), st.integers(0, 40).map(lambda n, on=on: on + timedelta(n))))
        found.append(
            ReferralStatement(
                id=number * 2,
                referral=referral,
                ask=ask,
                event=event,
                on=on,
                recorded_at=draw(moments),
                sender=sender,
                receiver=receiver,
                # The theme belongs to a referral: every ask of it has the same.
                theme=[Theme.LANGUAGE, Theme.DEBT][referral % 2],
                district=district,
                due_on=due,
                reason=draw(st.sampled_from(DeclineReason))
                if event is ReferralEvent.DECLINED
                else "",
            )
        )
    return found


@st.composite
def directories(draw):
    return [
        DirectoryStatement(
            organisation=draw(st.integers(1, 5)),
            joins_on=draw(st.one_of(st.just(date.min), days)),
            leaves_on=draw(st.one_of(st.none(), days)),
            recorded_at=draw(moments),
        )
        for _ in range(draw(st.integers(0, 7)))
    ]


@st.composite
def situations(draw):
    """Draw steps, a directory, a reference date and a moment of knowing, often on an edge."""
    found = draw(steps())
    edges = [day for one in found for day in (one.on, one.due_on) if day]
    recorded = [one.recorded_at for one in found]
    on = draw(st.one_of(days, st.sampled_from(edges)) if edges else days)
    known_at = draw(
        st.one_of(st.none(), moments, *([st.sampled_from(recorded)] if recorded else []))
    )
    return found, draw(directories()), on, known_at


some_themes = st.sampled_from([(), (Theme.LANGUAGE,), (Theme.LANGUAGE, Theme.DEBT)])
months = st.integers(1, 14)
asked = st.builds(
    Filters,
    districts=st.sampled_from([(), (), (1,), (1, 2)]),
    organisations=st.sampled_from([(), (), (2,), (1, 3)]),
)
between_parties = st.one_of(
    st.builds(ReferralPairs, months, some_themes, st.booleans(), asked),
    st.builds(ReferralReciprocity, months, some_themes, st.booleans(), asked),
)
of_asks = st.one_of(
    st.builds(ReferralsAnswered, months, some_themes, asked),
    st.builds(ReferralsWithFeedback, months, some_themes, asked),
    st.builds(DaysToAnswer, months, some_themes, asked),
)
words = st.one_of(between_parties, of_asks, st.builds(PartnersNotConnected, months, some_themes))
