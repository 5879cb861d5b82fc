"""Organisations that ask each other, made through actions."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from meedoen.records.organisations import clock
from meedoen.records.referrals.answers import accept
from tests.records.referrals.scenes import asks_of, moestuin, question, sent
from tests.town import Town

AUTUMN_2024 = datetime(2024, 9, 2, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def answered(town: Town, *, in_time: int, late: int) -> None:
    """Let De Werkplaats ask De Moestuin; so many are answered the next day, so many too late."""
    with clock.at(AUTUMN_2024):
        keys = [sent(town.otto, question([moestuin(town)])) for _ in range(in_time + late)]
    asks = [ask.key for key in keys for ask in asks_of(town, key)]
    for later, theirs in ((1, asks[:in_time]), (40, asks[in_time:])):
        with clock.at(AUTUMN_2024 + timedelta(days=later)):
            for key in theirs:
                accept(town.petra, key=key)
