"""Life domains of one person: measuring them, what changed, and putting it right."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.ladder.domain_actions import (
    AlreadyMeasuredError,
    correct_domains,
    measure_domains_all,
)
from meedoen.records.ladder.domain_queries import (
    DomainMeasurementCard,
    domain_measurements_of,
    newest_domains,
)
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.viewer import Permission
from meedoen.records.people.queries import ResidentCard
from meedoen.rules.ladder.step_growth import StepChange, step_change
from meedoen.web.coach.forms.domains import (
    CorrectDomainsForm,
    DomainsForm,
    as_it_was,
    scale,
    steps_before,
)
from meedoen.web.coach.just_kept import note_kept, was_just_kept
from meedoen.web.coach.sent_once import sent_once
from meedoen.web.coach.views.opening import open_file
from meedoen.web.shared.ladder_words import (
    LIFE_DOMAINS,
    STEP_CHANGE_KINDS,
    STEP_CHANGES,
    step_text,
)
from meedoen.web.shared.pages import ViewerRequest, page
from meedoen.web.shared.words import Words


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A domain of a measurement beside the time before; steps in words, "" where there is none."""

    domain: Words
    before: str
    now: str
    own: str
    change: Words
    change_kind: str


@page(Permission.RECORD_CONVERSATION)
def domains(request: ViewerRequest, key: uuid.UUID) -> HttpResponse:
    """Show a row for each domain, and keep the steps that were chosen."""
    person = open_file(request, key, page="domains")
    cards = domain_measurements_of(request.viewer, pseudonym_id=person.pseudonym_id)
    form = DomainsForm(
        request.POST or None,
        before=steps_before(cards),
        initial={"measured_on": clock.today(), "key": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        if cards and was_just_kept(request, "domains", person.key):
            return redirect("coach:domains_result", key=person.key, measurement=cards[0].key)
        kept = _keep(request, form, person)
        if kept is not None:
            note_kept(request, "domains", person.key)
            messages.success(request, _("De leefgebieden staan in het dossier."))
            return redirect("coach:domains_result", key=person.key, measurement=kept)
    context = {
        "form": form,
        "person": person,
        "scale": scale(),
        "last": cards[0] if cards else None,
    }
    return render(request, "coach/domains.html", context, status=422 if form.errors else 200)


@page(Permission.SEE_CASELOAD, methods=("GET", "HEAD"))
def result(request: ViewerRequest, key: uuid.UUID, measurement: uuid.UUID) -> HttpResponse:
    """Show one measurement beside the time before: what went up and what went down."""
    person = open_file(request, key, page="domains")
    card, earlier = _card_and_earlier(request, person, measurement)
    rows = _rows(card, earlier)
    context = {
        "person": person,
        "card": card,
        "rows": rows,
        "with_own": bool(card.own_scores),
        "summary": _summary(card, earlier),
        "may_correct": request.viewer.may(Permission.RECORD_CONVERSATION) and not card.corrected,
    }
    return render(request, "coach/domains_result.html", context)


@page(Permission.RECORD_CONVERSATION)
def correct(request: ViewerRequest, key: uuid.UUID, measurement: uuid.UUID) -> HttpResponse:
    """Put steps right; who comes after somebody else is told, and keeps what was chosen."""
    person = open_file(request, key, page="domains")
    card, earlier = _card_and_earlier(request, person, _newest(request, person, measurement))
    if request.method != "POST" and card.key != measurement:
        return redirect("coach:domains_correct", key=person.key, measurement=card.key)
    onto = measurement
    form = CorrectDomainsForm(
        request.POST or None,
        before=steps_before(earlier),
        initial={"key": uuid.uuid4(), **as_it_was(card)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            correct_domains(
                request.viewer,
                key=measurement,
                corrected=sent_once(request.viewer, form.new_measurement(person.pseudonym_id)),
                reason=form.cleaned_data["reason"],
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            # Who was told that somebody was first, goes on with what stands there now.
            onto = card.key
        else:
            messages.success(request, _("De meting is verbeterd."))
            return redirect("coach:path", key=person.key)
    context = {"form": form, "person": person, "scale": scale(), "card": card, "onto": onto}
    status = 422 if form.errors else 200
    return render(request, "coach/domains_correct.html", context, status=status)


def _keep(request: ViewerRequest, form: DomainsForm, person: ResidentCard) -> uuid.UUID | None:
    """Keep the steps and return their key; None with the reason in the form when refused."""
    new = sent_once(request.viewer, form.new_measurement(person.pseudonym_id))
    try:
        measure_domains_all(request.viewer, measurements=[new])
    except AlreadyMeasuredError:
        # The button was pressed twice: exactly this is there, which is what was asked for.
        return new.key
    except ActionRefusedError as error:
        form.add_error(None, str(error))
        return None
    return new.key


def _newest(request: ViewerRequest, person: ResidentCard, measurement: uuid.UUID) -> uuid.UUID:
    """Return which measurement stands in the place of this one now. Raises Http404."""
    newest = newest_domains(request.viewer, pseudonym_id=person.pseudonym_id, key=measurement)
    if newest is None:
        raise Http404
    return newest


def _card_and_earlier(
    request: ViewerRequest, person: ResidentCard, measurement: uuid.UUID
) -> tuple[DomainMeasurementCard, Sequence[DomainMeasurementCard]]:
    """Return one measurement and those before it, newest first. Raises Http404."""
    cards = domain_measurements_of(
        request.viewer, pseudonym_id=person.pseudonym_id, with_corrected=True
    )
    for at, card in enumerate(cards):
        if card.key == measurement:
            return card, [one for one in cards[at + 1 :] if not one.corrected]
    raise Http404


def _changes(
    card: DomainMeasurementCard, earlier: Sequence[DomainMeasurementCard]
) -> dict[str, StepChange]:
    before = steps_before(earlier, instrument=card.instrument)
    return {
        domain: step_change(before[domain].step if domain in before else None, step)
        for domain, step in card.scores.items()
    }


def _rows(card: DomainMeasurementCard, earlier: Sequence[DomainMeasurementCard]) -> list[ResultRow]:
    before = steps_before(earlier, instrument=card.instrument)
    changes = _changes(card, earlier)
    return [
        ResultRow(
            domain=LIFE_DOMAINS[domain],
            before=_step_text(before[domain].step if domain in before else None),
            now=_step_text(step),
            own=_step_text(card.own_scores.get(domain)),
            change=STEP_CHANGES[changes[domain]],
            change_kind=STEP_CHANGE_KINDS[changes[domain]],
        )
        for domain, step in card.scores.items()
    ]


def _step_text(step: int | None) -> str:
    return "" if step is None else step_text(step)


def _summary(card: DomainMeasurementCard, earlier: Sequence[DomainMeasurementCard]) -> str:
    """Say in a sentence what changed; up and down are never set off against each other."""
    changes = list(_changes(card, earlier).values())
    if all(change is StepChange.MEASURED_ONCE for change in changes):
        return _("Eerste meting van deze leefgebieden: er is nog niets om mee te vergelijken.")
    return _("%(up)s omhoog, %(down)s omlaag, %(equal)s gelijk gebleven.") % {
        "up": _domains_text(changes.count(StepChange.UP)),
        "down": _domains_text(changes.count(StepChange.DOWN)),
        "equal": _domains_text(changes.count(StepChange.EQUAL)),
    }


def _domains_text(count: int) -> str:
    return ngettext("%(count)s leefgebied", "%(count)s leefgebieden", count) % {"count": count}
