"""Output of a Polis server, reproduced from the votes and the server's membership."""

import numpy as np
import pytest

from alpclusters.analysis.opinion import (
    consensus_statements,
    group_informed_consensus,
    opinion_groups,
    representative_statements,
)
from tests.analysis.opinion_data import SERVER, read_export, read_server

pytestmark = pytest.mark.unit

SIZES = {SERVER[0]: (35, 44, [11, 3, 9]), SERVER[1]: (27, 57, [11, 10, 6])}
# Second way: squared singular values of the centred matrix (numpy.linalg.svd).
EIGENVALUES = {
    SERVER[0]: [50.0571423, 37.5312166, 26.5135801],
    SERVER[1]: [96.9708958, 63.8848433, 56.9865753],
}
GIC = {
    SERVER[0]: {
        26: 0.507936507937,
        28: 0.486111111111,
        12: 0.257142857143,
        30: 0.24,
        38: 0.24,
    },
    SERVER[1]: {
        19: 0.666346153846,
        30: 0.666346153846,
        27: 0.660839160839,
        17: 0.605769230769,
        47: 0.580219780220,
    },
}
CONSENSUS = {
    SERVER[0]: ([26, 28, 32, 30, 18], [0]),
    SERVER[1]: ([27, 19, 30, 17, 47], []),
}


@pytest.fixture(params=SERVER)
def server(request, shared):
    return request.param, read_server(shared / "data/ratings/golden" / request.param)


def test_votes_and_membership_have_the_stated_sizes(server):
    name, data = server

    people, statements, sizes = SIZES[name]
    assert data.votes.shape == (people, statements)
    assert np.bincount(data.members[data.members >= 0]).tolist() == sizes


def test_votes_per_group_equal_those_of_the_server(server):
    _, data = server

    found = group_informed_consensus(data.votes, data.members)

    for label, row in zip(found.labels, range(len(found.labels)), strict=True):
        told = data.output["group-votes"][str(label)]["votes"]
        expected = np.array([[told[str(s)][key] for s in data.statements] for key in "ADS"])
        assert [found.n_agree[row].tolist(), found.n_disagree[row].tolist()] == [
            expected[0].tolist(),
            expected[1].tolist(),
        ]
        assert found.n[row].tolist() == expected[2].tolist()


def test_group_informed_consensus_equals_that_of_the_server(server):
    name, data = server

    found = group_informed_consensus(data.votes, data.members).agree

    told = [data.output["group-aware-consensus"][str(s)] for s in data.statements]
    np.testing.assert_allclose(found, told, rtol=0, atol=1e-12)
    for statement, value in GIC[name].items():
        assert found[data.column(statement)] == pytest.approx(value, abs=1e-12)


def test_representative_statements_equal_those_of_the_server(server):
    _, data = server

    found = representative_statements(data.votes, data.members, moderated=data.moderated)

    for label, items in zip(found.labels, found.lists, strict=True):
        told = data.output["repness"][str(label)]
        assert [(data.statements[i.statement], i.side) for i in items] == [
            (t["tid"], t["repful-for"]) for t in told
        ]
        for item, expected in zip(items, told, strict=True):
            assert (item.n_success, item.n) == (expected["n-success"], expected["n-trials"])
            assert item.p == pytest.approx(expected["p-success"], abs=1e-12)
            assert item.z_prop == pytest.approx(expected["p-test"], abs=1e-12)
            assert item.ratio == pytest.approx(expected["repness"], abs=1e-12)
            # The server stores this one as a 32-bit float.
            assert item.z_ratio == pytest.approx(expected["repness-test"], abs=1e-6)
            assert item.is_best_agree == expected.get("best-agree", False)


def test_consensus_over_all_people_equals_that_of_the_server(server):
    name, data = server

    found = consensus_statements(data.votes, moderated=data.moderated)

    agree, disagree = (
        [data.statements[i.statement] for i in s] for s in (found.agree, found.disagree)
    )
    assert (agree, disagree) == CONSENSUS[name]
    for item, told in zip(found.agree, data.output["consensus"]["agree"], strict=True):
        assert (item.n_success, item.n) == (told["n-success"], told["n-trials"])
        assert item.z_prop == pytest.approx(told["p-test"], abs=1e-12)


def test_projection_equals_that_of_the_server_up_to_sign(server):
    name, data = server

    found = opinion_groups(data.votes, moderated=data.moderated, compat="polis")

    pca = data.output["pca"]
    # The server's matrices count agree as -1.
    np.testing.assert_allclose(found.centre, -np.array(pca["center"]), rtol=0, atol=1e-12)
    np.testing.assert_allclose(found.eigenvalues, EIGENVALUES[name], rtol=0, atol=1e-7)
    for axis in range(2):
        ours, theirs = found.components[axis], np.array(pca["comps"][axis])
        sign = np.sign(ours @ theirs)
        np.testing.assert_allclose(ours, sign * theirs, rtol=0, atol=1e-10)
        places = -sign * np.array(pca["comment-projection"][axis])
        np.testing.assert_allclose(found.statement_places[:, axis], places, rtol=0, atol=1e-10)
        _compare_people(data, found.projection[:, axis], axis="xy"[axis], sign=-sign)
    extremity = np.linalg.norm(found.statement_places, axis=1)
    np.testing.assert_allclose(extremity, pca["comment-extremity"], rtol=0, atol=1e-10)


def _compare_people(data, ours, *, axis, sign):
    base = data.output["base-clusters"]
    for members, place in zip(base["members"], base[axis], strict=True):
        rows = [data.people.index(person) for person in members]
        assert ours[rows].mean() == pytest.approx(sign * place, abs=1e-9)


def test_group_informed_consensus_equals_the_column_of_a_newer_export(shared):
    folder = shared / "data/ratings/bg2050-volunteers"
    data = read_export(folder)
    members = _exported_groups(folder, data.votes.shape[0])

    found = group_informed_consensus(data.votes, members)

    assert np.bincount(members[members >= 0]).tolist() == [100, 8]
    told = _exported_consensus(folder)
    np.testing.assert_allclose(found.agree, [told[i] for i in data.ids], rtol=0, atol=1e-12)
    shown = {i: round(found.agree[data.ids.index(i)], 9) for i in (27, 205, 243)}
    assert shown == {27: 0.873294347, 205: 0.853846154, 243: 0.818713450}


def _rows(path):
    import csv  # noqa: PLC0415 - two tests read the export as it is

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _exported_groups(folder, n_people):
    told = {int(r["participant"]): r["group-id"] for r in _rows(folder / "participants-votes.csv")}
    voters = sorted({int(row["voter-id"]) for row in _rows(folder / "votes.csv")})
    assert len(voters) == n_people
    return np.array([int(told[voter] or -1) for voter in voters])


def _exported_consensus(folder):
    rows = _rows(folder / "comments.csv")
    return {int(row["comment-id"]): float(row["group-informed-consensus"]) for row in rows}
