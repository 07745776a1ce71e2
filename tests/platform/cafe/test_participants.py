import pytest
from django.conf import settings

from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.keys import hash_token, read_key
from alpclusters.platform.cafe.domain.proxies import find_open_cafe, participants_of
from alpclusters.platform.cafe.models import Device, Participant
from tests.factories.cafe import NOW, join_cafe, make_draft, make_open_cafe, new_token

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


def test_a_further_phone_leads_to_the_same_person():
    joined = join_cafe(make_open_cafe())
    other = new_token(joined.participant.cafe_id)
    key = read_key(settings.HOME, joined.participant.cafe_id)
    Device.objects.create(participant=joined.participant, token_hash=hash_token(key, other))

    assert participants_of([joined.token, other]) == {
        joined.token: joined.participant,
        other: joined.participant,
    }
