"""What one more place would bring, per kind and district: a table and a map of tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.divisions.shortage_queries import ScarceDistrict, ShortageCard, shortage
from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.rules.scarcity import Brings, KindScarcity, ScarceCell
from meedoen.rules.tile_map import tiles
from meedoen.web.policy.views.coverage import KindForm
from meedoen.web.shared.counting import language, marks_in, shown_text
from meedoen.web.shared.division_words import BRINGS_IN_SHORT, brings_text
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import day_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.tile_chart import Cover, TileMark, tile_chart
from meedoen.web.shared.words import PLACE_KINDS, Words, listed, mid_sentence

READ_ONLY = ("GET", "HEAD")
HELPS = (Brings.FIRST_WISHES, Brings.A_BETTER_FIT)
COVERS: Mapping[Brings, Cover] = {
    Brings.FIRST_WISHES: Cover.WITH_ROOM,
    Brings.A_BETTER_FIT: Cover.WITHOUT_ROOM,
    Brings.NOTHING: Cover.NONE,
    Brings.HIDDEN: Cover.NONE,
}
"""How a tile is filled: the more it would bring, the darker. Its words say the same."""


@dataclass(frozen=True, slots=True)
class ScarceLine:
    """A district with what one more place would bring, and how many people miss the kind."""

    name: str
    brings: str
    missing: str


@dataclass(frozen=True, slots=True)
class KindLine:
    """A kind with the districts where one more place would help most, in words."""

    kind: Words
    query: str
    districts: str


@page(Permission.SEE_COVERAGE, methods=READ_ONLY)
def shortage_page(request: ViewerRequest) -> HttpResponse:
    """Show where one more place would help: of one kind per district, or of all kinds in short."""
    card = _card(request)
    form = KindForm(request.GET)
    kind = form.kind
    context = {
        "form": form,
        "card": card,
        "counted": _counted(card),
        "left_out": listed(card.left_out),
        "crumbs": [(_("Waar zijn plekken?"), reverse("policy:coverage"))],
    }
    context |= _all_kinds(card) if kind is None else _one_kind(card, card.kinds[kind])
    return render(request, "policy/shortage.html", context)


@page(Permission.SEE_COVERAGE, methods=READ_ONLY)
def shortage_export(request: ViewerRequest) -> HttpResponse:
    """Return every kind and district as a file, with what the page shows."""
    way = request.GET.get("soort", "")
    if way not in WAYS:
        raise Http404
    card = _card(request)
    headings: list[Cell] = [
        _("Soort plek"),
        _("Wijk"),
        _("Eén plek meer brengt"),
        _("Mensen zonder plek binnen bereik"),
    ]
    rows: list[Sequence[Cell]] = [
        [PLACE_KINDS[kind], district.name, brings_text(cell), cell.missing.text]
        for kind, of_kind in card.kinds.items()
        for district, cell in _cells(card, of_kind)
    ]
    return WAYS[way](f"{_('tekort')}-{clock.today().isoformat()}", headings, rows)


def _card(request: ViewerRequest) -> ShortageCard:
    card = shortage(request.viewer, threshold=threshold_of(request.viewer))
    if card is None:
        raise Http404
    return card


def _counted(card: ShortageCard) -> str:
    """Say from which divisions it was counted."""
    return listed(
        _("%(team)s (%(day)s)") % {"team": one.team, "day": day_text(one.day)} for one in card.teams
    )


def _cells(card: ShortageCard, kind: KindScarcity) -> list[tuple[ScarceDistrict, ScarceCell]]:
    return [(district, kind.cells[district.district_id]) for district in card.districts]


def _all_kinds(card: ShortageCard) -> Mapping[str, Any]:
    lines = []
    for kind, of_kind in card.kinds.items():
        cells = _cells(card, of_kind)
        best = next((one for one in HELPS if any(c.brings is one for _d, c in cells)), None)
        if best is not None:
            where = listed(district.name for district, cell in cells if cell.brings is best)
            text = _("%(what)s in: %(districts)s")
            words = {"what": BRINGS_IN_SHORT[best], "districts": where}
            lines.append(KindLine(PLACE_KINDS[kind], f"?soort={kind.value}", text % words))
    return {"kinds": lines}


def _one_kind(card: ShortageCard, kind: KindScarcity) -> Mapping[str, Any]:
    cells = _cells(card, kind)
    name = PLACE_KINDS[kind.kind]
    texts = [cell.missing.text for _district, cell in cells]
    return {
        "kind": name,
        "lines": [
            ScarceLine(district.name, brings_text(cell), shown_text(cell.missing))
            for district, cell in cells
        ],
        "whole": shown_text(kind.missing),
        "marks": marks_in([*texts, kind.missing.text]),
        "hides": any(cell.brings is Brings.HIDDEN for _district, cell in cells),
        "map": _map(name, cells),
        "map_label": _("Kaart van de wijken"),
        "sentence": _sentence(name, cells),
    }


def _map(name: Words, cells: Sequence[tuple[ScarceDistrict, ScarceCell]]) -> str:
    at = tiles({district.code: district.middle for district, _cell in cells})
    marks = [
        TileMark(
            name=district.name,
            words=_tile_words(cell),
            cover=COVERS[cell.brings],
            column=at[district.code][0],
            row=at[district.code][1],
        )
        for district, cell in cells
    ]
    title = _("Eén plek meer: %(kind)s") % {"kind": mid_sentence(name)}
    return tile_chart(title, _sentence(name, cells), marks, language())


def _tile_words(cell: ScarceCell) -> str:
    match cell.brings:
        case Brings.FIRST_WISHES:
            words = {"total": cell.first_wishes}
            return ngettext("+%(total)s wens", "+%(total)s wensen", cell.first_wishes) % words
        case Brings.A_BETTER_FIT:
            return _("past beter")
        case Brings.NOTHING:
            return _("helpt niet")
        case Brings.HIDDEN:
            return _("niet getoond")


def _sentence(name: Words, cells: Sequence[tuple[ScarceDistrict, ScarceCell]]) -> str:
    kind = mid_sentence(name)
    helps = [district.name for district, cell in cells if cell.brings in HELPS]
    if not helps:
        return _("Er is geen wijk waar één plek meer voor %(kind)s zichtbaar helpt.") % {
            "kind": kind
        }
    words = {"kind": kind, "districts": listed(helps)}
    return _("Eén plek meer voor %(kind)s helpt in: %(districts)s.") % words
