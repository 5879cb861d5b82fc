"""The text of an own indicator, for who would rather write it: the same that the form makes."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.documents.told_days import latest_told
from meedoen.records.organisations.viewer import Permission
from meedoen.records.own_indicators.actions import LONGEST_TEXT
from meedoen.records.own_indicators.line_ends import unified
from meedoen.records.own_indicators.queries import OwnIndicator, own_indicator, read_text
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.rules.indicators.so_far import is_about_counting
from meedoen.web.policy.indicator_doing import Done, address_after, only_looks, press
from meedoen.web.policy.indicator_lacks import Lack
from meedoen.web.policy.views.own_indicators import crumbs
from meedoen.web.shared.counting import in_language
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.paging import row_number


class TextForm(forms.Form):
    """The whole text; what was shown is sent along."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        help_text=gettext_lazy(
            "In TOML, zoals de indicatoren van Meedoen zelf. Het formulier schrijft dezelfde "
            "tekst, maar zonder uw opmerkingen na #."
        ),
        max_length=LONGEST_TEXT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 30, "wrap": "off", "spellcheck": "false"}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text with what is wrong on it."""

    number: int
    text: str
    wrong: Sequence[str]


@page(Permission.SET_INDICATORS)
def text(request: ViewerRequest, code: str) -> HttpResponse:
    """Show and keep the text; every mistake stands beside its line."""
    card = own_indicator(request.viewer, code=code)
    if card is None:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = TextForm(sent, initial={"text": _shown(request, card), "seen": card.newest.text_id})
    done = Done()
    if sent is not None and form.is_valid():
        given = form.cleaned_data
        done = press(request, code=code, text=given["text"], seen=given["seen"])
        if done.kept:
            return redirect(*address_after(done, code, kept="policy:indicator_text"))
        if done.refused:
            form.add_error(None, done.refused)
    written = unified(str(form["text"].value() or ""))
    mistakes = done.mistakes if sent is not None else _unready(request, card, written)
    context = {
        "code": code,
        "form": form,
        "lines": list(_lines(written, mistakes)) if mistakes else [],
        "wrong": [(one.line, _said(one)) for one in mistakes],
        "preview": done.preview,
        "in_the_way": _in_the_way(request, mistakes),
        "title": _("Tekst van %(code)s") % {"code": code},
        "crumbs": [*crumbs()],
    }
    return render(
        request, "policy/indicator_text.html", context, status=422 if form.errors else 200
    )


def _shown(request: ViewerRequest, card: OwnIndicator) -> str:
    """Return the newest text, or an earlier one that is asked for in the address."""
    asked = row_number(request.GET.get("van", ""))
    found = next((one for one in card.texts if one.text_id == asked), card.newest)
    return found.text


def _unready(request: ViewerRequest, card: OwnIndicator, written: str) -> Sequence[Mistake]:
    """Return what the text lacks when somebody comes to go on with it."""
    told = latest_told(request.viewer, indicator=card.code)
    return read_text(request.viewer, code=card.code, text=written, told=told).mistakes


def _in_the_way(request: ViewerRequest, mistakes: Sequence[Mistake]) -> list[Lack]:
    """Return what is wrong in how it counts, for who asked for a preview."""
    if request.method != "POST" or not only_looks(request):
        return []
    return [Lack(_with_line(one)) for one in mistakes if is_about_counting(one)]


def _with_line(mistake: Mistake) -> str:
    if mistake.line is None:
        return _said(mistake)
    return _("Regel %(line)s: %(what)s") % {"line": mistake.line, "what": _said(mistake)}


def _lines(written: str, mistakes: Sequence[Mistake]) -> list[Line]:
    """Return the lines of the text, each with what is wrong on it."""
    wrong: dict[int, list[str]] = {}
    for one in mistakes:
        if one.line is not None:
            wrong.setdefault(one.line, []).append(_said(one))
    lines = written.split("\n")
    # What is missing at the end stands after the last line.
    count = max(len(lines), max(wrong, default=0))
    lines += [""] * (count - len(lines))
    return [Line(number, line, wrong.get(number, ())) for number, line in enumerate(lines, start=1)]


def _said(mistake: Mistake) -> str:
    what, possible = in_language(mistake.what), in_language(mistake.possible)
    return f"{mistake.where}: {what}; {possible}" if mistake.where else f"{what}; {possible}"
