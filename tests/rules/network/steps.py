"""Little stories of referrals for the tests of the network."""

from datetime import UTC, date, datetime, timedelta

from meedoen.rules.indicators.referral_columns import KnownReferrals, Referrals
from meedoen.rules.indicators.referral_statements import ReferralStatement
from meedoen.rules.vocabulary import DeclineReason, ReferralEvent, Theme

START, END = date(2025, 1, 1), date(2025, 12, 31)
SENT = date(2025, 3, 1)


class Story:
    """Collects steps; every ask is a referral of its own, unless one is named."""

    def __init__(self):
        self.steps = []

    def ask(self, sender, receiver, *, times=1, on=SENT, theme=Theme.LANGUAGE, district=1, **more):
        """Send a referral so many times; return the numbers of the asks."""
        asks = []
        for _ in range(times):
            number = len(self.steps) + 1
            asks.append(number)
            given = {"referral": number, "due_on": on + timedelta(days=14)}
            self.steps.append(
                ReferralStatement(
                    id=number,
                    ask=number,
                    event=ReferralEvent.SENT,
                    on=on,
                    recorded_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
                    sender=sender,
                    receiver=receiver,
                    theme=theme,
                    district=district,
                    **(given | more),
                )
            )
        return asks

    def then(self, asks, event, *, days=5, reason="", whole=False, due=None):
        """Let something happen to asks some days after they were sent."""
        for ask in asks:
            sent = next(one for one in self.steps if one.ask == ask)
            on = sent.on + timedelta(days=days)
            self.steps.append(
                ReferralStatement(
                    id=len(self.steps) + 1,
                    referral=sent.referral,
                    ask=0 if whole else ask,
                    event=ReferralEvent(event),
                    on=on,
                    recorded_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
                    due_on=None if due is None else on + timedelta(days=due),
                    reason=DeclineReason(reason) if reason else "",
                )
            )
        return asks

    @property
    def known(self) -> KnownReferrals:
        return Referrals.from_statements(self.steps).known_at(None)
