"""Two controllers and a document between them; on top of the test town."""

from datetime import date
from uuid import UUID

from meedoen.records.documents.actions import adopt, make_document, offer
from meedoen.records.documents.cards import ChapterCard, DocumentCard
from meedoen.records.documents.queries import document
from meedoen.records.documents.writing_actions import set_light, write_text
from meedoen.records.figures.actions import measure
from meedoen.records.organisations.actions import invite
from meedoen.records.organisations.models import Membership
from meedoen.records.organisations.queries import person_for
from meedoen.records.organisations.viewer import Role, Viewer
from meedoen.records.placements.correcting import take_back_start
from meedoen.records.placements.models import Placement
from meedoen.rules.documents.words import Colour, DocumentKind, LightSubject, Question
from tests.records.figures.scenes import YEAR_END, crowd, key_of, take_in, take_part
from tests.standing_town import kept
from tests.town import PASSWORD, Town

QUOTING = "Het waren er {participation_jobs}, en dat is genoeg."


def second_controller(
    town: Town, *, name: str = "Cas Testema", email: str = "cas@example.org"
) -> Viewer:
    """Return Cas, who reads and adopts what Connie writes, or another one."""
    membership_id = invite(
        town.system,
        email=email,
        name=name,
        role=Role.CONTROLLER,
        password=PASSWORD,
    )
    person = person_for(Membership.objects.get(pk=membership_id).account_id)
    assert person is not None
    return person.viewer


def begun(
    town: Town,
    *,
    kind: DocumentKind = DocumentKind.BUDGET,
    year: int = 2025,
    number: int = 0,
    on: date = YEAR_END,
    start_from: UUID | None = None,
) -> UUID:
    """Begin a document about goal 1.1.3 and return its key."""
    return make_document(
        town.connie,
        kind=kind,
        year=year,
        number=number,
        title=f"Document {year}",
        reference_date=on,
        codes=["1.1.3"],
        start_from=start_from,
    )


def card_of(viewer: Viewer, key: UUID) -> DocumentCard:
    """Return a document that is there."""
    card = document(viewer, key=key)
    assert card is not None
    return card


def only_chapter(viewer: Viewer, key: UUID) -> ChapterCard:
    """Return the one chapter of a document."""
    [chapter] = card_of(viewer, key).chapters
    return chapter


def write(viewer: Viewer, key: UUID, question: Question, text: str) -> None:
    """Write a text of the first chapter over whatever stands there."""
    [standing] = [one for one in only_chapter(viewer, key).texts if one.question is question]
    write_text(viewer, key=key, chapter=1, question=question, text=text, seen=standing.text_id)


def take_back(town: Town, count: int) -> None:
    """Let so many people turn out not to have started, and measure again."""
    rows = Placement.objects.visible_to(town.system).order_by("pk")
    for placement_id in rows.values_list("pk", flat=True)[:count]:
        take_back_start(town.anna, key=key_of(town, placement_id))
    measure(town.connie, on=YEAR_END)


@kept
def written(town: Town, *, people: int = 12, **about) -> UUID:
    """Return a document to which nothing is missing, with one figure: so many people."""
    take_in(town, "1_1_3")
    take_part(town, crowd(town, people))
    measure(town.connie, on=about.get("on", YEAR_END))
    key = begun(town, **about)
    write(town.connie, key, Question.WANT, QUOTING)
    write(town.connie, key, Question.DO, "Wij gaan door.")
    write(town.connie, key, Question.COST, "Dat kost geld.")
    for subject in LightSubject:
        if about.get("kind") is DocumentKind.INTERIM:
            set_light(town.connie, key=key, chapter=1, subject=subject, colour=Colour.GREEN)
    return key


@kept
def offered(town: Town, **about) -> UUID:
    """Return a document that Connie offered."""
    key = written(town, **about)
    offer(town.connie, key=key, seen=card_of(town.connie, key).revision)
    return key


def adopted(viewer: Viewer, key: UUID) -> list[int]:
    """Adopt an offered document as it is shown, and return the pages that are public with it."""
    card = card_of(viewer, key)
    return adopt(viewer, key=key, seen=card.revision, figures_seen=card.figures_print)
