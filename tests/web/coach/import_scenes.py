"""A small messy file, as a municipality would send it, and sending it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from meedoen.records.caseloads.queries import FileCard, files
from meedoen.records.people.queries import CaseloadFilter, caseload
from tests.town import Town
from tests.work import work_off

INLEZEN = reverse("coach:imports")
HEADINGS = "BSN;Voornaam;Achternaam;Geb.datum;Wijk;Ingangsdatum;Klantmanager"
MESSY = "\r\n".join(
    [
        HEADINGS,
        "999990032;Nieuw;Verzonnen;01-02-1990;Noord;01-03-2024;Bram Testema",
        "999990044;Fout;Datumstra;31-02-1980;Noord;01-03-2024;Bram Testema",
        "999990056;Roosje;Nepstra;04-05-1980;Noord;01-03-2024;Bram Testema",
        "111222333;Roos;Nepstra;04-05-1980;Noord;01-01-2015;Anna Testema",
        "999990019;Sam;Nepstra;04-05-1980;Zuid;01-01-2015;Anna Testema",
        "",
    ]
)


def mapped(**changes: Any) -> dict[str, Any]:
    """Return the form with the columns as a browser sends it."""
    return {
        "step": "map",
        "column_bsn": "BSN",
        "column_given_name": "Voornaam",
        "column_family_name": "Achternaam",
        "column_birth_date": "Geb.datum",
        "column_district": "Wijk",
        "column_benefit_start": "Ingangsdatum",
        "column_coach": "Klantmanager",
        "reference_date": "2026-03-02",
        "is_complete": "no",
        "default_coach": "",
        **changes,
    }


def send(client: Client, text: str = MESSY, name: str = "caseload.csv") -> Any:
    """Send a file and return the answer."""
    content = SimpleUploadedFile(name, text.encode("cp1252"))
    return client.post(INLEZEN, {"content": content})


def sent(client: Client, text: str = MESSY) -> str:
    """Send a file and return the address of its page."""
    answer = send(client, text)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def previewed(client: Client, text: str = MESSY, **changes: Any) -> str:
    """Send a file and have its report made; return the address of its page."""
    address = sent(client, text)
    answer = client.post(address, mapped(**changes))
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return address


def newest(town: Town) -> FileCard:
    """Return the file that the team lead sent last."""
    return files(town.lea)[0]


def names(town: Town) -> set[str]:
    """Return the names of everyone the team lead may see."""
    return {card.name for card in caseload(town.lea, wanted=CaseloadFilter(), size=500).cards}
