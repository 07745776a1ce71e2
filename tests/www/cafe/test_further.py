"""Looking for the best few: what a phone or form is asked next, what a facilitator is told."""

import random

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.live import gateway
from alpclusters.platform.cafe.domain import asking
from alpclusters.platform.cafe.domain.answers import build_sheet
from alpclusters.platform.cafe.domain.asking import further_order, known_of
from alpclusters.platform.cafe.models import AlpCafe, Participant, Phase
from alpclusters.platform.measures.models import Measure
from tests.factories.cafe import choice, join_cafe, make_open_cafe, send

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

KEYS = [f"type-{n:02d}" for n in range(12)]
# Two clear ones, two about the place where the best three end, eight far below.
TRUTH = [4.8, 4.7, 3.6, 3.5, *[1.6] * 8]


@pytest.fixture
def cafe():
    made = make_open_cafe(measures=KEYS, criteria=["effectiveness"])
    AlpCafe.objects.filter(pk=made.pk).update(best_k=3)
    made.refresh_from_db()
    return made


def rate(cafe, people: int, seed: int = 0) -> None:
    """Let people answer about eight measures each, by what the measures are worth."""
    chance = random.Random(seed)  # noqa: S311 - invented answers
    for _ in range(people):
        person = join_cafe(cafe).participant
        own = chance.gauss(0, 0.5)
        chosen = chance.sample(range(len(KEYS)), 8)
        values = [round(min(5, max(1, TRUTH[m] + own + chance.gauss(0, 0.7)))) for m in chosen]
        send(
            person, *(choice(cafe, v, measure=KEYS[m]) for m, v in zip(chosen, values, strict=True))
        )
    asking._known.clear()


def phone_of(cafe) -> tuple[Client, Participant]:
    joined = join_cafe(cafe)
    client = Client()
    client.cookies["cafe"] = joined.token
    return client, joined.participant


def ask(client, cafe, at, **headers):
    return client.post(reverse("cafe:further", args=[cafe.pk]), {"at": at}, headers=headers)


def at_the_edge(cafe) -> set[int]:
    return {m.pk for m in cafe.measures.filter(key__in=KEYS[2:4])}


def test_what_decides_comes_next_and_what_was_shown_stays(cafe):
    rate(cafe, 30)
    client, person = phone_of(cafe)
    before = gateway.me(cafe.pk, person.pk)["order"]

    order = ask(client, cafe, 4).json()["order"]

    assert order[:4] == before[:4]
    assert sorted(order) == sorted(before)
    assert at_the_edge(cafe) <= set(order[:8])
    assert gateway.me(cafe.pk, person.pk)["order"] == order
    person.refresh_from_db()
    assert [leaf.measure.pk for leaf in build_sheet(person).leaves] == order


def test_what_is_answered_further_behind_stays_where_it_is(cafe):
    rate(cafe, 30)
    _, person = phone_of(cafe)
    before = gateway.me(cafe.pk, person.pk)["order"]
    key = Measure.objects.get(pk=before[6]).key
    send(person, choice(cafe, 3, measure=key))

    order = further_order(person, 4)

    assert order[:7] == before[:7]


def test_below_ten_people_nothing_is_told_by_the_order(cafe):
    rate(cafe, 9)
    client, _ = phone_of(cafe)

    assert ask(client, cafe, 4).json() == {"order": []}
    assert known_of(cafe).state is None


@pytest.mark.parametrize("best_k", [0, 12])
def test_an_alpcafe_that_does_not_look_for_the_best_keeps_every_order(cafe, best_k):
    AlpCafe.objects.filter(pk=cafe.pk).update(best_k=best_k)
    rate(cafe, 12)
    client, _ = phone_of(cafe)

    assert ask(client, cafe, 4).json() == {"order": []}


def test_only_who_has_joined_and_only_our_own_pages_are_answered(cafe):
    client, _ = phone_of(cafe)

    assert ask(Client(), cafe, 4).status_code == 401
    assert ask(client, cafe, 4, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert ask(client, cafe, "-1").json() == ask(client, cafe, "").json() == {"order": []}
    assert client.get(reverse("cafe:further", args=[cafe.pk])).status_code == 405


def test_in_the_second_rating_no_order_changes(cafe):
    rate(cafe, 12)
    AlpCafe.objects.filter(pk=cafe.pk).update(phase=Phase.RATING_2)
    client, _ = phone_of(cafe)

    assert ask(client, cafe, 4).json() == {"order": []}


def test_a_form_without_scripts_goes_on_in_the_same_way(cafe):
    rate(cafe, 30)
    client, person = phone_of(cafe)

    client.post(reverse("cafe:profile"), {"role": ""})
    person.refresh_from_db()
    first = person.measure_order
    assert at_the_edge(cafe) & set(first[:4])
    client.post(reverse("cafe:rate", args=[4]), {"go": "next"})

    person.refresh_from_db()
    assert person.measure_order[:4] == first[:4]
    assert at_the_edge(cafe) <= set(person.measure_order[:8])


def test_answers_are_looked_at_once_in_a_quarter_of_a_minute(cafe, django_assert_max_num_queries):
    rate(cafe, 12)
    _, person = phone_of(cafe)
    further_order(person, 4)

    with django_assert_max_num_queries(1):  # the person's own answers
        further_order(person, 8)


def test_enough_is_said_when_the_best_are_told_apart(cafe):
    rate(cafe, 40)
    found = {}
    for best in (2, 8):  # two stand out; the eighth is one of eight alike
        cafe.best_k = best
        asking._known.clear()
        found[best] = known_of(cafe).is_enough

    assert found == {2: True, 8: False}
