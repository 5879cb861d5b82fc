"""The ways by which one move can be made, and looking at all that stands in the database."""

import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse

from meedoen.records.links.actions import make_link
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.actions import confirm_one, move_one
from meedoen.records.placements.bulk_actions import SameMove, confirm_many, move_many
from meedoen.records.placements.models import Placement
from meedoen.records.waiting.actions import promote_one
from meedoen.rules.vocabulary import ContactRole, LinkPurpose, MoveReason, Outcome, PlacementState
from meedoen.web.coach.forms.placement_move import Why
from tests.asked import NELL, new_contact
from tests.town import Town

BECAUSE = "Deze plek past bij de reis."
NOT_COMPARED = {"history_reading", "django_session", "shared_cache"}
"""That a page was opened is kept, and who is signed in; neither is about a placement."""
COMPARED_WHEN = {
    "links_link": "answered_at IS NOT NULL OR revoked_at IS NOT NULL",
    "links_linkevent": "kind = 'answered'",
}
"""So is that a link was sent and opened; what was done with it counts."""


@dataclass(frozen=True)
class Asked:
    """A move that is asked; of an end `on` is the last day."""

    to: PlacementState
    on: date
    outcome: Outcome | None = None
    reason: MoveReason | None = None


@dataclass(frozen=True)
class Path:
    """A way to make moves, with whom it is made on; `attempt` says whether it was accepted."""

    keys: Sequence[uuid.UUID]
    attempt: Callable[[Sequence[uuid.UUID], Asked], bool]


def every_row() -> Mapping[str, Sequence[Any]]:
    """Return every row of every table, but for those that tell who looked."""
    with connection.cursor() as cursor:
        tables = sorted(set(connection.introspection.table_names(cursor)) - NOT_COMPARED)
        found = {}
        for table in tables:
            when = COMPARED_WHEN.get(table, "1 = 1")
            cursor.execute(f'SELECT * FROM "{table}" WHERE {when}')  # noqa: S608 - all our own
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def signed_in(member: Viewer) -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get(pk=member.account_id))
    return client


def tried(act: Callable[[], object]) -> bool:
    """Say whether an action was accepted."""
    try:
        act()
    except (ActionRefusedError, PermissionDenied):
        return False
    return True


def post_json(client: Client, address: str, body: Any) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def body_of(asked: Asked) -> dict[str, str]:
    """Return a move as software sends it."""
    body = {"naar": asked.to.value, "op": asked.on.isoformat()}
    if asked.outcome:
        body["uitkomst"] = asked.outcome.value
    if asked.reason:
        body["reden"] = asked.reason.value
    return body


# --- what a coach does ---------------------------------------------------------------------------


def coach_alone(town: Town) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        [key] = keys
        if asked.to is PlacementState.PROPOSED:
            return tried(lambda: promote_one(town.anna, key=key, reason=BECAUSE))
        return tried(
            lambda: move_one(
                town.anna,
                key=key,
                to=asked.to,
                on=asked.on,
                outcome=asked.outcome,
                reason=asked.reason,
            )
        )

    return attempt


def coach_of_many(town: Town) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        if asked.to is PlacementState.PROPOSED:
            # From the list a seat is given one by one.
            return all(coach_alone(town)([key], asked) for key in keys)
        same = SameMove(to=asked.to, on=asked.on, outcome=asked.outcome, reason=asked.reason)
        return tried(lambda: move_many(town.anna, keys=keys, same=same))

    return attempt


def coach_by_page(client: Client) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        [key] = keys
        if asked.to is PlacementState.PROPOSED:
            address = reverse("coach:waiting_promote", args=[key])
            return was_made(client.post(address, {"reason": BECAUSE}))
        address = reverse("coach:placement_move", args=[key, asked.to.value])
        why = Why(asked.outcome, asked.reason).code
        sent = {"on": asked.on.isoformat(), **({"why": why} if why else {})}
        return was_made(client.post(address, sent))

    return attempt


def coach_by_page_of_many(client: Client) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        if asked.to is PlacementState.PROPOSED:
            return all(coach_by_page(client)([key], asked) for key in keys)
        why = Why(asked.outcome, asked.reason).code
        sent = {"kies": [str(key) for key in keys], "naar": asked.to.value}
        sent |= {"on": asked.on.isoformat(), **({"why": why} if why else {})}
        answer = client.post(reverse("coach:placements_together"), sent)
        assert answer.status_code in {200, 302, 422}
        return answer.status_code == 302

    return attempt


# --- what somebody at an organisation does -------------------------------------------------------


def partner_alone(town: Town) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        [key] = keys
        return tried(lambda: confirm_one(town.petra, key=key, to=asked.to, on=asked.on))

    return attempt


def partner_of_many(town: Town) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        return tried(lambda: confirm_many(town.petra, keys=keys, to=asked.to, on=asked.on))

    return attempt


def partner_by_page(client: Client) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        [key] = keys
        address = reverse("partner:start", args=[key])
        return was_made(client.post(address, {"to": asked.to.value, "on": asked.on.isoformat()}))

    return attempt


def partner_by_link(town: Town) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    """Answer by a signed link in a mail, which is asked anew each time."""
    client, owner = Client(), new_contact(town, town.garden, role=ContactRole.COORDINATOR)
    rows = Placement.objects.visible_to(town.system).select_related("place")

    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        [key] = keys
        row = rows.get(key=key)
        token = make_link(
            town.system,
            purpose=LinkPurpose.CONFIRM_START,
            subject_id=row.pk,
            organisation_id=row.place.organisation_id,
            recipient=NELL,
            owner_id=owner,
            expires_at=clock.now() + timedelta(days=1),
        )
        sent = {"to": asked.to.value, "on": asked.on.isoformat()}
        answer = client.post(reverse("answer_start", args=[token]), sent)
        assert answer.status_code in {302, 410, 422}
        return answer.status_code == 302

    return attempt


def was_made(answer: Any) -> bool:
    """Say whether a page did what was asked; it tells so itself, in a message of success."""
    assert answer.status_code in {302, 404, 422}
    if answer.status_code != 302:
        return False
    # Only what was said now: what was said before waits for a page to be shown on.
    told = answer.wsgi_request._messages._queued_messages
    return any(message.level_tag == "success" for message in told)


# --- by software ---------------------------------------------------------------------------------


def by_api(client: Client) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        [key] = keys
        body = body_of(asked)
        if asked.to is PlacementState.PROPOSED:
            body["toelichting"] = BECAUSE
        address = f"/api/v1/plaatsingen/{key}/overgangen"
        answer = post_json(client, address, body)
        assert answer.status_code in {200, 400, 403, 404, 409}, answer.content
        return answer.status_code == 200

    return attempt


def by_api_of_many(client: Client) -> Callable[[Sequence[uuid.UUID], Asked], bool]:
    def attempt(keys: Sequence[uuid.UUID], asked: Asked) -> bool:
        body = body_of(asked) | {"plaatsingen": [str(key) for key in keys]}
        answer = post_json(client, "/api/v1/overgangen", body)
        assert answer.status_code in {200, 400, 403, 409}, answer.content
        if asked.to is PlacementState.PROPOSED and answer.status_code != 403:
            assert answer.status_code in {400, 409}
            return all(by_api(client)([key], asked) for key in keys)
        return answer.status_code == 200

    return attempt
