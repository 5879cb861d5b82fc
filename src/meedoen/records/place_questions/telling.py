"""Finding whom the place of a question would suit, so that their coaches hear of it."""

from django.db import transaction

from meedoen.records.history.actions import note_changes
from meedoen.records.organisations import clock
from meedoen.records.organisations.matching_queries import matching_is_on
from meedoen.records.organisations.viewer import Viewer
from meedoen.records.place_questions.fitting import who_fits
from meedoen.records.place_questions.models import AskedPerson, PlaceQuestion
from meedoen.rules.places.questions import question_terms_on


def tell(municipality_id: int, question_id: int) -> None:
    """Write down about whom coaches hear, all or nothing.

    Done twice it changes nothing; a question that is over, or about a place that closed, finds
    nobody.
    """
    system = Viewer.system(municipality_id)
    today = clock.today()
    with transaction.atomic():
        question = PlaceQuestion.objects.filter(
            municipality_id=municipality_id, pk=question_id, until__gt=today
        ).first()
        told = AskedPerson.objects.visible_to(system).filter(question_id=question_id)
        if question is None or told.exists() or not matching_is_on(system):
            return
        most = question_terms_on(today).most_people
        people = [one.pseudonym_id for one in who_fits(system, place_id=question.place_id)[:most]]
        AskedPerson.objects.bulk_create(
            [
                AskedPerson(
                    municipality_id=municipality_id,
                    question_id=question.pk,
                    pseudonym_id=pseudonym_id,
                )
                for pseudonym_id in people
            ]
        )
        note_changes(system, people)
