"""The monthly mail to who keeps places up to date: a link for each place that is to be asked."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from meedoen.records.jobs.work import job
from meedoen.records.links.actions import NewLink
from meedoen.records.links.mailing_actions import MailingKey
from meedoen.records.organisations import clock
from meedoen.records.organisations.queries import municipality_codes, system_viewer
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.freshness_queries import PlaceToAsk, places_to_ask
from meedoen.records.places.owners import Asked
from meedoen.rules.vocabulary import LinkPurpose
from meedoen.web.shared.mails import ATTEMPTS, Letter, send_letter

DAYS_TO_ANSWER = 35
"""Until the mail of the next month is there."""
MOST_PLACES = 200
"""In one mail; who keeps more of them finds the rest in the next one."""


def put_the_month_in_queue() -> None:
    """Put the mail of this month in the queue, for each address apart."""
    month = clock.today().replace(day=1)
    for code in municipality_codes():
        system = system_viewer(code)
        for contact_ids in _contacts_by_address(places_to_ask(system)):
            send_freshness.enqueue(system.municipality_id, contact_ids, month.isoformat())


@job(attempts=ATTEMPTS)
def send_freshness(municipality_id: int, contact_ids: list[int], month: str) -> None:
    """Ask one address about its places, once in the month that begins on this day (YYYY-MM-DD).

    Raises MailNotSentError.
    """
    system = Viewer.system(municipality_id)
    places = places_to_ask(system, contact_ids=contact_ids)[:MOST_PLACES]
    recipients = {one.asked.email.lower() for one in places if one.asked and one.asked.email}
    # One, unless an address was changed between the clock and the mail.
    for recipient in sorted(recipients):
        theirs = [one for one in places if one.asked and one.asked.email.lower() == recipient]
        mailing = MailingKey(about="freshness", recipient=recipient, day=date.fromisoformat(month))
        send_letter(system, letter_about(mailing, theirs))


def letter_about(mailing: MailingKey, places: Sequence[PlaceToAsk]) -> Letter:
    """Return the mail that asks an address about places."""
    return Letter(
        mailing=mailing,
        subject=_("Meedoen: kloppen uw plekken nog?"),
        template="partner/mail/freshness",
        links=[_link(place, place.asked) for place in places if place.asked],
        about_links=[place.title for place in places if place.asked],
        context={
            "organisations": sorted({place.organisation for place in places}),
            "days": DAYS_TO_ANSWER,
        },
    )


def _link(place: PlaceToAsk, asked: Asked) -> NewLink:
    return NewLink(
        purpose=LinkPurpose.CONFIRM_PLACE,
        subject_id=place.place_id,
        organisation_id=place.organisation_id,
        owner_id=asked.contact_id,
        recipient=asked.email,
        expires_at=clock.now() + timedelta(days=DAYS_TO_ANSWER),
    )


def _contacts_by_address(places: Sequence[PlaceToAsk]) -> list[list[int]]:
    """Return the contacts who are asked, those with the same address together."""
    found: dict[str, set[int]] = {}
    for place in places:
        if place.asked and place.asked.email:
            found.setdefault(place.asked.email.lower(), set()).add(place.asked.contact_id)
    return sorted(sorted(ids) for ids in found.values())
