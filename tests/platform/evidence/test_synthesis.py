"""What lasted: every count against a plain loop, what counts, where, and what is kept in memory."""

from collections import defaultdict

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import example, given
from hypothesis import strategies as st

from alpclusters.analysis.certainty import OUTCOMES
from alpclusters.platform.evidence.domain.families import refresh_families
from alpclusters.platform.evidence.domain.synthesis import counting, evidence_of_measure_type
from alpclusters.platform.evidence.domain.synthesis import flat as keeping
from alpclusters.platform.evidence.domain.synthesis.counting import Counts, Selection
from alpclusters.platform.evidence.domain.synthesis.flat import (
    Codes,
    Dimension,
    Flat,
    SynthesisQuery,
    flat_evidence,
    read_flat,
)
from alpclusters.platform.evidence.models import Activity, Initiative
from tests.factories.evidence import (
    make_activity,
    make_initiative,
    make_participation,
    make_programme,
)
from tests.factories.territory import make_region

ROWS = st.lists(
    st.tuples(
        st.integers(0, 3),  # family
        st.integers(0, 3),  # outcome
        st.integers(-1, 40),  # months
        st.booleans(),  # simulated
        st.sampled_from("xyz"),  # type
        st.frozensets(st.sampled_from("ABC")),  # countries
        st.sampled_from(["", "members"]),  # payer
    ),
    max_size=25,
)
QUERIES = st.builds(
    SynthesisQuery,
    chosen=st.dictionaries(
        st.sampled_from([Dimension.COUNTRY, Dimension.PAYER]), st.sampled_from(["A", "members"])
    ),
    months=st.sampled_from([0, 12, 24]),
    is_simulated=st.booleans(),
)


def flat_of(rows):
    return Flat(
        family=np.array([row[0] for row in rows], dtype=np.int64),
        n_families=4,
        outcome=np.array([row[1] for row in rows], dtype=np.int64),
        months=np.array([row[2] for row in rows], dtype=np.int64),
        is_simulated=np.array([row[3] for row in rows], dtype=bool),
        has_own_place=np.ones(len(rows), dtype=bool),
        by={
            Dimension.TYPE: Codes.of_each([row[4] for row in rows]),
            Dimension.COUNTRY: Codes.of_several([sorted(row[5]) for row in rows]),
            Dimension.PAYER: Codes.of_each([row[6] for row in rows]),
        },
    )


def plainly(rows, query):
    """The same counts, one activity at a time."""
    best, activities = defaultdict(dict), defaultdict(lambda: [0] * 4)
    for family, outcome, months, simulated, kind, countries, payer in rows:
        has = {Dimension.COUNTRY: countries, Dimension.PAYER: {payer}}
        if simulated != query.is_simulated:
            continue
        if any(value not in has[dimension] for dimension, value in query.chosen.items()):
            continue
        is_young = query.months and months < query.months
        shown = 3 if outcome < 2 and is_young else outcome
        for country in countries:
            cell = best[kind, country]
            cell[family] = min(shown, cell.get(family, 3))
            activities[kind, country][shown] += 1
    return {
        key: Counts(
            tuple(sum(v == k for v in cell.values()) for k in range(4)), tuple(activities[key])
        )
        for key, cell in best.items()
    }


@pytest.mark.unit
@given(ROWS, QUERIES)
@example([(0, 0, -1, False, "x", frozenset("A"), "")], SynthesisQuery(months=0))
def test_counts_are_those_of_a_plain_loop(rows, query):
    selection = Selection.of(flat_of(rows), query)

    assert selection.by_two(Dimension.TYPE, Dimension.COUNTRY) == plainly(rows, query)


@pytest.mark.unit
@given(ROWS)
def test_large_tables_are_counted_as_small_ones(rows):
    flat = flat_of(rows)
    pairs = flat.family * 4 + flat.outcome

    small, large = (counting._best(pairs, flat.outcome, n) for n in (20, counting._LARGE + 1))

    assert [column.tolist() for column in small] == [column.tolist() for column in large]


@pytest.mark.unit
@given(ROWS, QUERIES)
def test_total_counts_every_family_once(rows, query):
    selection = Selection.of(flat_of(rows), query)
    total, by_type = selection.total(), selection.by(Dimension.TYPE)

    assert total.n_activities == sum(one.n_activities for one in by_type.values())
    most = max((one.n_families for one in by_type.values()), default=0)
    assert most <= total.n_families <= sum(one.n_families for one in by_type.values())


@pytest.mark.unit
def test_values_of_other_rows_are_taken():
    several = Codes.of_several([["a", "b"], [], ["b"]])

    taken = several.taken(np.array([2, 0, 1, 0]))

    pairs = [(row, taken.labels[code]) for row, code in zip(taken.rows, taken.codes, strict=True)]
    assert pairs == [(0, "b"), (1, "a"), (1, "b"), (3, "a"), (3, "b")]


# --- read from the database -----------------------------------------------------------------------


def counted(dimension=Dimension.TYPE, **query):
    selection = Selection.of(flat_evidence(), SynthesisQuery(**query))
    return {value: found.families for value, found in selection.by(dimension).items()}


@pytest.mark.integration
@pytest.mark.django_db
def test_families_count_once_at_their_best_outcome():
    first = make_initiative()
    second = make_initiative(follows=first)
    make_activity(first, measure_type="sme_pilot", outcome_status="ended")
    make_activity(second, measure_type="sme_pilot", outcome_status="transformed")
    make_activity(measure_type="sme_pilot", outcome_status="")
    refresh_families()

    total = Selection.of(flat_evidence(), SynthesisQuery()).total()

    assert (total.families, total.activities) == ((0, 1, 0, 1), (0, 1, 1, 1))
    assert counted() == {"sme_pilot": (0, 1, 0, 1)}


@pytest.mark.integration
@pytest.mark.django_db
def test_lines_hidden_open_and_simulated_activities_do_not_count():
    make_activity(measure_type="sme_pilot", outcome_status="lasting")
    for initiative in (
        make_initiative(kind="programme_line"),
        make_initiative(is_published=False),
        make_initiative(is_simulated=True),
    ):
        make_activity(initiative, measure_type="sme_pilot", outcome_status="ended")
    make_activity(measure_type="sme_pilot", state="open")
    make_activity(measure_type="sme_pilot", is_simulated=True)

    assert counted() == {"sme_pilot": (1, 0, 0, 0)}
    assert counted(is_simulated=True) == {"sme_pilot": (0, 0, 1, 1)}
    found = evidence_of_measure_type("sme_pilot")
    assert (found.families["lasting"], found.n_families, found.is_simulated) == (1, 1, False)
    invented = evidence_of_measure_type("sme_pilot", is_simulated=True)
    assert (invented.families["lasting"], invented.n_families, invented.is_simulated) == (
        0,
        2,
        True,
    )


@pytest.mark.integration
@pytest.mark.django_db
def test_horizon_makes_what_is_known_for_less_unknown():
    for months in (None, 6, 30):
        make_activity(outcome_status="lasting", outcome_months=months, measure_type="x")
    make_activity(outcome_status="ended", outcome_months=40, measure_type="x")

    assert counted() == {"x": (3, 0, 1, 0)}
    assert counted(months=12) == {"x": (1, 0, 1, 2)}


@pytest.mark.integration
@pytest.mark.django_db
def test_place_is_that_of_the_activity_and_else_that_of_the_partners():
    tyrol, veneto = make_region("AT33"), make_region("ITH3")
    initiative = make_initiative(countries="FR")
    make_participation(initiative, region=veneto, country="IT")
    make_participation(initiative, country="GR")
    make_participation(initiative, country="DE", has_left=True)
    own, by_partners = make_activity(initiative), make_activity(initiative)
    own.regions.add(tyrol)
    make_activity(make_initiative(countries="SI HR"))

    selection = Selection.of(read_flat(), SynthesisQuery())

    assert set(selection.by(Dimension.COUNTRY)) == {"AT", "IT", "GR", "SI", "HR"}
    assert set(selection.by(Dimension.NUTS2)) == {"AT33", "ITH3"}
    assert set(selection.by(Dimension.NUTS1)) == {"AT3", "ITH"}
    assert (selection.n_by_partners(), selection.n_activities) == (2, 3)
    assert by_partners.pk


@pytest.mark.integration
@pytest.mark.django_db
def test_programme_period_sector_audience_scope_and_payer():
    programme = make_programme(family="interreg", period="2007-2013")
    initiative = make_initiative(programme=programme, sectors=["C", "28.41", "62"])
    make_activity(initiative, audience=["smes", "research"], scope="transnational",
                  payer_after=["members"], outcome_status="lasting")  # fmt: skip
    make_activity()

    one, none = (1, 0, 0, 0), (0, 0, 0, 1)
    assert counted(Dimension.PROGRAMME) == {"interreg": one, "": none}
    assert counted(Dimension.PERIOD) == {"2007-2013": one, "": none}
    assert counted(Dimension.SECTOR) == {"C": one, "J": one, "": none}
    assert counted(Dimension.AUDIENCE) == {"smes": one, "research": one, "": none}
    assert counted(Dimension.SCOPE) == {"transnational": one, "": none}
    assert counted(Dimension.PAYER) == {"members": one, "": none}
    assert counted(Dimension.SECTOR, chosen={Dimension.AUDIENCE: "smes"}) == {"C": one, "J": one}


@pytest.mark.integration
@pytest.mark.django_db
def test_nothing_at_all_has_counts_too():
    selection = Selection.of(flat_evidence(), SynthesisQuery())

    assert selection.total() == Counts()
    assert selection.by_two(Dimension.TYPE, Dimension.SECTOR) == {}


@pytest.mark.integration
@pytest.mark.django_db
def test_many_are_kept_until_something_changes(monkeypatch):
    monkeypatch.setattr(keeping, "FEW", 0)
    monkeypatch.setattr(keeping, "_kept", {})
    region = make_region("AT33")
    initiative, activity = make_initiative(), make_activity(measure_type="x")
    flat = flat_evidence()

    with CaptureQueriesContext(connection) as asked:
        assert flat_evidence() is flat
    assert len(asked) == 6

    def change_outcome():
        activity.outcome_status = "ended"
        activity.save()

    for change in (
        change_outcome,
        lambda: make_activity(initiative),
        lambda: activity.regions.add(region),
        lambda: make_participation(initiative, country="AT"),
        lambda: Initiative.objects.filter(pk=initiative.pk).update(family=initiative.pk),
        lambda: Activity.objects.exclude(pk=activity.pk).delete(),
    ):
        before = flat_evidence()
        change()
        assert flat_evidence() is not before
    assert counted() == {"x": (0, 0, 1, 0)}


@pytest.mark.integration
@pytest.mark.django_db
def test_reading_takes_as_many_queries_for_many_as_for_few():
    counts = []
    for n in (1, 4):
        for _ in range(n):
            make_activity()
        with CaptureQueriesContext(connection) as asked:
            flat_evidence()
        counts.append(len(asked))

    assert counts == [5, 5]
    assert len(OUTCOMES) == 4
