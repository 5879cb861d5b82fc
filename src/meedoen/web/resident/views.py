"""My path: what a resident finds about themselves, and who looked at it."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from meedoen.records.conversations.note_queries import notes_of
from meedoen.records.conversations.queries import wishes_of
from meedoen.records.following.queries import own_following
from meedoen.records.ladder.queries import MeasurementCard
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission, Role, Viewer
from meedoen.records.participation_jobs.queries import clocks_of
from meedoen.records.people.queries import ReadingCard, ResidentCard, own_file, who_looked_at_me
from meedoen.records.placements.queries import PlacementCard
from meedoen.records.places.found_queries import OwnFoundCard, found_places_of
from meedoen.records.proposals.refusal_queries import refusals_of
from meedoen.records.proposals.wish_queries import place_wishes_of
from meedoen.records.sharing.queries import sharing_of
from meedoen.records.trainings.queries import trainings_of
from meedoen.rules.placement_states import NOT_OVER
from meedoen.web.resident.allowance_part import received
from meedoen.web.resident.referral_pages import own_referrals
from meedoen.web.shared.clock_strip import resident_sentence, strip_of
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.following_words import own_lines
from meedoen.web.shared.found_words import (
    FOUND_SENTENCES_FOR_RESIDENT,
    FOUND_STATUS_KINDS,
    FOUND_STATUSES,
)
from meedoen.web.shared.happened import happened_to
from meedoen.web.shared.match_words import refusal_lines
from meedoen.web.shared.note_lines import note_lines
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.path_picture import path_picture
from meedoen.web.shared.roles import ROLE_NAMES
from meedoen.web.shared.sharing_lines import sharing_lines
from meedoen.web.shared.story import growth_text, story
from meedoen.web.shared.training_words import training_lines
from meedoen.web.shared.whole_way import whole_way
from meedoen.web.shared.wishes import wish_facts
from meedoen.web.shared.words import (
    PLACE_KINDS,
    PLACEMENT_STATE_KINDS,
    PLACEMENT_STATES,
    RUNG_SENTENCES_FOR_RESIDENT,
    RUNGS,
    listed,
    mid_sentence,
    page_read,
)


@page(Permission.SEE_OWN_PATH, methods=("GET", "HEAD"))
def path(request: ViewerRequest) -> HttpResponse:
    """Show the viewer's own path, and say so when no file is tied to the account."""
    person = own_file(request.viewer)
    if person is None:
        return render(request, "resident/no_file.html")
    viewer, pseudonym_id = request.viewer, person.pseudonym_id
    wishes = wishes_of(viewer, pseudonym_id=pseudonym_id)
    happened = happened_to(viewer, pseudonym_id=pseudonym_id)
    measurements = [card for card in happened.measurements if not card.corrected]
    context = {
        "person": person,
        "facts": _facts(person),
        "wishes": wish_facts(wishes) if wishes else [],
        "wishes_on": wishes.held_on if wishes else None,
        "rung": _rung(measurements),
        "ladder": _ladder(measurements),
        "growth": growth_text(measurements),
        "placements": [_placement(card) for card in happened.placements if card.state in NOT_OVER],
        "earlier": [_placement(card) for card in happened.placements if card.state not in NOT_OVER],
        "following": own_lines(own_following(viewer, pseudonym_id=pseudonym_id), clock.today()),
        "found": [_found(card) for card in found_places_of(viewer, pseudonym_id=pseudonym_id)],
        "items": story(happened, for_resident=True),
        "picture": path_picture(
            measurements=measurements,
            domains=[card for card in happened.domains if not card.corrected],
            conversations=happened.conversations,
            placements=happened.placements,
            for_resident=True,
        ),
        "received": received(viewer, pseudonym_id=pseudonym_id),
        "trainings": training_lines(trainings_of(viewer, pseudonym_id=pseudonym_id)),
        "way": whole_way(happened.placements),
        "shared": sharing_lines(sharing_of(viewer, pseudonym_id=pseudonym_id)),
        "referrals": own_referrals(viewer, pseudonym_id=pseudonym_id),
        "notes": note_lines(notes_of(viewer, pseudonym_id=pseudonym_id)),
        "readings": _readings(who_looked_at_me(viewer)),
        "wishes_picked": place_wishes_of(viewer, pseudonym_id=pseudonym_id).wishes,
        "refusals": refusal_lines(refusals_of(viewer, pseudonym_id=pseudonym_id)),
    }
    context |= _clock(viewer, pseudonym_id)
    return render(request, "resident/path.html", context)


def _clock(viewer: Viewer, pseudonym_id: int) -> dict[str, object]:
    """Return the dates of the law about oneself; nothing when the work is over, or never began."""
    card = clocks_of(viewer, pseudonym_ids=[pseudonym_id]).get(pseudonym_id)
    if card is None or (card.ends is None and not card.problems):
        return {}
    return {
        "clock": strip_of(card, for_resident=True),
        "clock_sentence": resident_sentence(card),
    }


def _facts(person: ResidentCard) -> list[tuple[str, str]]:
    return [
        (_("Uw naam"), person.name),
        (_("Geboren op"), day_text(person.birth_date)),
        (_("Burgerservice\u00adnummer"), person.masked_bsn),
        (_("Telefoon"), person.phone),
        (_("Wijk"), person.district),
        (_("Uw coach"), person.coach),
    ]


def _rung(measurements: Sequence[MeasurementCard]) -> dict[str, object] | None:
    """Return the last rung in words; None when nothing was measured."""
    if not measurements:
        return None
    last = measurements[0]
    return {
        "number": last.set_rung.value,
        "name": RUNGS[last.set_rung],
        "sentence": RUNG_SENTENCES_FOR_RESIDENT[last.set_rung],
        "day": last.measured_on,
    }


def _ladder(measurements: Sequence[MeasurementCard]) -> list[dict[str, object]]:
    """Return the six rungs, lowest first, saying on which one the viewer stands."""
    here = measurements[0].set_rung if measurements else None
    return [
        {"number": rung.value, "name": name, "here": rung == here} for rung, name in RUNGS.items()
    ]


def _readings(cards: Sequence[ReadingCard]) -> list[dict[str, object]]:
    """Return one line for each day and reader, with all that was opened that day, newest first."""
    opened: dict[tuple[date, str, Role], list[str]] = {}
    for card in cards:
        pages = opened.setdefault((timezone.localdate(card.when), card.reader, card.role), [])
        if card.page not in pages:
            pages.append(card.page)
    return [
        {
            "day": day,
            "reader": reader,
            "role": ROLE_NAMES[role],
            "pages": listed(mid_sentence(page_read(code)) for code in reversed(pages)),
        }
        for (day, reader, role), pages in opened.items()
    ]


def _placement(card: PlacementCard) -> dict[str, object]:
    return {
        "title": card.title,
        "organisation": card.organisation,
        "kind": PLACE_KINDS[card.kind],
        "state": PLACEMENT_STATES[card.state],
        "state_kind": PLACEMENT_STATE_KINDS[card.state],
        "said": card.resident_said,
    }


def _found(card: OwnFoundCard) -> dict[str, object]:
    return {
        "card": card,
        "status": FOUND_STATUSES[card.status],
        "status_kind": FOUND_STATUS_KINDS[card.status],
        "sentence": FOUND_SENTENCES_FOR_RESIDENT[card.status],
    }
