"""Families of initiatives: each tie, real overlaps, all pairs as a check, no quadratic growth."""

from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.certainty import Undertaking, find_families
from alpclusters.analysis.certainty.families import shifted
from alpclusters.analysis.errors import AnalysisError, DuplicateError

pytestmark = pytest.mark.unit


def bodies(first, last):
    return frozenset(f"body:{k}" for k in range(first, last))


def families(*undertakings):
    found = {}
    for one, family in find_families(undertakings).value:
        found.setdefault(family, []).append(one)
    return sorted(found.values())


# --- each tie -------------------------------------------------------------------------------------


def test_declared_follow_up_ties():
    found = find_families([Undertaking(1), Undertaking(2, follows=1), Undertaking(3, follows=99)])

    assert found.value == ((1, 1), (2, 1), (3, 3))
    assert [(t.first, t.second, t.rule) for t in found.reasons] == [(1, 2, "follows")]


@pytest.mark.parametrize(
    ("n_first", "n_second", "shared", "jaccard"),
    [
        # Counted at keep.eu: AlpClusters 2020 and ALPLASTICS, then with one region resolved.
        (7, 7, 3, 0.2727),
        (7, 7, 4, 0.4),
        # MINI EUROPE and SMART EUROPE.
        (10, 11, 7, 0.5),
    ],
)
def test_overlap_of_partners_ties_from_one_half(n_first, n_second, shared, jaccard):
    first = bodies(0, n_first)
    second = bodies(n_first - shared, n_first - shared + n_second)

    found = find_families([Undertaking(1, first), Undertaking(2, second)])

    assert len(first & second) / len(first | second) == pytest.approx(jaccard, abs=1e-4)
    assert (len(set(found.of.values())) == 1) == (jaccard >= 0.5)
    if found.reasons:
        assert dict(found.reasons[0].numbers) == {"jaccard": 0.5, "shared": 7, "bodies": 14}


def led(number, start, end, *, lead="x", kind="matchmaking_event"):
    return Undertaking(
        number, leads=frozenset([lead]), measure_types=frozenset([kind]), start=start, end=end
    )


FIRST = led(1, date(2010, 1, 1), date(2012, 12, 31))


@pytest.mark.parametrize(
    ("second", "are_one"),
    [
        (led(2, date(2014, 12, 31), date(2016, 1, 1)), True),
        (led(2, date(2015, 1, 1), date(2016, 1, 1)), False),
        (led(2, date(2010, 12, 31), date(2011, 1, 1)), True),
        (led(2, date(2014, 1, 1), None), True),
        (led(2, date(2014, 1, 1), None, lead="y"), False),
        (led(2, date(2014, 1, 1), None, kind="sme_pilot"), False),
        (led(2, None, None), False),
    ],
)
def test_same_lead_and_type_tie_within_two_years_of_the_end(second, are_one):
    assert (len(families(FIRST, second)) == 1) == are_one


def test_tie_by_lead_says_how_many_months_lay_between():
    (tie,) = find_families([FIRST, led(2, date(2014, 3, 1), None)]).reasons

    assert (tie.rule, tie.numbers) == ("same_lead", (("months", 15.0),))


def test_line_of_a_programme_is_no_family_and_ties_nothing():
    line = Undertaking(2, bodies(0, 4), counts=False)

    assert families(Undertaking(1, bodies(0, 4)), line, Undertaking(3, follows=2)) == [[1], [3]]


def test_ties_chain():
    parts = [Undertaking(k, bodies(k, k + 4)) for k in range(5)]

    assert families(*parts) == [[0, 1, 2, 3, 4]]
    assert families(parts[0], parts[4]) == [[0], [4]]


def test_initiatives_without_partners_stay_alone():
    assert families(Undertaking(1), Undertaking(2)) == [[1], [2]]


def test_same_initiative_twice_is_refused():
    with pytest.raises(DuplicateError):
        find_families([Undertaking(1), Undertaking(1)])


def test_end_before_start_is_refused():
    with pytest.raises(AnalysisError):
        find_families([led(1, date(2012, 1, 1), date(2011, 1, 1))])


# --- properties -----------------------------------------------------------------------------------

DAYS = st.integers(0, 4000).map(lambda n: date.fromordinal(date(2008, 1, 1).toordinal() + n))
SMALL = st.lists(
    st.tuples(
        st.frozensets(st.sampled_from("abcdefg"), max_size=5),
        st.frozensets(st.sampled_from("xy"), max_size=1),
        st.frozensets(st.sampled_from("mn"), max_size=2),
        st.one_of(st.none(), st.tuples(DAYS, st.integers(0, 900))),
        st.one_of(st.none(), st.integers(0, 12)),
        st.booleans(),
    ),
    max_size=12,
)


def undertaking(number, parts):
    partners, leads, kinds, span, follows, counts = parts
    start = span and span[0]
    end = span and date.fromordinal(span[0].toordinal() + span[1])
    return Undertaking(number, partners, leads, start, end, kinds, follows, counts or number % 4)


def are_tied(a, b):
    """The rules word by word, for one pair."""
    near = any(
        x.start and y.end and shifted(y.end, -24) <= x.start <= shifted(y.end, 24)
        for x, y in ((a, b), (b, a))
    )
    union = a.bodies | b.bodies
    return (
        a.id == b.follows
        or b.id == a.follows
        or (bool(union) and len(a.bodies & b.bodies) / len(union) >= 0.5)
        or bool(near and a.leads & b.leads and a.measure_types & b.measure_types)
    )


def by_all_pairs(undertakings):
    family = {one.id: one.id for one in undertakings if one.counts}
    for _ in undertakings:
        for a, b in combinations([one for one in undertakings if one.counts], 2):
            if are_tied(a, b):
                family[a.id] = family[b.id] = min(family[a.id], family[b.id])
    return tuple(sorted(family.items()))


@given(SMALL)
@example([(frozenset("abcde"), frozenset(), frozenset(), None, None, True)] * 3)
def test_families_are_those_that_comparing_all_pairs_finds(parts):
    undertakings = [undertaking(k, part) for k, part in enumerate(parts)]

    assert find_families(undertakings).value == by_all_pairs(undertakings)


@given(SMALL, st.randoms())
def test_order_of_initiatives_changes_nothing(parts, random):
    undertakings = [undertaking(k, part) for k, part in enumerate(parts)]
    mixed = random.sample(undertakings, len(undertakings))

    assert find_families(mixed) == find_families(undertakings)


@given(SMALL)
def test_there_is_one_tie_for_everyone_who_joined(parts):
    found = find_families(undertaking(k, part) for k, part in enumerate(parts))

    assert len(found.reasons) == len(found.value) - len(set(found.of.values()))


# --- size -----------------------------------------------------------------------------------------


def many(n, n_partners=8, seed=0):
    """Partners by Zipf's law: a few bodies take part in thousands, as in real archives."""
    random = np.random.default_rng(seed)
    drawn = random.zipf(1.15, (n, n_partners)) % 40_000
    sets = [frozenset(f"body:{k}" for k in row) for row in drawn]
    return [
        Undertaking(
            k, some, leads=frozenset([min(some)]), measure_types=frozenset([f"type:{k % 26}"]),
            start=date(2000 + k % 20, 1, 1), end=date(2002 + k % 20, 12, 31),
        )
        for k, some in enumerate(sets)
    ]  # fmt: skip


def test_many_initiatives_with_a_few_large_bodies_are_told_apart():
    found = find_families(many(5_000))

    assert len(found.value) == 5_000
