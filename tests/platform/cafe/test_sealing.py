import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import serializers

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.keys import ensure_key, read_key
from alpclusters.platform.cafe.domain.proxies import participants_of
from alpclusters.platform.cafe.domain.sealing import due, seal_due
from alpclusters.platform.cafe.models import (
    Card,
    Comment,
    Feedback,
    Invitation,
    PaperSheet,
    Participant,
    Phase,
    Rating,
    Support,
    TopThree,
)
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from tests.factories.cafe import NOW, join_cafe, make_open_cafe
from tests.factories.evaluation import join, rate
from tests.factories.halls import do, fill_hall, go, make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path


@pytest.fixture
def cafe():
    """A hall with everything a person can leave behind, closed."""
    found = go(make_open_hall(), Phase.RATING)
    fill_hall(found)
    joined = join_cafe(found)
    person, other = joined.participant, found.participants.first()
    rate(person, 5)
    rate(person, 2, round=2)
    measure = found.measures.first()
    TopThree.objects.create(
        cafe=found, participant=person, key="top", seq=77, measures=["fair"], received_at=NOW
    )
    Comment.objects.create(
        cafe=found, participant=person, measure=measure, text="Why", received_at=NOW
    )
    Feedback.objects.create(cafe=found, participant=person, answers={"heard": 4}, received_at=NOW)
    card = Card.objects.create(
        cafe=found, public_id="card", seq=9, participant=person, text="A", received_at=NOW
    )
    Support.objects.create(card=card, participant=other)
    PaperSheet.objects.create(cafe=found, number="12345", participant=other)
    found.guests.create(number=901, name="Jane Doe", participant=person)
    Invitation.objects.create(cafe=found, name="Jane Doe", token_hash="abc")
    do(found, "announce", text="Jane Doe, please come to the door")
    do(found, "close", now=NOW + 61 * MINUTE)
    found.joined = joined
    return found


def paired(cafe):
    """What people answered, person by person, without their numbers."""
    people = [
        sorted(
            (r.measure_id, r.criterion_id, r.round, r.value or 0, r.source)
            for r in person.ratings.all()
        )
        for person in cafe.participants.all()
    ]
    return sorted(people)


def test_answers_of_a_person_stay_together_and_nobody_is_lost(cafe):
    before = paired(cafe)

    do(cafe, "seal", now=NOW + 90 * MINUTE)

    assert paired(cafe) == before
    assert (cafe.phase, cafe.sealed_at) == (Phase.SEALED, NOW + 90 * MINUTE)
    for model in (TopThree, Comment, Feedback, Support):
        assert model.objects.count() == 1
    assert TopThree.objects.get().participant_id == Comment.objects.get().participant_id


def test_token_leads_to_nobody_and_the_key_is_gone(cafe, django_capture_on_commit_callbacks):
    assert participants_of([cafe.joined.token])

    with django_capture_on_commit_callbacks(execute=True):
        do(cafe, "seal")

    assert read_key(settings.HOME, cafe.pk) is None
    assert participants_of([cafe.joined.token]) == {}


def test_no_hash_key_name_or_moment_is_left(cafe):
    person = cafe.joined.participant

    do(cafe, "seal", now=NOW + 90 * MINUTE)

    assert not Participant.objects.filter(cafe=cafe).exclude(token_hash=None).exists()
    assert not Participant.objects.filter(cafe=cafe).exclude(recovery_hash="").exists()
    assert not Rating.objects.filter(cafe=cafe).exclude(key=None).exists()
    assert set(cafe.guests.values_list("name", "participant")) == {("", None)}
    assert Card.objects.get().participant is None
    left = serializers.serialize(
        "json",
        [*cafe.participants.all(), *cafe.ratings.all(), *cafe.guests.all(), *cafe.entries.all()],
    )
    for trace in (person.token_hash, "Jane Doe, please", "key-"):
        assert trace not in left
    assert set(cafe.invitations.values_list("token_hash", flat=True)) == {""}


def test_numbers_do_not_tell_the_order_of_joining():
    cafe = make_open_cafe()
    for number in range(40):
        person = join(cafe)
        person.level = str(number)
        person.save()
    last = person.pk

    do(cafe, "close")
    do(cafe, "seal")

    order = [
        int(level) for level in cafe.participants.order_by("pk").values_list("level", flat=True)
    ]
    assert sorted(order) == list(range(40))
    assert order != sorted(order)
    assert cafe.participants.order_by("pk").first().pk > last


def test_positions_are_numbered_anew_by_person_and_keep_the_order_of_one(cafe):
    do(cafe, "seal")

    rows = list(cafe.ratings.order_by("pk").values_list("participant_id", "seq"))

    assert [seq for _person, seq in rows] == list(range(1, len(rows) + 1))
    people = [person for person, _seq in rows]
    assert people == sorted(people)


def test_times_are_those_of_the_phase(cafe):
    late = NOW + 40 * MINUTE
    cafe.ratings.update(received_at=late)

    do(cafe, "seal")

    assert set(cafe.ratings.values_list("received_at", flat=True)) == {NOW}


def test_log_tells_the_course_and_nothing_of_people(cafe):
    do(cafe, "seal", now=NOW + 90 * MINUTE)

    told = dict(cafe.entries.values_list("command", "after"))

    assert told["close"]["phase"] == Phase.CLOSED
    assert told["announce"] == {}
    assert json.dumps(list(cafe.entries.values_list("arguments", flat=True))).count("Jane") == 0


def test_released_results_stay(cafe):
    do(cafe, "release", block="heat", now=NOW + 62 * MINUTE)
    before = released_results(cafe)

    do(cafe, "seal", now=NOW + 90 * MINUTE)

    assert released_results(cafe) == before


def test_sealed_takes_no_command(cafe):
    do(cafe, "seal")

    for name in ("reopen", "next", "announce", "seal"):
        with pytest.raises(StateError, match="sealed"):
            do(cafe, name)


def test_seals_by_itself_when_the_grace_is_over(cafe):
    closed = cafe.closed_at

    early = seal_due(closed + 14 * MINUTE)
    sealed = seal_due(closed + 15 * MINUTE)

    assert (early, sealed) == ([], [cafe.pk])
    assert due(closed + 99 * MINUTE) == []


def test_key_that_a_crash_left_behind_is_destroyed(cafe):
    do(cafe, "seal")
    ensure_key(settings.HOME, cafe.pk)

    seal_due(NOW)

    assert read_key(settings.HOME, cafe.pk) is None
