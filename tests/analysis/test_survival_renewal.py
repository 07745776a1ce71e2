"""Renewal of partnerships: a small case by hand and the whole of Horizon 2020."""

import csv
import gzip
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.network import incidence
from alpclusters.analysis.survival import (
    at,
    cluster_bootstrap,
    cluster_difference,
    kaplan_meier,
    renewal_spells,
)

pytestmark = pytest.mark.unit

SNAPSHOT = date(2020, 12, 14).toordinal()
COUNTRIES = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
# network.md section 16: n, then the share renewed within 1, 2, 3 years.
RENEWED = {
    "all": (34161, (0.0788, 0.1319, 0.1534)),
    "same country": (12583, (0.1141, 0.1663, 0.1871)),
    "cross-border": (21578, (0.0582, 0.1118, 0.1337)),
}
INTERVALS = {
    "all": ((0.076, 0.082), (0.128, 0.136), (0.148, 0.159)),
    "same country": ((0.109, 0.120), (0.159, 0.174), (0.178, 0.196)),
    "cross-border": ((0.055, 0.062), (0.107, 0.117), (0.127, 0.141)),
}


def day(text):
    return np.nan if text == "NA" else float(date.fromisoformat(text).toordinal())


@pytest.fixture(scope="module")
def horizon(shared):
    path = shared / "data" / "network" / "h2020_participations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    projects = sorted({int(row["rcn"]) for row in table})
    place = {rcn: k for k, rcn in enumerate(projects)}
    size, start, end = (np.full(len(projects), np.nan) for _ in range(3))
    for row in table:
        k = place[int(row["rcn"])]
        size[k] = np.nan_to_num(size[k]) + 1
        start[k], end[k] = day(row["start_date"]), day(row["end_date"])
    here = [row for row in table if row["country"] in COUNTRIES]
    found = incidence([int(r["pic"]) for r in here], [int(r["rcn"]) for r in here])
    country = {int(r["pic"]): r["country"] for r in here}
    kept = [place[rcn] for rcn in found.projects.tolist()]
    spells = renewal_spells(found, start[kept], end[kept], size[kept], snapshot=SNAPSHOT)
    ends = zip(spells.first.tolist(), spells.second.tolist(), strict=True)
    same = np.array([country[a] == country[b] for a, b in ends])
    return spells, {"all": np.ones(len(same), bool), "same country": same, "cross-border": ~same}


@pytest.mark.full
def test_renewals_of_horizon_are_counted_to_the_last_pair(horizon):
    found = horizon[0]

    assert (found.n_pairs, found.n_overlapping) == (41637, 7476)
    assert (len(found.duration), int(found.event.sum())) == (34161, 3805)


@pytest.mark.full
@pytest.mark.parametrize("name", RENEWED)
def test_renewal_table_of_horizon_is_reproduced_to_the_printed_digits(horizon, name):
    found, rows = horizon[0], horizon[1][name]

    curve = kaplan_meier(found.duration[rows], found.event[rows])

    readings = [at(curve, years) for years in (1, 2, 3)]
    shares = tuple(round(1 - r.survival, 4) for r in readings)
    assert (curve.n, shares) == RENEWED[name]
    assert tuple((round(1 - r.high, 3), round(1 - r.low, 3)) for r in readings) == INTERVALS[name]


@pytest.mark.full
def test_intervals_over_projects_are_wider_and_cross_border_still_renews_less(horizon):
    found, rows = horizon
    group = np.where(rows["same country"], "same country", "cross-border")
    columns = (found.duration, found.event, found.project)

    whole = cluster_bootstrap(*columns, times=[1], draws=200).readings[0]
    apart = cluster_difference(*columns, group, times=[1, 2, 3], draws=200)

    assert whole.high - whole.low > 2 * (0.082 - 0.076)
    assert apart.groups == ("cross-border", "same country")
    assert all(reading.low > 0 for reading in apart.readings)
    assert [round(reading.value, 3) for reading in apart.readings] == [0.056, 0.054, 0.053]


# --- small cases ------------------------------------------------------------------------------


def test_pair_that_had_already_started_again_has_no_row():
    found = renewal_spells(
        incidence([1, 2, 1, 2], [10, 10, 11, 11]), [0, 50], [100, 200], [2, 2], snapshot=500
    )

    assert (found.n_pairs, found.n_overlapping, len(found.duration)) == (1, 1, 0)
    assert found.reasons == ("no_spells",)


def test_first_of_equal_starts_is_the_lowest_number():
    found = renewal_spells(
        incidence([1, 2, 1, 2], [11, 11, 10, 10]), [0, 0], [100, 300], [2, 2], snapshot=500
    )

    assert found.project.tolist() == [10]
    assert found.duration.tolist() == pytest.approx([400 / 365.25])


def test_large_and_undated_projects_are_left_out():
    three = incidence([1, 2, 1, 2, 1, 2], [10, 10, 11, 11, 12, 12])

    found = renewal_spells(three, [0, 10, np.nan], [5, 20, 30], [101, 2, 2], snapshot=50)

    assert found.project.tolist() == [11]


def test_planned_project_after_the_snapshot_is_not_known():
    found = renewal_spells(
        incidence([1, 2, 1, 2], [10, 10, 11, 11]), [0, 501], [100, 900], [2, 2], snapshot=500
    )

    assert found.event.tolist() == [0]
    assert found.duration.tolist() == pytest.approx([400 / 365.25])


def test_other_lengths_are_refused():
    with pytest.raises(AnalysisError):
        renewal_spells(incidence([1], [1]), [0, 1], [1], [1], snapshot=5)


TEAMS = st.lists(
    st.tuples(st.sets(st.integers(0, 4), max_size=4), st.integers(0, 20), st.integers(1, 10)),
    max_size=8,
)


@given(TEAMS)
def test_renewals_are_what_the_definition_says(teams):
    rows = [(who, k) for k, (members, _, _) in enumerate(teams) for who in members]
    found = incidence([who for who, _ in rows], [k for _, k in rows])
    kept = found.projects.tolist()
    start = [float(teams[k][1]) for k in kept]
    end = [float(teams[k][1] + teams[k][2]) for k in kept]

    got = renewal_spells(found, start, end, [2] * len(kept), snapshot=22)

    expected = {}
    for pair in combinations(range(5), 2):
        joint = sorted((s, k, s + n) for k, (m, s, n) in enumerate(teams) if set(pair) <= m)
        if not joint or joint[0][2] > 22:
            continue
        (_, project, over), later = joint[0], [s for s, _, _ in joint if s > joint[0][0]]
        if not any(s <= over for s in later):
            after = [s for s in later if s <= 22]
            expected[pair] = (project, (min(after, default=22) - over), int(bool(after)))
    assert (
        dict(
            zip(
                zip(got.first.tolist(), got.second.tolist(), strict=True),
                zip(
                    got.project.tolist(),
                    [round(float(d) * 365.25) for d in got.duration],
                    got.event.tolist(),
                    strict=True,
                ),
                strict=True,
            )
        )
        == expected
    )
