"""What must hold of a place before it is kept; everything that is wrong is said at once."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from meedoen.records.directory.models import Contact, Location
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import District, Organisation
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.places.details import PlaceDetails
from meedoen.rules import half_days
from meedoen.rules.half_days import HalfDaysError
from meedoen.rules.personal_numbers import holds_bsn
from meedoen.rules.schedule.check import session_problems
from meedoen.rules.schedule.words import SessionProblem
from meedoen.rules.vocabulary import StartWindow

MOST_PEOPLE = 2_000
LONGEST_TITLE, LONGEST_DESCRIPTION = 120, 4_000
MOST_SESSIONS = 30

SESSION_SENTENCES = {
    SessionProblem.NOT_A_RULE: gettext_lazy(
        "De herhaling is niet te lezen. Kies dagen van de week."
    ),
    SessionProblem.OTHER_FREQUENCY: gettext_lazy(
        "Een plek komt elke week of elke maand terug, niet vaker of anders."
    ),
    SessionProblem.PART_NOT_SUPPORTED: gettext_lazy(
        "De herhaling heeft een onderdeel dat we niet kennen. Kies dagen van de week of de maand."
    ),
    SessionProblem.TOO_MANY_TIMES: gettext_lazy("De herhaling heeft te veel keren."),
    SessionProblem.NEVER: gettext_lazy("De herhaling valt op geen enkele dag. Kies andere dagen."),
    SessionProblem.CLOSES_BEFORE_OPENING: gettext_lazy("De eindtijd ligt niet na de begintijd."),
    SessionProblem.ENDS_BEFORE_START: gettext_lazy("De laatste dag ligt voor de eerste dag."),
}


def check_details(viewer: Viewer, places: Sequence[PlaceDetails]) -> None:
    """Raise ActionRefusedError with everything that is wrong with these places."""
    faults = [fault for place in places for fault in detail_faults(place)]
    faults += _not_there(viewer, places)
    if faults:
        raise ActionRefusedError(" ".join(dict.fromkeys(faults)))


def detail_faults(place: PlaceDetails) -> Iterator[str]:
    """Say what is wrong with what a place says, but for what it refers to."""
    yield from _text_faults(place)
    if not 0 <= place.capacity <= MOST_PEOPLE:
        yield _("Het aantal plaatsen ligt tussen 0 en %(most)s.") % {"most": MOST_PEOPLE}
    if place.most_per_half_day is not None and not 1 <= place.most_per_half_day <= MOST_PEOPLE:
        yield _("Het aantal mensen tegelijk ligt tussen 1 en %(most)s.") % {"most": MOST_PEOPLE}
    try:
        offered = half_days.count(place.half_days)
    except HalfDaysError:
        offered = 0
    if not offered:
        yield _("Kies minstens één dagdeel waarop de plek open is.")
    elif not 0 <= place.half_days_needed <= offered:
        yield _("Iemand kan niet meer dagdelen komen dan de plek open is.")
    if place.closes_on and place.closes_on <= place.opens_on:
        yield _("De plek stopt voordat die begint. Kies een latere dag.")
    if place.start_window is StartWindow.FIXED_DAY and place.next_start_on is None:
        yield _("Zeg op welke dag iemand kan beginnen.")
    yield from _session_faults(place)


def _text_faults(place: PlaceDetails) -> Iterator[str]:
    if not 0 < len(place.title.strip()) <= LONGEST_TITLE:
        yield _("Geef de plek een naam van hoogstens %(most)s tekens.") % {"most": LONGEST_TITLE}
    if len(place.description) > LONGEST_DESCRIPTION:
        yield _("De omschrijving is te lang: hoogstens %(most)s tekens.") % {
            "most": LONGEST_DESCRIPTION
        }
    if holds_bsn("\n".join(_texts(place))):
        yield _("In uw tekst staat een nummer dat een BSN kan zijn. Haal het weg.")


def _texts(place: PlaceDetails) -> tuple[str, ...]:
    """Return what is typed freely about a place, where no person belongs."""
    return (place.title, place.description, place.guidance_note, place.cost_note, place.purpose)


def _session_faults(place: PlaceDetails) -> Iterator[str]:
    if len(place.sessions) > MOST_SESSIONS:
        yield _("Dat zijn te veel tijden: hoogstens %(most)s.") % {"most": MOST_SESSIONS}
        return
    for session in place.sessions:
        for problem in session_problems(session):
            yield str(SESSION_SENTENCES[problem])


def _not_there(viewer: Viewer, places: Sequence[PlaceDetails]) -> Iterator[str]:
    """Say what a place refers to and is not there, or belongs to another organisation."""
    own = {"municipality_id": viewer.municipality_id}
    organisations = dict(
        Organisation.objects.filter(
            **own, pk__in={place.organisation_id for place in places}
        ).values_list("pk", "left_on")
    )
    districts = set(
        District.objects.filter(**own, pk__in={one.district_id for one in places}).values_list(
            "pk", flat=True
        )
    )
    locations = set(
        Location.objects.filter(**own, pk__in={one.location_id for one in places}).values_list(
            "pk", "organisation_id"
        )
    )
    contacts = set(
        Contact.objects.visible_to(_whole(viewer))
        .filter(pk__in={one.owner_id for one in places})
        .values_list("pk", "organisation_id")
    )
    for place in places:
        left_on = organisations.get(place.organisation_id)
        if place.organisation_id not in organisations:
            yield _("Deze organisatie bestaat niet.")
        elif left_on and not (place.closes_on and place.closes_on <= left_on):
            yield _leaves(left_on)
        if place.district_id not in districts:
            yield _("Deze wijk bestaat niet.")
        if place.location_id and (place.location_id, place.organisation_id) not in locations:
            yield _("Deze locatie hoort niet bij de organisatie.")
        if place.owner_id and (place.owner_id, place.organisation_id) not in contacts:
            yield _("Deze contactpersoon hoort niet bij de organisatie.")


def _leaves(left_on: date) -> str:
    if left_on <= clock.today():
        return _("Deze organisatie doet niet meer mee. Kies een andere organisatie.")
    last_day = left_on - timedelta(days=1)
    return _("Deze organisatie stopt. Geef de plek een laatste dag, op zijn laatst %(day)s.") % {
        "day": last_day.strftime("%d-%m-%Y")
    }


def _whole(viewer: Viewer) -> Viewer:
    """Return Meedoen itself for the municipality: whether something is there is no secret here."""
    return Viewer.system(viewer.municipality_id)
