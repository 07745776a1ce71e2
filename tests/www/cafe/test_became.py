import json
import re

import pytest
from django.urls import reverse

from alpclusters.platform.cafe.models import Card
from alpclusters.platform.evaluation.domain.protocols import approve
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.storage import digest_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.policy.domain.proofs import derive_findings
from tests.factories.cafe import NOW, make_draft
from tests.factories.evaluation import make_project, make_snapshot
from tests.factories.judging import along_a_line, two_camps
from tests.factories.protocols import make_held_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def held():
    return make_held_cafe()


def place(cafe):
    return reverse("cafe:became", args=[cafe.pk])


def ask(client, cafe, **body):
    return client.post(place(cafe), json.dumps(body), content_type="application/json")


def test_page_is_the_same_for_everybody_and_names_no_card(client, held):
    page = client.get(place(held)).content.decode()

    assert not any(card.public_id in page for card in held.cards.all())
    assert "js/cafe/became.js" in page


def test_phone_learns_what_became_of_its_cards_and_of_no_others(client, held):
    mine, other = held.cards.order_by("pk")[:2]
    Card.objects.filter(pk=mine.pk).update(text="my own thought")
    Card.objects.filter(pk=other.pk).update(text="somebody else")

    answer = ask(client, held, ids=[mine.public_id, "card-of-another-hall"]).content.decode()

    assert "my own thought" in answer
    assert "Regeln passen nicht zusammen" in answer
    assert "somebody else" not in answer
    assert "1 card was taken back" in answer


def test_reason_of_a_hidden_card_is_told_to_its_phone(client, held):
    card = held.cards.first()
    Card.objects.filter(pk=card.pk).update(state=Card.State.HIDDEN, hidden_reason="names a person")

    assert "names a person" in ask(client, held, ids=[card.public_id]).content.decode()


def test_it_works_after_the_seal_without_any_token(client, held):
    held.sealed_at = NOW
    held.save()
    held.participants.update(token_hash=None)

    assert "My cards" in ask(client, held, ids=[held.cards.first().public_id]).content.decode()


def test_rated_measures_lead_to_findings_once_they_are_public(client, held):
    measure = held.measures.first()
    before = ask(client, held, measures=[measure.pk]).content.decode()
    version = approve(held, None, NOW)
    snapshot = held.snapshots.get(number=version.data["snapshot"])
    derive_findings(snapshot, measure, by=None, now=NOW)
    hidden = ask(client, held, measures=[measure.pk]).content.decode()
    release_snapshot(snapshot, now=NOW)

    after = ask(client, held, measures=[measure.pk]).content.decode()

    assert "Measures I rated" not in before + hidden
    assert "Measures I rated" in after
    assert "n\u00a0=\u00a0" in after


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"ids": 7}', b'{"ids": [1, null, "' + b"x" * 99 + b'"]}']
)
def test_what_is_no_question_gets_an_empty_answer(client, held, body):
    answer = client.post(place(held), body, content_type="application/json")

    assert answer.status_code == 200
    assert "Nothing is known" in answer.content.decode()


def test_nothing_is_known_of_drafts_and_titles_of_private_projects_stay_private(client):
    private = make_held_cafe(project=make_project(is_public=False))

    assert client.get(place(make_draft())).status_code == 404
    page = client.get(place(private)).content.decode()
    assert private.title not in page


def test_asking_writes_nothing_and_is_kept_by_no_cache(client, held, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        answer = ask(client, held, ids=[card.public_id for card in held.cards.all()])

    assert answer.headers["Cache-Control"] == "no-store"


def test_page_says_what_the_public_evaluation_says_of_camps_and_nothing_before(client):
    cafe = two_camps(60)
    snapshot = make_snapshot(cafe=cafe)
    said = "Opinion camps: at least two"
    assert said not in client.get(place(cafe)).content.decode()

    release_snapshot(snapshot, now=NOW, by=None)

    page = client.get(place(cafe)).content.decode()
    assert said in page
    assert f"/evaluations/{snapshot.pk}/#opinions" in page


def own_map_of(page):
    found = re.search(r'<script id="own-map" type="application/json">(.*?)</script>', page)
    return json.loads(found[1]) if found else None


def test_phones_get_the_map_and_what_they_need_to_find_their_own_place_on_it(client):
    cafe = along_a_line()
    release_snapshot(make_snapshot(cafe=cafe), now=NOW, by=None)

    page = client.get(place(cafe)).content.decode()
    told = own_map_of(page)

    assert told["kind"] == "axis"
    pairs = {f"{m.pk}:{c.pk}" for m in cafe.measures.all() for c in cafe.criteria.all()}
    assert told["items"].keys() == pairs
    assert all(told["ends"])
    assert 'class="lines opmap"' in page
    assert 'id="own-place"' in page


def test_camps_have_a_middle_each_and_no_axis(client):
    cafe = two_camps(60)
    release_snapshot(make_snapshot(cafe=cafe), now=NOW, by=None)

    told = own_map_of(client.get(place(cafe)).content.decode())

    assert told["kind"] == "camps"
    assert [letter for letter, _x, _y in told["groups"]] == ["A", "B"]
    assert told["cuts"] == [2, 4]


def test_evaluation_that_tells_phones_nothing_leaves_the_verdict_and_the_way_to_the_map(client):
    cafe = along_a_line()
    snapshot = make_snapshot(cafe=cafe)
    del snapshot.data["opinion"]["own"]
    snapshot.digest = digest_of(snapshot.data)
    Snapshot.objects.filter(pk=snapshot.pk).update(data=snapshot.data, digest=snapshot.digest)
    release_snapshot(snapshot, now=NOW, by=None)

    page = client.get(place(cafe)).content.decode()

    assert own_map_of(page) is None
    assert "opmap" not in page
    assert f"/evaluations/{snapshot.pk}/#opinions" in page
