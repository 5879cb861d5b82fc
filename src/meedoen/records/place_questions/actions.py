"""Asking coaches whether they know somebody for a place."""

import uuid
from datetime import date, timedelta

from django.utils.translation import gettext as _

from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError, action
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.viewer import Permission, Viewer
from meedoen.records.place_questions.models import PlaceQuestion
from meedoen.records.place_questions.own import asking_place
from meedoen.records.place_questions.tasks import tell_coaches
from meedoen.records.places.models import Place
from meedoen.rules.places.questions import question_terms_on


@action(Permission.ASK_COACHES)
def ask_coaches(viewer: Viewer, *, place_key: uuid.UUID) -> date:
    """Ask the coaches of people whom a place would suit; return until which day that stands.

    Whom it would suit is worked out in the background, and told to their coaches only. The same
    that is sent again by the same person is kept once. Raises ActionRefusedError when the place is
    not for this viewer, not open, full, or asked already, and where matching is off.
    """
    place = asking_place(viewer, place_key=place_key)
    if place is None:
        raise ActionRefusedError(_("Deze plek bestaat niet of is niet voor u."))
    if not matching_is_on(viewer):
        raise ActionRefusedError(_("Uw gemeente laat Meedoen geen plekken voorstellen."))
    if not place.is_open:
        raise ActionRefusedError(_("Deze plek is niet open, of er is geen plaats vrij."))
    # One after another: two colleagues who press at once ask one question.
    Place.objects.select_for_update().get(pk=place.place_id)
    today = clock.today()
    asked = PlaceQuestion.objects.filter(
        municipality_id=viewer.municipality_id, place_id=place.place_id, until__gt=today
    ).first()
    if asked is not None:
        if asked.asked_by_id == viewer.membership_id:
            return asked.until
        raise ActionRefusedError(
            _("Een collega heeft dit al gevraagd. Vanaf %(day)s kunt u het opnieuw vragen.")
            % {"day": asked.until.strftime("%d-%m-%Y")}
        )
    row = PlaceQuestion.objects.create(
        municipality_id=viewer.municipality_id,
        place_id=place.place_id,
        asked_at=clock.now(),
        asked_by_id=viewer.membership_id,
        until=today + timedelta(days=question_terms_on(today).days),
    )
    tell_coaches.enqueue(municipality_id=viewer.municipality_id, question_id=row.pk)
    return row.until
