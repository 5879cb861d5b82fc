"""Three things about sharing that never follow from one another."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meedoen.records.conversations.queries import wishes_of
from meedoen.records.history.models import Entry
from meedoen.records.organisations import clock
from meedoen.records.organisations.acting import ActionRefusedError
from meedoen.records.organisations.models import Organisation
from meedoen.records.placements.queries import placements_of
from meedoen.records.sharing import actions
from meedoen.records.sharing.models import SecrecyRelease, Sharing, SupportAgreement
from meedoen.records.sharing.queries import (
    agreement_is_about,
    organisations_to_tell,
    release_is_about,
    sharing_is_about,
    sharing_of,
)
from meedoen.rules.vocabulary import LegalGround, LegalTask, ObtainedHow, Shared
from tests.sharing import NOTED_ON, new_agreement, new_release, new_sharing
from tests.town import Town, talk

ALL_OF_IT = (Sharing, SecrecyRelease, SupportAgreement)


@pytest.fixture(autouse=True)
def in_may():
    with clock.at(datetime(2026, 5, 1, 12, tzinfo=UTC)):
        yield


def note_three(town: Town, pseudonym_id: int) -> tuple[uuid.UUID, uuid.UUID, uuid.UUID]:
    [sharing] = actions.allow_sharing_all(town.anna, sharings=[new_sharing(town, pseudonym_id)])
    [release] = actions.release_secrecy_all(town.anna, releases=[new_release(pseudonym_id)])
    [agreement] = actions.note_agreements(town.anna, agreements=[new_agreement(pseudonym_id)])
    return sharing, release, agreement


def counts(town: Town) -> list[int]:
    return [table.objects.visible_to(town.system).count() for table in ALL_OF_IT]


def test_what_may_be_told_is_kept_with_law_ground_text_and_who_noted_it(town: Town) -> None:
    note_three(town, town.sam.pseudonym_id)
    [card] = sharing_of(town.anna, pseudonym_id=town.sam.pseudonym_id).sharings
    assert (card.organisation, card.what) == (
        "De Moestuin",
        (Shared.NAME_AND_PHONE, Shared.FUNCTIONAL_LIMITS),
    )
    assert (card.legal_task, card.ground) == (LegalTask.PARTICIPATION, LegalGround.PUBLIC_TASK)
    assert (card.text_version, card.told_how) == ("2026-11", ObtainedHow.SPOKEN)
    assert (card.starts_on, card.ends_on, card.runs) == (NOTED_ON, None, True)
    assert (card.noted_by, card.noted_on, card.ended_by) == ("Anna Testema", date(2026, 5, 1), "")


def test_the_three_things_are_apart(town: Town) -> None:
    person = town.sam.pseudonym_id
    actions.release_secrecy_all(town.anna, releases=[new_release(person)])
    cards = sharing_of(town.anna, pseudonym_id=person)
    assert (cards.sharings, cards.agreements) == ((), ())
    [release] = cards.releases
    assert (release.who, release.until, release.runs) == (
        "De maatschappelijk werker",
        date(2026, 9, 1),
        True,
    )


def test_the_resident_sees_the_own_and_a_stranger_nothing(town: Town) -> None:
    person = town.roos_file.pseudonym_id
    keys = note_three(town, person)
    seen = sharing_of(town.roos, pseudonym_id=person)
    assert (len(seen.sharings), len(seen.releases), len(seen.agreements)) == (1, 1, 1)
    assert sharing_of(town.bram, pseudonym_id=person) == seen
    for stranger in (town.carla, town.vera, town.petra, town.connie, town.priya, town.ab):
        hidden = sharing_of(stranger, pseudonym_id=person)
        assert (hidden.sharings, hidden.releases, hidden.agreements) == ((), (), ())
    about = (sharing_is_about, release_is_about, agreement_is_about)
    for ask, key in zip(about, keys, strict=True):
        assert str(ask(town.lea, key=key)) == town.roos_file.key
        assert ask(town.carla, key=key) is None


@pytest.mark.parametrize("who", ["roos", "petra", "connie", "suus", "priya", "ab"])
def test_only_coaches_may_note_or_end_anything(town: Town, who: str) -> None:
    person, viewer = town.roos_file.pseudonym_id, getattr(town, who)
    sharing, release, agreement = note_three(town, person)
    today = clock.today()
    with pytest.raises(PermissionDenied):
        actions.allow_sharing_all(viewer, sharings=[new_sharing(town, person)])
    with pytest.raises(PermissionDenied):
        actions.release_secrecy_all(viewer, releases=[new_release(person)])
    with pytest.raises(PermissionDenied):
        actions.note_agreements(viewer, agreements=[new_agreement(person)])
    with pytest.raises(PermissionDenied):
        actions.end_sharing(viewer, key=sharing, ended_on=today)
    with pytest.raises(PermissionDenied):
        actions.withdraw_release(viewer, key=release, withdrawn_on=today)
    with pytest.raises(PermissionDenied):
        actions.withdraw_agreement(viewer, key=agreement, withdrawn_on=today)


def test_a_coach_of_another_team_can_note_and_end_nothing(town: Town) -> None:
    person = town.roos_file.pseudonym_id
    sharing, release, agreement = note_three(town, person)
    today = clock.today()
    refused = [
        lambda: actions.allow_sharing_all(town.carla, sharings=[new_sharing(town, person)]),
        lambda: actions.release_secrecy_all(town.carla, releases=[new_release(person)]),
        lambda: actions.note_agreements(town.carla, agreements=[new_agreement(person)]),
        lambda: actions.end_sharing(town.carla, key=sharing, ended_on=today),
        lambda: actions.withdraw_release(town.carla, key=release, withdrawn_on=today),
        lambda: actions.withdraw_agreement(town.carla, key=agreement, withdrawn_on=today),
    ]
    for act in refused:
        with pytest.raises(ActionRefusedError):
            act()
    assert counts(town) == [1, 1, 1]
    assert sharing_of(town.anna, pseudonym_id=person).sharings[0].runs


def test_an_organisation_of_another_municipality_is_refused(town: Town) -> None:
    elsewhere = Organisation.objects.create(
        municipality_id=town.vera.municipality_id, name="Ver weg", kind="association"
    )
    person = town.sam.pseudonym_id
    with pytest.raises(ActionRefusedError, match="organisatie is hier niet bekend"):
        actions.allow_sharing_all(
            town.anna, sharings=[new_sharing(town, person, organisation_id=elsewhere.pk)]
        )
    assert "Ver weg" not in [one.name for one in organisations_to_tell(town.anna)]
    assert organisations_to_tell(town.petra) == []


def test_one_that_cannot_be_kept_keeps_none_of_them(town: Town) -> None:
    person = town.sam.pseudonym_id
    good, bad = new_sharing(town, person), new_sharing(town, person, what=frozenset())
    with pytest.raises(ActionRefusedError, match="Kies wat de organisatie mag weten"):
        actions.allow_sharing_all(town.anna, sharings=[good, bad])
    assert counts(town) == [0, 0, 0]


def test_days_that_cannot_be_and_empty_texts_are_refused(town: Town) -> None:
    person, tomorrow = town.sam.pseudonym_id, date(2026, 5, 2)
    wrong = [
        lambda: actions.allow_sharing_all(
            town.anna, sharings=[new_sharing(town, person, starts_on=tomorrow)]
        ),
        lambda: actions.allow_sharing_all(
            town.anna, sharings=[new_sharing(town, person, ends_on=NOTED_ON)]
        ),
        lambda: actions.allow_sharing_all(
            town.anna, sharings=[new_sharing(town, person, explanation="  ")]
        ),
        lambda: actions.release_secrecy_all(
            town.anna, releases=[new_release(person, until=NOTED_ON)]
        ),
        lambda: actions.release_secrecy_all(town.anna, releases=[new_release(person, who=" ")]),
        lambda: actions.release_secrecy_all(town.anna, releases=[new_release(person, purpose="")]),
        lambda: actions.release_secrecy_all(
            town.anna, releases=[new_release(person, given_on=tomorrow)]
        ),
        lambda: actions.note_agreements(
            town.anna, agreements=[new_agreement(person, given_on=tomorrow)]
        ),
        lambda: actions.note_agreements(town.anna, agreements=[new_agreement(person, about="")]),
    ]
    for act in wrong:
        with pytest.raises(ActionRefusedError):
            act()
    assert counts(town) == [0, 0, 0]


def test_what_is_sent_twice_is_noted_once(town: Town) -> None:
    person, key = town.sam.pseudonym_id, uuid.uuid4()
    twice = [
        lambda: actions.allow_sharing_all(town.anna, sharings=[new_sharing(town, person, key=key)]),
        lambda: actions.release_secrecy_all(town.anna, releases=[new_release(person, key=key)]),
        lambda: actions.note_agreements(town.anna, agreements=[new_agreement(person, key=key)]),
    ]
    for act in twice:
        assert act() == [key]
        with pytest.raises(actions.AlreadyNotedError):
            act()
    assert counts(town) == [1, 1, 1]


def test_each_can_be_ended_and_stays_to_be_read(town: Town) -> None:
    person, day = town.sam.pseudonym_id, date(2026, 4, 20)
    sharing, release, agreement = note_three(town, person)
    actions.end_sharing(town.bram, key=sharing, ended_on=day)
    actions.withdraw_release(town.bram, key=release, withdrawn_on=day)
    actions.withdraw_agreement(town.bram, key=agreement, withdrawn_on=day)
    cards = sharing_of(town.anna, pseudonym_id=person)
    assert (cards.sharings[0].ends_on, cards.sharings[0].ended_by) == (day, "Bram Testema")
    assert (cards.releases[0].withdrawn_on, cards.agreements[0].withdrawn_on) == (day, day)
    assert not cards.sharings[0].runs
    assert not cards.releases[0].runs
    assert not cards.agreements[0].runs
    with pytest.raises(ActionRefusedError, match="al gestopt"):
        actions.end_sharing(town.anna, key=sharing, ended_on=day)
    with pytest.raises(ActionRefusedError, match="al gestopt"):
        actions.withdraw_release(town.anna, key=release, withdrawn_on=day)
    with pytest.raises(ActionRefusedError, match="al gestopt"):
        actions.withdraw_agreement(town.anna, key=agreement, withdrawn_on=day)


def test_something_may_stop_on_the_day_it_began_but_not_before_or_later_than_today(
    town: Town,
) -> None:
    person = town.sam.pseudonym_id
    sharing, release, agreement = note_three(town, person)
    for day in (NOTED_ON - timedelta(days=1), date(2026, 5, 2)):
        with pytest.raises(ActionRefusedError):
            actions.end_sharing(town.anna, key=sharing, ended_on=day)
        with pytest.raises(ActionRefusedError):
            actions.withdraw_release(town.anna, key=release, withdrawn_on=day)
        with pytest.raises(ActionRefusedError):
            actions.withdraw_agreement(town.anna, key=agreement, withdrawn_on=day)
    actions.end_sharing(town.anna, key=sharing, ended_on=NOTED_ON)
    [card] = sharing_of(town.anna, pseudonym_id=person).sharings
    assert (card.starts_on, card.ends_on, card.runs) == (NOTED_ON, NOTED_ON, False)


def test_what_ran_out_as_agreed_was_ended_by_nobody(town: Town) -> None:
    person, day = town.sam.pseudonym_id, date(2026, 4, 1)
    [key] = actions.allow_sharing_all(town.anna, sharings=[new_sharing(town, person, ends_on=day)])
    actions.release_secrecy_all(town.anna, releases=[new_release(person, until=day)])
    cards = sharing_of(town.anna, pseudonym_id=person)
    assert (cards.sharings[0].runs, cards.sharings[0].ended_by) == (False, "")
    assert not cards.releases[0].runs
    with pytest.raises(ActionRefusedError, match="al gestopt"):
        actions.end_sharing(town.anna, key=key, ended_on=day)


def test_refusing_support_changes_nothing_else(town: Town) -> None:
    person = town.roos_file
    talk(town.anna, person, NOTED_ON)
    note_three(town, person.pseudonym_id)
    before = everything_about(town, person.pseudonym_id)
    refusal = new_agreement(person.pseudonym_id, agreed=False, about="Een cursus")
    [key] = actions.note_agreements(town.anna, agreements=[refusal])
    assert everything_about(town, person.pseudonym_id) == before
    with pytest.raises(ActionRefusedError):
        actions.withdraw_agreement(town.anna, key=key, withdrawn_on=NOTED_ON)


def test_withdrawing_agreement_changes_nothing_else(town: Town) -> None:
    person = town.roos_file
    talk(town.anna, person, NOTED_ON)
    _sharing, _release, agreement = note_three(town, person.pseudonym_id)
    before = everything_about(town, person.pseudonym_id)
    actions.withdraw_agreement(town.anna, key=agreement, withdrawn_on=clock.today())
    assert everything_about(town, person.pseudonym_id) == before


def everything_about(town: Town, pseudonym_id: int) -> tuple[object, ...]:
    """Return what stands about somebody, apart from agreements."""
    cards = sharing_of(town.anna, pseudonym_id=pseudonym_id)
    return (
        cards.sharings,
        cards.releases,
        wishes_of(town.anna, pseudonym_id=pseudonym_id),
        placements_of(town.anna, pseudonym_id=pseudonym_id),
        list(Entry.objects.visible_to(town.system).order_by("pk").values()),
    )


def test_the_number_of_questions_is_the_same_for_many(town: Town) -> None:
    person = town.sam.pseudonym_id
    assert asked_with(town, person, 10) == asked_with(town, person, 190)
    assert len(sharing_of(town.anna, pseudonym_id=person).sharings) == 200


def asked_with(town: Town, person: int, more: int) -> int:
    actions.allow_sharing_all(town.anna, sharings=[new_sharing(town, person)] * more)
    actions.release_secrecy_all(town.anna, releases=[new_release(person)] * more)
    actions.note_agreements(town.anna, agreements=[new_agreement(person)] * more)
    with CaptureQueriesContext(connection) as asked:
        sharing_of(town.anna, pseudonym_id=person)
    return len(asked)
