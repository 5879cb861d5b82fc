"""What waits for an organisation, in blocks: each says how much, shows the first, and what to do.

A block is a function in BLOCKS that looks for one thing; another one is a line there.
"""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meedoen.records.organisations import clock
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.placements.month_queries import count_to_confirm
from meedoen.records.placements.months import month_before
from meedoen.records.placements.people_queries import (
    OwnPerson,
    PeopleFilter,
    own_people,
    results_to_report,
)
from meedoen.records.placements.report_queries import OwnReport, own_reports
from meedoen.records.places.freshness_queries import places_to_ask
from meedoen.records.places.sign_up_queries import sign_ups
from meedoen.records.proposals.refusal_queries import messages_to_see
from meedoen.rules.placement_states import BEFORE_START
from meedoen.rules.vocabulary import MonthAnswer, PlacementState, SignUpState
from meedoen.web.partner.block import MOST_SHOWN, Block, Item, stored, way_on
from meedoen.web.partner.people_form import TO_BEGIN
from meedoen.web.partner.referral_blocks import back_block, received_block
from meedoen.web.partner.start_form import confirm_words, confirmable
from meedoen.web.shared.figures import day_text, month_text
from meedoen.web.shared.match_words import told_to_place
from meedoen.web.shared.report_words import answer_text, reported_text, reporter_text
from meedoen.web.shared.words import PLACE_KINDS


def blocks(viewer: Viewer) -> list[Block]:
    """Return what waits for this organisation, the most urgent first; nothing is left out."""
    found = (look(viewer) for look in BLOCKS)
    return [block for block in found if block is not None]


def called(person: Any) -> str:
    """Return how somebody is called at the organisation: a first name with the client number."""
    return format_html(
        '{} <span class="meedoen-soft meedoen-client-number">{}</span>',
        person.given_name,
        person.client_number,
    )


def _introduced(viewer: Viewer) -> Block | None:
    found = own_people(viewer, wanted=PeopleFilter(states=BEFORE_START), size=MOST_SHOWN)
    if not found.total:
        return None
    return Block(
        code="introduced",
        heading=_("Voorgesteld bij u"),
        sentence=ngettext(
            "Eén persoon is bij u voorgesteld en nog niet begonnen. Heeft u kennisgemaakt, of is "
            "die begonnen? Bevestig dat dan.",
            "%(total)s mensen zijn bij u voorgesteld en nog niet begonnen. Heeft u met iemand "
            "kennisgemaakt, of is iemand begonnen? Bevestig dat dan.",
            found.total,
        )
        % {"total": found.total},
        items=[_newcomer(person) for person in found.cards],
        **way_on(
            found.total,
            f"{reverse('partner:people')}?state={TO_BEGIN}",
            _("Alle mensen die wachten"),
        ),
    )


def _newcomer(person: OwnPerson) -> Item:
    told = {"day": day_text(person.since)}
    met = person.state is PlacementState.INTRODUCED
    return _to_confirm(
        person,
        _("Kennisgemaakt op %(day)s") % told if met else _("Voorgesteld op %(day)s") % told,
    )


def _to_confirm(person: OwnPerson, since: str) -> Item:
    """Return somebody of whom the organisation may confirm the next step."""
    first = confirmable(person.state)[0]
    return Item(
        title=called(person),
        lines=[
            stored(person.title),
            PLACE_KINDS[person.kind],
            since,
            _("Coach: %(coach)s") % {"coach": person.coach} if person.coach else "",
        ],
        url=reverse("partner:start", args=[person.key]),
        label=str(confirm_words(person.state, first).link),
        about=_about(person),
    )


def _away(viewer: Viewer) -> Block | None:
    states = frozenset({PlacementState.PAUSED})
    found = own_people(viewer, wanted=PeopleFilter(states=states), size=MOST_SHOWN)
    if not found.total:
        return None
    return Block(
        code="away",
        heading=_("Even niet"),
        sentence=ngettext(
            "Eén persoon komt een tijd niet. Is die er weer? Bevestig dat dan.",
            "%(total)s mensen komen een tijd niet. Is iemand er weer? Bevestig dat dan.",
            found.total,
        )
        % {"total": found.total},
        items=[
            _to_confirm(person, _("Even niet sinds %(day)s") % {"day": day_text(person.since)})
            for person in found.cards
        ],
        **way_on(
            found.total,
            f"{reverse('partner:people')}?state={PlacementState.PAUSED.value}",
            _("Iedereen die er even niet is"),
        ),
    )


def _reports(viewer: Viewer) -> Block | None:
    found = own_reports(viewer)
    if not found:
        return None
    answered = sum(1 for one in found if one.report.answer)
    return Block(
        code="reports",
        heading=_("Wat u aan de coach meldde"),
        sentence=ngettext(
            "Op één melding kreeg u net antwoord.",
            "Op %(total)s meldingen kreeg u net antwoord.",
            answered,
        )
        % {"total": answered}
        if answered
        else _("De coach heeft nog geen antwoord gegeven."),
        items=[_reported(one) for one in found[:MOST_SHOWN]],
    )


def _reported(one: OwnReport) -> Item:
    answer = one.report.answer
    return Item(
        title=called(one),
        lines=[
            stored(one.title),
            reported_text(one.report),
            reporter_text(one.report),
            format_html(_("Antwoord: {}"), answer_text(answer)) if answer else "",
        ],
        url=reverse("partner:person", args=[one.placement_key]) if one.is_there else "",
        label=_("Bekijken"),
        about=format_html(
            _("van {name} bij {title}"), name=one.given_name, title=stored(one.title)
        ),
    )


def _about(person: OwnPerson) -> str:
    return format_html(
        _("van {name} bij {title}"), name=person.given_name, title=stored(person.title)
    )


def _months(viewer: Viewer) -> Block | None:
    total = count_to_confirm(viewer)
    if not total:
        return None
    month = {"month": month_text(month_before(clock.today()))}
    return Block(
        code="months",
        heading=_("Hoe ging het in %(month)s?") % month,
        sentence=ngettext(
            "Eén persoon deed mee tot het eind van %(month)s. Ging het zoals gepland? Dan is "
            "één klik genoeg.",
            "%(total)s mensen deden mee tot het eind van %(month)s. Ging het zoals gepland? Dan is "
            "één klik genoeg.",
            total,
        )
        % {**month, "total": total},
        url=reverse("partner:months"),
        label=_("Maand bevestigen"),
    )


def _results(viewer: Viewer) -> Block | None:
    found = results_to_report(viewer)
    if not found:
        return None
    return Block(
        code="results",
        heading=_("Hoe loopt het af?"),
        sentence=ngettext(
            "Eén persoon is voorbij de afgesproken laatste dag, of u meldde dat die stopt.",
            "%(total)s mensen zijn voorbij de afgesproken laatste dag, of u meldde dat zij "
            "stoppen.",
            len(found),
        )
        % {"total": len(found)},
        items=[_result(person) for person in found[:MOST_SHOWN]],
        **way_on(len(found), f"{reverse('partner:people')}?order=end", _("Iedereen")),
    )


def _result(person: OwnPerson) -> Item:
    stopped = person.last_answer is MonthAnswer.STOPPED
    key = person.key
    if stopped:
        line = _("U meldde dat dit is gestopt. De coach rondt het af.")
    else:
        line = _("De laatste dag zou %(day)s zijn.") % {"day": day_text(person.planned_end_on)}
    return Item(
        title=called(person),
        lines=[
            stored(person.title),
            line,
            _("Coach: %(coach)s") % {"coach": person.coach} if person.coach else "",
        ],
        url=reverse("partner:person" if stopped else "partner:report", args=[key]),
        label=_("Bekijken") if stopped else _("Vertellen hoe het loopt"),
        about=_about(person),
    )


def _signed_up(viewer: Viewer) -> Block | None:
    found = [one for one in sign_ups(viewer) if one.state is SignUpState.NEW]
    if not found:
        return None
    return Block(
        code="signed-up",
        heading=_("Belangstelling"),
        sentence=ngettext(
            "Eén persoon wil graag komen en wacht op uw bericht.",
            "%(total)s mensen willen graag komen en wachten op uw bericht.",
            len(found),
        )
        % {"total": len(found)},
        items=[
            Item(
                title=stored(one.name),
                lines=[
                    stored(one.place),
                    _("Meldde zich op %(day)s") % {"day": day_text(one.made_at)},
                ],
                url=f"{reverse('partner:sign_ups')}#{one.key}",
                label=_("Bericht lezen"),
                about=format_html(
                    _("van {name} over {title}"), name=one.name, title=stored(one.place)
                ),
            )
            for one in found[:MOST_SHOWN]
        ],
        **way_on(len(found), reverse("partner:sign_ups"), _("Alle belangstelling")),
    )


def _places(viewer: Viewer) -> Block | None:
    found = places_to_ask(viewer)
    if not found:
        return None
    return Block(
        code="places",
        heading=_("Kloppen uw plekken nog?"),
        sentence=ngettext(
            "Eén plek is lang niet nagekeken. Wie zoekt, kan er niet op rekenen.",
            "%(total)s plekken zijn lang niet nagekeken. Wie zoekt, kan er niet op rekenen.",
            len(found),
        )
        % {"total": len(found)},
        items=[
            Item(
                title=stored(place.title),
                lines=[
                    PLACE_KINDS[place.kind],
                    _("Nagekeken tot en met %(day)s") % {"day": day_text(place.confirm_by)}
                    if place.confirm_by
                    else _("Nog nooit nagekeken"),
                ],
                url=reverse("partner:place", args=[place.key]),
                label=_("Nakijken"),
                about=stored(place.title),
            )
            for place in found[:MOST_SHOWN]
        ],
        **way_on(
            len(found),
            f"{reverse('partner:places')}?state=stale",
            _("Alle plekken om na te kijken"),
        ),
    )


def _refused(viewer: Viewer) -> Block | None:
    found = messages_to_see(viewer)
    if not found:
        return None
    return Block(
        code="refused",
        heading=_("Waarom een plek niet doorging"),
        sentence=ngettext(
            "Eén keer zag iemand van een plek van u af om een reden die over de plek gaat. Wie het "
            "was, staat er niet bij.",
            "%(total)s keer zag iemand van een plek van u af om een reden die over de plek gaat. "
            "Wie het was, staat er niet bij.",
            len(found),
        )
        % {"total": len(found)},
        items=[
            Item(
                title=stored(card.title),
                lines=[told_to_place(card.reason), month_text(card.month)],
                url=reverse("partner:refusals"),
                label=_("Bekijken"),
                about=stored(card.title),
            )
            for card in found[:MOST_SHOWN]
        ],
        **way_on(len(found), reverse("partner:refusals"), _("Alle redenen")),
    )


BLOCKS: tuple[Callable[[Viewer], Block | None], ...] = (
    received_block,
    back_block,
    _introduced,
    _signed_up,
    _months,
    _results,
    _away,
    _reports,
    _places,
    _refused,
)
