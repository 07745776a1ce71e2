"""The order in which measures are asked: each as often as any other, and kept once it is given."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.live import gateway
from alpclusters.platform.cafe.domain.answers import build_sheet
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from alpclusters.platform.cafe.domain.orders import Deal, kept_order
from alpclusters.platform.cafe.models import CafeMeasure, Participant
from tests.factories.cafe import make_open_cafe
from tests.factories.evaluation import make_measure

TYPES = list(range(1, 27))


def deal(people: int, *, measures=TYPES, dealt=None, seed: int = 0) -> list[list[int]]:
    """Give so many people an order, one after the other."""
    chance = random.Random(seed)  # noqa: S311 - lots
    dealt = dealt or Deal()
    orders = []
    for _ in range(people):
        orders.append(dealt.order(measures, chance))
        dealt.note(orders[-1])
    return orders


def dealt_again(dealt: Deal, seed: int) -> int:
    """Draw what would come first now, without counting it."""
    [order] = deal(1, measures=[1, 2], dealt=dealt, seed=seed)
    dealt.forget(order)
    return order[0]


def spread(orders: list[list[int]], first: int, measures=TYPES) -> int:
    """Most minus least shown, if everybody stops after so many."""
    shown = Counter(measure for order in orders for measure in order[:first])
    return max(shown[m] for m in measures) - min(shown[m] for m in measures)


@pytest.mark.parametrize("seed", range(5))
def test_sixty_people_who_rate_eight_of_26_show_each_alike(seed):
    orders = deal(60, seed=seed)

    assert spread(orders, 8) <= 2
    # An order of chance for each, as people had it before.
    assert spread([kept_order([], TYPES, pk) for pk in range(60)], 8) > 8


@pytest.mark.parametrize("first", [1, 2, 5, 8, 13, 20, 26])
@pytest.mark.parametrize("people", [7, 26, 60, 100])
def test_it_is_even_wherever_people_stop_and_however_many_came(people, first):
    assert spread(deal(people), first) <= 3


def test_who_is_asked_which_measures_together_hangs_on_chance():
    pairs = Counter(
        pair
        for order in deal(300)
        for pair in ((a, b) for a in order[:8] for b in order[:8] if a < b)
    )

    # 300 · 8 · 7 / (26 · 25) = 26 on average: each pair of measures has people who rated both.
    assert len(pairs) == 26 * 25 / 2
    assert min(pairs.values()) >= 8


def test_a_measure_added_later_comes_first_until_it_was_shown_as_often():
    dealt = Deal()
    before = deal(52, dealt=dealt)

    after = deal(52, measures=[*TYPES, 27], dealt=dealt, seed=1)

    assert after[0][0] == 27
    assert spread(before + after, 8, [*TYPES, 27]) <= 3


def test_who_leaves_is_no_longer_counted():
    dealt = Deal()
    [first] = deal(1, measures=[1, 2], dealt=dealt)
    dealt.forget(first)

    assert {dealt_again(dealt, seed) for seed in range(20)} == {1, 2}


@given(st.lists(st.integers(1, 40), unique=True), st.lists(st.integers(1, 40), unique=True))
def test_an_order_has_each_measure_of_the_table_once_and_keeps_what_was_given(asked, table):
    found = kept_order(asked, table, 7)

    assert sorted(found) == sorted(table)
    assert [m for m in found if m in asked] == [m for m in asked if m in table]
    assert found == kept_order(asked, table, 7)


@pytest.fixture
def cafe():
    return make_open_cafe(measures=[f"type-{n:02d}" for n in TYPES])


def join(cafe, people: int) -> list[Participant]:
    for n in range(people):
        key = f"key-of-a-phone-{n:07d}"
        gateway.join(cafe.pk, language="de", consent=CONSENT_VERSION, key=key, known_token=None)
    return list(cafe.participants.order_by("pk"))


@pytest.mark.integration
@pytest.mark.django_db
def test_phones_and_forms_have_the_order_that_was_given_at_the_join(cafe):
    people = join(cafe, 60)

    forms = [[leaf.measure.pk for leaf in build_sheet(person).leaves] for person in people]

    assert forms == [gateway.me(cafe.pk, person.pk)["order"] for person in people]
    assert spread(forms, 8, list(cafe.measures.values_list("pk", flat=True))) <= 2


@pytest.mark.integration
@pytest.mark.django_db
def test_an_order_stays_when_others_join_or_leave_and_a_new_measure_comes_behind(cafe):
    first, second, *_ = join(cafe, 3)
    before = gateway.me(cafe.pk, first.pk)["order"]

    second.delete()
    late = make_measure("late")
    CafeMeasure.objects.create(cafe=cafe, measure=late, order=99)

    assert gateway.me(cafe.pk, first.pk)["order"] == [*before, late.pk]
