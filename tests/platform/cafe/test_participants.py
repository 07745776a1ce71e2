import pytest
from django.conf import settings

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.keys import hash_token, read_key
from alpclusters.platform.cafe.domain.participants import (
    describe_participant,
    find_open_cafe,
    join,
    leave,
    participants_of,
)
from alpclusters.platform.cafe.domain.ratings import record_ratings
from alpclusters.platform.cafe.models import Participant, Rating
from tests.factories.cafe import NOW, choice, join_cafe, make_draft, make_open_cafe
from tests.factories.evaluation import make_region

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_code_is_found_however_it_is_written():
    cafe = make_open_cafe()

    assert find_open_cafe(f" {cafe.code[:4].lower()}-{cafe.code[4:]} ") == cafe


def test_unknown_draft_and_closed_codes_give_the_same_nothing():
    closed = close_cafe(make_open_cafe(), by=None, now=NOW)
    codes = ["22222222", "not a code", make_draft().code, closed.code]

    assert [find_open_cafe(code) for code in codes] == [None] * 4


def test_only_the_hash_of_the_token_is_stored():
    joined = join_cafe(make_open_cafe())

    stored = Participant.objects.values().get(pk=joined.participant.pk)

    assert stored["token_hash"] == hash_token(
        read_key(settings.HOME, joined.participant.cafe_id), joined.token
    )
    assert joined.token not in str(stored)
    assert len(joined.token) >= 22


def test_consent_is_stored_with_time_and_version_of_the_text():
    person = join_cafe(make_open_cafe()).participant

    assert person.consented_at == NOW
    assert person.consent_version


def test_token_leads_back_to_the_same_person():
    joined = join_cafe(make_open_cafe())

    assert participants_of([joined.token, "another"]) == {joined.token: joined.participant}


def test_closed_cafe_lets_nobody_in():
    cafe = close_cafe(make_open_cafe(), by=None, now=NOW)

    with pytest.raises(StateError, match="not_open"):
        join(cafe, language="de", now=NOW)


def test_profile_may_stay_empty_and_unknown_roles_are_dropped():
    person = join_cafe(make_open_cafe()).participant

    describe_participant(person, region=make_region("DE1"), role="emperor")

    person.refresh_from_db()
    assert (person.region.code, person.role) == ("DE1", "")


def test_leaving_deletes_the_person_with_all_ratings():
    cafe = make_open_cafe()
    one, other = join_cafe(cafe).participant, join_cafe(cafe).participant
    record_ratings(one, [choice(cafe, 4)], now=NOW)
    record_ratings(other, [choice(cafe, 2)], now=NOW)

    leave(one)

    assert list(Participant.objects.all()) == [other]
    assert list(Rating.objects.values_list("value", flat=True)) == [2]


def test_nobody_leaves_a_closed_cafe():
    cafe = make_open_cafe()
    person = join_cafe(cafe).participant
    close_cafe(cafe, by=None, now=NOW)

    with pytest.raises(StateError, match="not_open"):
        leave(person)
