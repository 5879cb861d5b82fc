"""The agreement of a placement: what it says, for whom it is, and as an accessible PDF."""

from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from meedoen.records.directory.models import Contact
from meedoen.records.history.models import Reading
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.actions import set_planned_end
from meedoen.records.placements.found_actions import place_found
from meedoen.records.placements.models import Placement
from meedoen.records.places.models import Place
from meedoen.rules.vocabulary import ContactRole
from meedoen.web.shared import pdf
from tests.records.places.finds import DISPLACES, HANDED_IN, checked, handed_in
from tests.town import LONG_AGO, Town
from tests.web.coach.scenes import NOBODY, address, bare, on, proposed, readable, started
from tests.web.shared.test_pdf import elements, names_of, spoken, tags

LATER = date(2026, 9, 5)


def contact(name: str, role: ContactRole) -> Contact:
    organisation = Organisation.objects.get(name="De Moestuin")
    return Contact.objects.create(
        municipality_id=organisation.municipality_id,
        organisation=organisation,
        role=role,
        name=name,
        phone="050 1234567",
        starts_on=LONG_AGO,
    )


def printed(client: Any, key: object, day: date = LATER) -> str:
    with on(day):
        return readable(client.get(address("agreement_print", key)))


def test_the_agreement_says_who_what_when_and_on_which_ground(town: Town, sign_in) -> None:
    owner = contact("Petra Verzonnen", ContactRole.COORDINATOR)
    contact("Gijs Verzonnen", ContactRole.GUIDANCE)
    Place.objects.filter(pk=town.garden).update(
        owner_id=owner.pk, hours_per_week=8, description="Wieden en oogsten."
    )
    key = started(town)
    with on(LATER):
        set_planned_end(town.anna, key=key, on=date(2026, 12, 31))
    checked(town, Place.objects.get(pk=town.garden).key)
    text = printed(sign_in(town.anna), key)
    for words in (
        "Roos Nepstra",
        "De Moestuin",
        "Testveld",
        "Wieden en oogsten.",
        "8 uur per week",
        "9 maart 2026",
        "31 december 2026",
        "Participatiewet, artikel 10a",
        "Onbetaald werk dat extra is",
        "De gemeente verzekert de inwoner",
        "Petra Verzonnen",
        "Gijs Verzonnen",
        "050 1234567",
        "anna@example.org",
        "Piet Verzonnen, bestuurder",
        "behalve als de inwoner dat vooraf schriftelijk goedvindt",
        "Handtekening organisatie",
    ):
        assert words in text
    assert "Let op" not in text
    for secret in ("111222333", "04-05-1980", "1980"):
        assert secret not in text


def test_without_a_last_day_it_says_when_to_look_again(town: Town, sign_in) -> None:
    key = started(town)
    for day, looked in (
        (date(2026, 3, 9), "op 9 september 2026 kijken wij samen"),
        (date(2026, 9, 9), "op 9 september 2026 kijken wij samen"),
        (date(2026, 9, 10), "op 9 maart 2027 kijken wij samen"),
    ):
        assert looked in printed(sign_in(town.anna), key, day)
    with on(HANDED_IN):
        key = place_found(town.anna, place_key=handed_in(town))
    assert "op 1 september 2027 kijken" not in printed(sign_in(town.anna), key)
    assert "na 12 maanden kijken wij samen" in printed(sign_in(town.anna), key)


def test_what_is_missing_is_said_on_the_screen(town: Town, sign_in) -> None:
    checked(town, Place.objects.get(pk=town.garden).key, DISPLACES)
    text = printed(sign_in(town.anna), proposed(town))
    assert "ontbreekt bij de organisatie nog: coördinator en begeleider" in text
    assert "geen toets op verdringing die telt" in text
    assert "in overleg" in text


def test_a_place_under_another_law_names_that_law(town: Town, sign_in) -> None:
    Place.objects.filter(pk=town.garden).update(legal_task="integration", photo_free=False)
    text = printed(sign_in(town.anna), started(town))
    assert "artikel 10a" not in text.split("Verzekering")[0].split("Waarom wij")[1]
    assert "inburgering" in text
    assert "soms foto's gemaakt" in text


def test_opening_it_is_noted(town: Town, sign_in) -> None:
    key = started(town)
    client = sign_in(town.bram)
    printed(client, key)
    with on(LATER):
        client.get(address("agreement_pdf", key))
    read = Reading.objects.visible_to(town.priya).order_by("pk")
    assert list(read.values_list("page", flat=True)) == ["agreement", "agreement_pdf"]


@pytest.mark.parametrize("member", ["carla", "vera", "petra", "roos"])
@pytest.mark.parametrize("page", ["agreement_print", "agreement_pdf"])
def test_strangers_the_partner_and_the_resident_meet_no_page(
    town: Town, sign_in, page, member
) -> None:
    key, client = started(town), sign_in(getattr(town, member))
    hidden, absent = client.get(address(page, key)), client.get(address(page, NOBODY))
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert bare(hidden, key) == bare(absent, NOBODY)


def test_it_is_only_read(town: Town, sign_in) -> None:
    key = started(town)
    for page in ("agreement_print", "agreement_pdf"):
        assert sign_in(town.anna).post(address(page, key)).status_code == 405


def test_the_pdf_is_tagged_for_who_reads_with_the_ears(town: Town, sign_in) -> None:
    contact("Petra Verzonnen", ContactRole.COORDINATOR)
    key = started(town)
    with on(LATER):
        answer = sign_in(town.anna).get(address("agreement_pdf", key))
    assert answer["Content-Disposition"] == 'attachment; filename="overeenkomst.pdf"'
    with pikepdf.open(BytesIO(answer.content)) as document:
        assert str(document.Root.Lang) == "nl"
        assert bool(document.Root.MarkInfo.Marked)
        about = document.open_metadata()
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Overeenkomst"
        found = tags(document)
        cells = list(elements(document.Root.StructTreeRoot))
        heads = {str(one.ID) for one in cells if one.S == "/TH"}
        named = [names_of(one) for one in cells if one.S == "/TD"]
    for tag in ("/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/TD"):
        assert tag in found
    # A contact and the coach, each with a name and how to reach them.
    assert len(named) == 2 * 2
    assert all(len(names) == 2 and names <= heads for names in named)
    text = spoken(answer.content)
    for words in ("Roos Nepstra", "De Moestuin", "Verzekering", "Handtekening inwoner"):
        assert "".join(words.split()) in text
    assert "Terugnaardeplaatsing" not in text


def test_without_pango_the_page_for_printing_is_offered(town: Town, sign_in, monkeypatch) -> None:
    def lacks(*_given: Any, **_more: Any) -> bytes:
        raise pdf.PdfUnavailableError("no Pango")

    monkeypatch.setattr("meedoen.web.shared.agreement_paper.as_pdf", lacks)
    key = started(town)
    answer = sign_in(town.anna).get(address("agreement_pdf", key))
    assert answer.status_code == 503
    assert address("agreement_print", key) in answer.content.decode()


def test_the_page_of_a_placement_leads_to_its_agreement(town: Town, sign_in) -> None:
    key = started(town)
    html = sign_in(town.anna).get(address("placement", key)).content.decode()
    assert address("agreement_print", key) in html
    assert Placement.objects.visible_to(town.anna).count() == 1
