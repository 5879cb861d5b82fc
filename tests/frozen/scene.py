"""What a small town with fixed days puts out: pages, files and reports, byte for byte."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import time_machine
from django.test import Client
from django.urls import reverse

from meedoen.records.budget.queries import published_page
from meedoen.records.documents.actions import offer
from meedoen.records.figures.actions import measure
from meedoen.records.organisations.models import Account
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.rules.budget.own_page import page_text
from meedoen.rules.documents.words import DocumentKind, Question
from meedoen.rules.indicators.shipped import shipped_catalogue
from meedoen.rules.open_data.json_stat import json_stat
from meedoen.rules.open_data.table import COLUMNS, lines
from meedoen.web.public.own_table import occasion_of
from meedoen.web.public.page_data import dataset_of
from meedoen.web.public.page_text import own_page
from meedoen.web.shared.counting import how_counted
from meedoen.web.shared.exporting import WAYS
from tests.records.documents.scenes import (
    QUOTING,
    adopted,
    begun,
    card_of,
    offered,
    second_controller,
    write,
)
from tests.records.figures.scenes import NEXT_YEAR_END, YEAR_END, key_of
from tests.town import Town, build_town

ADOPTED_AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
LEARNED_AT = datetime(2026, 5, 11, 10, tzinfo=UTC)
PEOPLE, NEVER_CAME = 36, 14
JOBS = "participation_jobs"
TEXTS = {
    Question.WANT: QUOTING,
    Question.DO: "Wij gingen door.",
    Question.COST: "Dat kostte geld.",
}


def outputs() -> Mapping[str, bytes]:
    """Build the town, let it publish and learn, and return what it puts out by name of the file.

    Numbers of rows in the database are in none of it, for those are not the same everywhere.
    """
    with time_machine.travel(ADOPTED_AT, tick=False):
        town = build_town()
        cas = second_controller(town)
        first = offered(town, people=PEOPLE)
        measure(town.connie, on=NEXT_YEAR_END)
        [publication] = adopted(cas, first)
        page = published_page(publication)
        assert page is not None
        page = replace(page, publication_id=1)
    dataset = dataset_of(page, occasion_of(page))
    headings = [column.name for column in COLUMNS]
    cube = json_stat(dataset, source="https://meedoen.example/begroting/pagina/1/")
    with time_machine.travel(LEARNED_AT, tick=False):
        report = _differences(town, first, _account_after_learning(town, cas))
    return {
        "page.csv": bytes(WAYS["csv"]("page", headings, lines(dataset)).content),
        "page.json": (json.dumps(cube, ensure_ascii=False, indent=1) + "\n").encode(),
        "page.txt": page_text(own_page(page)).encode(),
        "differences.csv": report,
        "explanation.txt": _explanation(page.known_at),
    }


def _account_after_learning(town: Town, cas: Viewer) -> UUID:
    """Let an account say of the same day what is known once some people turn out never to come."""
    rows = Placement.objects.visible_to(town.system).order_by("pk")
    for placement_id in rows.values_list("pk", flat=True)[:NEVER_CAME]:
        take_back_start(town.anna, key=key_of(town, placement_id))
    measure(town.connie, on=YEAR_END)
    key = begun(town, kind=DocumentKind.ACCOUNT)
    for question, text in TEXTS.items():
        write(town.connie, key, question, text)
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    adopted(cas, key)
    return key


def _differences(town: Town, first: UUID, second: UUID) -> bytes:
    client = Client()
    client.force_login(Account.objects.get(pk=town.connie.account_id))
    asked = {"eerste": first, "tweede": second, "soort": "csv"}
    return client.get(reverse("policy:differences_export"), asked).content


def _explanation(known_at: datetime) -> bytes:
    definition = shipped_catalogue()[JOBS]
    sentences = how_counted(
        definition,
        version=definition.version_on(YEAR_END).valid_from,
        on=YEAR_END,
        known_at=known_at,
    )
    return "".join(f"{one}\n" for one in sentences).encode()
