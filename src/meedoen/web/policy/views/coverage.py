"""Where there are places and where there are not, against people who look: table and map."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from meedoen.records.figures.queries import threshold_of
from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Permission
from meedoen.records.placements.coverage_queries import CoverageCard, CoveredDistrict, covered
from meedoen.records.referrals.network_queries import LearnedCard, learned
from meedoen.rules.coverage import CoverageCell, KindCoverage
from meedoen.rules.tile_map import tiles
from meedoen.rules.vocabulary import PlaceKind
from meedoen.web.policy.flow_tables import as_file
from meedoen.web.policy.learned import about_refusals, tables_of
from meedoen.web.shared.counting import language, marks_in, shown_text
from meedoen.web.shared.exporting import WAYS, Cell
from meedoen.web.shared.figures import number_text
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.tile_chart import Cover, TileMark, tile_chart
from meedoen.web.shared.words import PLACE_KINDS, Words, listed, mid_sentence

READ_ONLY = ("GET", "HEAD")


class KindForm(forms.Form):
    """Which kind of place to look at; nothing chosen is all kinds beside each other."""

    marks_optional = False

    soort = forms.ChoiceField(label=gettext_lazy("Soort plek"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer every kind of place."""
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [  # type: ignore[attr-defined]
            ("", _("Alle soorten")),
            *((kind.value, str(PLACE_KINDS[kind])) for kind in PlaceKind),
        ]

    @property
    def kind(self) -> PlaceKind | None:
        """Return the chosen kind; None for all, also when the address names no kind."""
        chosen = self.cleaned_data.get("soort") if self.is_valid() else ""
        return PlaceKind(chosen) if chosen else None


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """A district with its cells; a cell of nothing is said in words for who cannot see it."""

    name: str
    cells: Sequence[CoverageCell]
    looking: str = ""
    is_gap: bool = False


@page(Permission.SEE_COVERAGE, methods=READ_ONLY)
def coverage(request: ViewerRequest) -> HttpResponse:
    """Show the supply per district and kind, or of one kind beside who looks for it."""
    card = _covered(request)
    form = KindForm(request.GET)
    kind = form.kind
    context = {
        "form": form,
        "card": card,
        "empty": _names(card, card.coverage.empty_districts(_numbers(card))),
        "without_wish": shown_text(card.coverage.without_wish),
        "freshness": _freshness(card),
    }
    context |= _all_kinds(card) if kind is None else _one_kind(card, card.coverage.kinds[kind])
    context |= about_refusals(_learned(request))
    return render(request, "policy/coverage.html", context)


@page(Permission.SEE_COVERAGE, methods=READ_ONLY)
def coverage_export(request: ViewerRequest) -> HttpResponse:
    """Return every district and kind as a file, with the numbers that the page shows."""
    way = request.GET.get("soort", "")
    if way not in WAYS:
        raise Http404
    card = _covered(request)
    headings: list[Cell] = [
        _("Wijk"),
        _("Soort plek"),
        _("Plekken"),
        _("Met ruimte"),
        _("Bijgewerkt"),
        _("Mensen die zoeken"),
    ]
    name = f"{_('dekking')}-{clock.today().isoformat()}"
    return WAYS[way](name, headings, list(_rows(card)))


@page(Permission.SEE_COVERAGE, methods=READ_ONLY)
def learned_export(request: ViewerRequest) -> HttpResponse:
    """Return what refusals taught as a file, with the numbers that the page shows."""
    name = f"{_('wat-nees-leren')}-{clock.today().isoformat()}"
    return as_file(request, name, tables_of(_learned(request)))


def _learned(request: ViewerRequest) -> LearnedCard:
    card = learned(request.viewer, threshold=threshold_of(request.viewer))
    if card is None:
        raise Http404
    return card


def _covered(request: ViewerRequest) -> CoverageCard:
    card = covered(request.viewer, threshold=threshold_of(request.viewer))
    if card is None:
        raise Http404
    return card


def _rows(card: CoverageCard) -> Sequence[Sequence[Cell]]:
    return [
        [
            district.name,
            PLACE_KINDS[kind],
            cell.supply.places,
            cell.supply.with_room,
            cell.supply.fresh,
            cell.looking.text,
        ]
        for kind, of_kind in card.coverage.kinds.items()
        for district, cell in _cells(card, of_kind)
    ]


def _cells(
    card: CoverageCard, kind: KindCoverage
) -> Sequence[tuple[CoveredDistrict, CoverageCell]]:
    return [(district, kind.cells[district.district_id]) for district in card.districts]


def _numbers(card: CoverageCard) -> list[int]:
    return [district.district_id for district in card.districts]


def _names(card: CoverageCard, numbers: Sequence[int]) -> str:
    return listed(one.name for one in card.districts if one.district_id in set(numbers))


def _freshness(card: CoverageCard) -> str:
    words = {"stale": number_text(card.stale), "places": number_text(card.places)}
    return (
        _("%(stale)s van de %(places)s plekken zijn niet bijgewerkt door de organisatie.") % words
    )


def _all_kinds(card: CoverageCard) -> Mapping[str, Any]:
    """Give the supply of all kinds; of people the kinds apart say more than one number could."""
    kinds = [kind for kind in PlaceKind if _is_anywhere(card, kind)]
    lines = [
        DistrictLine(
            district.name,
            [card.coverage.kinds[kind].cells[district.district_id] for kind in kinds],
        )
        for district in card.districts
    ]
    return {"kinds": [PLACE_KINDS[kind] for kind in kinds], "lines": lines, "marks": {}}


def _is_anywhere(card: CoverageCard, kind: PlaceKind) -> bool:
    return card.coverage.kinds[kind].whole.supply.places > 0


def _one_kind(card: CoverageCard, kind: KindCoverage) -> Mapping[str, Any]:
    cells = _cells(card, kind)
    texts = [cell.looking.text for _district, cell in cells]
    gaps = [district.name for district, cell in cells if cell.is_gap]
    name = PLACE_KINDS[kind.kind]
    return {
        "kind": name,
        "lines": [
            DistrictLine(district.name, [cell], shown_text(cell.looking), cell.is_gap)
            for district, cell in cells
        ],
        "whole": DistrictLine("", [kind.whole], shown_text(kind.whole.looking)),
        "marks": marks_in([*texts, kind.whole.looking.text, card.coverage.without_wish.text]),
        "map": _map(name, cells, gaps),
        "sentence": _sentence(name, gaps, len(cells)),
        "map_label": _("Kaart van de wijken"),
    }


def _map(
    name: Words, cells: Sequence[tuple[CoveredDistrict, CoverageCell]], gaps: Sequence[str]
) -> str:
    at = tiles({district.code: district.middle for district, _cell in cells})
    marks = [
        TileMark(
            name=district.name,
            words=_tile_words(cell),
            cover=_cover(cell),
            column=at[district.code][0],
            row=at[district.code][1],
        )
        for district, cell in cells
    ]
    title = _("%(kind)s per wijk") % {"kind": name}
    return tile_chart(title, _sentence(name, gaps, len(cells)), marks, language())


def _tile_words(cell: CoverageCell) -> str:
    if not cell.supply.places:
        return _("geen plek")
    if not cell.supply.with_room:
        return _("geen ruimte")
    words = {"total": number_text(cell.supply.with_room)}
    return ngettext("%(total)s met ruimte", "%(total)s met ruimte", cell.supply.with_room) % words


def _cover(cell: CoverageCell) -> Cover:
    if not cell.supply.places:
        return Cover.NONE
    return Cover.WITH_ROOM if cell.supply.with_room else Cover.WITHOUT_ROOM


def _sentence(name: Words, gaps: Sequence[str], districts: int) -> str:
    kind = mid_sentence(name)
    if not gaps:
        return _("In elke wijk is een plek met ruimte voor %(kind)s.") % {"kind": kind}
    if len(gaps) == districts:
        return _("In geen enkele wijk is een plek met ruimte voor %(kind)s.") % {"kind": kind}
    words = {"kind": kind, "districts": listed(gaps)}
    return _("Geen plek met ruimte voor %(kind)s in: %(districts)s.") % words
