"""Making, copying and changing an own indicator with a form, which writes its text."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from meedoen.records.documents.told_days import latest_told
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.own_indicators.catalogue import catalogue_of
from meedoen.records.own_indicators.queries import (
    OwnIndicator,
    names_to_choose,
    own_indicator,
    own_indicators,
    read_text,
)
from meedoen.rules.indicators.language import Definition
from meedoen.rules.indicators.mistakes import Mistake
from meedoen.rules.indicators.own_checks import free_code
from meedoen.rules.indicators.shipped import shipped_catalogue, shipped_texts
from meedoen.rules.indicators.toml_writer import as_toml
from meedoen.web.policy.indicator_doing import (
    ASK,
    Done,
    address_after,
    only_looks,
    press,
)
from meedoen.web.policy.indicator_fields import Names, inner_field
from meedoen.web.policy.indicator_form import IndicatorForm
from meedoen.web.policy.indicator_lacks import in_the_way_of, lacks_of
from meedoen.web.policy.indicator_text import (
    Values,
    fields_wrong,
    initial_of,
    inner_words,
    merged,
    with_one_example,
    word_of,
)
from meedoen.web.policy.indicator_words import NAMES, PARTS, SIMPLE
from meedoen.web.policy.views.own_indicators import crumbs
from meedoen.web.shared.counting import in_language, language
from meedoen.web.shared.pages import ViewerRequest, page

OWN = {"nl": "eigen", "en": "own"}
TAKEN_OVER = ("measures", "level", "reference_date", "direction", "breakdowns", "examples")


@dataclass(frozen=True, slots=True)
class Subject:
    """The indicator that somebody works on: its text as values, and as it is or was in force."""

    values: Values
    code: str = ""
    """Empty for a new one: then the form asks it."""
    card: OwnIndicator | None = None
    in_force: Definition | None = None

    @property
    def seen(self) -> int | None:
        """Return the id of the text that is shown."""
        return None if self.card is None else self.card.newest.text_id


@page(Permission.SET_INDICATORS)
def new(request: ViewerRequest) -> HttpResponse:
    """Choose what to count or what to copy, and then write it."""
    word, source = request.GET.get("woord", ""), request.GET.get("van", "")
    if not word and not source:
        context = {"words": NAMES.items(), "copies": _names(request.viewer), "crumbs": [*crumbs()]}
        return render(request, "policy/indicator_new.html", context)
    values = _begun_with(word) if word else _copied(request.viewer, source)
    if values is None:
        raise Http404
    return _edit(request, Subject(values))


@page(Permission.SET_INDICATORS)
def change(request: ViewerRequest, code: str) -> HttpResponse:
    """Go on with the newest text of an own indicator."""
    card = own_indicator(request.viewer, code=code)
    if card is None:
        raise Http404
    try:
        values = tomllib.loads(card.newest.text)
    except tomllib.TOMLDecodeError:
        messages.warning(request, _("Deze tekst past niet in het formulier. Herstel hem eerst."))
        return redirect("policy:indicator_text", code)
    in_force = catalogue_of(request.viewer.municipality_id).definitions.get(code)
    return _edit(request, Subject(values, code, card, in_force))


def _edit(request: ViewerRequest, subject: Subject) -> HttpResponse:
    is_sent = request.method == "POST"
    asks = is_sent and request.POST.get("doen") == ASK
    looks = is_sent and not asks and only_looks(request)
    form = _form(request, subject)
    done = Done()
    if is_sent and not asks and (form.is_valid() or (looks and form.can_be_counted)):
        code = subject.code or form.said["code"]
        values = merged(subject.values, {**form.said, "code": code}, in_force=subject.in_force)
        seen = form.said["seen"] if subject.card else None
        done = press(request, code=code, text=as_toml(values), seen=seen)
        if done.kept:
            return redirect(*address_after(done, code, kept="policy:change_indicator"))
        _note(form, values, done)
    # Who looks is not told in red what is not written yet: that stands under what is shown.
    lacks = lacks_of(form) if done.preview else ()
    if asks or done.preview:
        form = _form(request, subject, said=_as_typed(form, request))
    context = {
        "form": form,
        "subject": subject,
        "preview": done.preview,
        "lacks": lacks,
        "in_the_way": in_the_way_of(form) if looks else (),
        "unready": _unready(request, subject),
        "title": _title(subject),
        "crumbs": [*crumbs()],
    }
    return render(
        request, "policy/indicator_form.html", context, status=422 if form.errors else 200
    )


def _form(request: ViewerRequest, subject: Subject, *, said: Values | None = None) -> IndicatorForm:
    """Return the form as it was sent; with what was `said` typed in it, it is not judged yet."""
    word = word_of(subject.values)
    inner = inner_words(subject.values)
    for side in inner:
        asked = request.POST.get(inner_field(side, "word"), "")
        inner[side] = asked if asked in SIMPLE else inner[side]
    others = {code: name for code, name in _names(request.viewer).items() if code != subject.code}
    initial = initial_of(subject.values) | {"seen": subject.seen} | (said or {})
    return IndicatorForm(
        request.POST if request.method == "POST" and said is None else None,
        initial=initial,
        word=word,
        inner=inner,
        parts=PARTS.get(word, ()),
        names=Names(*names_to_choose(request.viewer)),
        others=others,
        is_new=not subject.code,
    )


def _as_typed(form: IndicatorForm, request: ViewerRequest) -> Values:
    """Return what was typed, right or wrong, to go on with."""
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, name)
        for name, field in form.fields.items()
    }


def _note(form: IndicatorForm, values: Values, done: Done) -> None:
    """Put what is wrong at its field; what has none comes above the form."""
    said_already = set(form.errors)
    if done.refused:
        form.add_error(None, done.refused)
    for field, said in fields_wrong(values, as_toml(values), done.mistakes, form.fields):
        if field not in said_already:
            form.add_error(field, said)


def _unready(request: ViewerRequest, subject: Subject) -> Sequence[Mistake]:
    """Return what a draft still lacks, when somebody comes to go on with it."""
    if request.method == "POST" or subject.card is None or not subject.card.has_draft:
        return ()
    text = subject.card.newest.text
    told = latest_told(request.viewer, indicator=subject.code)
    return read_text(request.viewer, code=subject.code, text=text, told=told).mistakes


def _title(subject: Subject) -> str:
    name = subject.values.get("name")
    said = name.get(language()) or name.get("nl") if isinstance(name, dict) else ""
    if not subject.code:
        return _("Nieuwe indicator")
    return _("%(name)s wijzigen") % {"name": said or subject.code}


def _names(viewer: Viewer) -> dict[str, str]:
    """Return the names of all indicators that can be copied, by code, in order of name."""
    known = {each.code: in_language(each.name) for each in catalogue_of(viewer.municipality_id)}
    return dict(sorted(known.items(), key=lambda one: one[1].casefold()))


def _begun_with(word: str) -> Values | None:
    """Return the beginning of a text with a word, after the first of the package that has it."""
    if word not in NAMES:
        return None
    for definition in shipped_catalogue():
        if definition.versions[-1].count.word == word:
            values = tomllib.loads(shipped_texts()[definition.code])
            begun = {name: values[name] for name in TAKEN_OVER if name in values}
            return with_one_example({**begun, "versions": values["versions"][-1:]})
    return {"versions": [{"count": {"word": word}}]}


def _copied(viewer: Viewer, code: str) -> Values | None:
    """Return the text of an indicator with a code of its own; None where there is none."""
    own = {one.code: one.newest.text for one in own_indicators(viewer)}
    text = own.get(code) or shipped_texts().get(code)
    if text is None:
        return None
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    taken = {*own, *shipped_texts()}
    name = values.get("name")
    called = _called(name) if isinstance(name, dict) else {}
    return with_one_example({**values, **called, "code": free_code(taken, code)})


def _called(name: Mapping[str, Any]) -> Values:
    return {"name": {one: f"{text} ({OWN.get(one, 'own')})" for one, text in name.items()}}
