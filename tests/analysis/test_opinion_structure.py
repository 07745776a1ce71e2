"""Camps or gradient: words on known data, what plays no part, what stays within bounds."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.opinion import Votes, opinion_groups, opinion_structure
from tests.analysis.structure_data import FIXTURES, rated, read_fixture, simulated

pytestmark = pytest.mark.unit

NAMES = (
    "gradient-votes.csv",
    "camps-votes.csv",
    "three-camps-votes.csv",
    "strictness-ratings.csv",
    "few-votes.csv",
)
VERDICTS = {"camps", "gradient", "one_opinion", "too_few"}


@pytest.mark.parametrize("name", NAMES)
def test_words_on_the_shared_data_are_those_expected(shared, name):
    folder = shared / FIXTURES
    expected = json.loads((folder / "expected.json").read_text())["structure"][name]
    answers = read_fixture(folder, name)

    words = [opinion_structure(answers, seed=seed).verdict for seed in range(4)]

    assert words == expected["verdicts"]


def test_two_camps_are_called_camps():
    found = opinion_structure(simulated("camps", 200, 40, 0.6, 1))

    assert (found.verdict, found.reasons, found.status) == ("camps", (), "ok")
    assert found.has_groups
    assert found.depth > found.continuum_depths.max()
    assert (found.continuum_depths.size, found.camp_depths.size) == (39, 0)
    assert found.p_gradient == 1 / 40


def test_a_gradient_is_called_a_gradient():
    found = opinion_structure(simulated("normal", 300, 60, 0.6, 2))

    assert (found.verdict, found.reasons) == ("gradient", ())
    assert not found.has_groups
    assert found.camp_depths.size == 19
    assert found.p_camps == 1 / 20
    assert found.loadings.shape == (60, 1)


def test_people_who_do_not_differ_share_one_opinion():
    found = opinion_structure(simulated("nothing", 150, 40, 0.5, 3))

    assert (found.verdict, found.shares.size, found.n_drawn) == ("one_opinion", 0, 0)
    assert np.isnan(found.depth)


def test_strict_and_lenient_raters_are_no_camps():
    ratings = simulated("strictness", 200, 30, 0.5, 4)

    found = opinion_structure(ratings)

    assert (found.verdict, found.strictness_removed) == ("one_opinion", True)
    assert found.strictness_share > 0.05
    assert found.is_strictness


def test_people_who_differ_in_nothing_are_not_called_strict():
    found = opinion_structure(simulated("nothing", 150, 40, 0.5, 3), strictness="remove")

    assert found.verdict == "one_opinion"
    assert found.strictness_share < 0.05
    assert not found.is_strictness


def test_share_of_strictness_is_that_of_its_variance():
    rng = np.random.default_rng(15)
    values = np.rint(50 + 3 * rng.standard_normal((400, 1)) + 4 * rng.standard_normal((400, 30)))
    person, item = np.indices(values.shape).reshape(2, -1)

    ratings = Ratings.from_arrays(person, item, values.ravel(), scale=tuple(range(20, 81)))

    assert opinion_structure(ratings).strictness_share == pytest.approx(9 / 25, abs=0.05)


def test_strictness_is_found_again_in_ratings_with_an_opinion():
    rng = np.random.default_rng(5)
    strict = rng.normal(0, 0.8, 150)
    opinion = np.outer(rng.standard_normal(150), rng.normal(0, 0.7, 40))
    values = np.clip(np.rint(3 + strict[:, None] + opinion + rng.normal(0, 0.7, (150, 40))), 1, 5)
    person, item = np.nonzero(rng.random(values.shape) < 0.7)
    ratings = Ratings.from_arrays(person, item, values[person, item], scale=(1, 2, 3, 4, 5))

    found = opinion_structure(ratings)

    assert np.corrcoef(found.strictness, strict)[0, 1] > 0.9
    assert abs(np.corrcoef(found.places[:, 0], strict)[0, 1]) < 0.3


def test_votes_made_of_ratings_lose_strictness_too():
    ratings = rated("camps", 200, 40, 0.6, 6)

    of_ratings, of_votes = (
        opinion_structure(ratings),
        opinion_structure(Votes.from_ratings(ratings)),
    )

    assert of_ratings.strictness_removed
    assert of_votes.strictness_removed
    assert of_ratings.verdict == "camps"


def test_an_axis_of_readiness_to_agree_is_named():
    found = opinion_structure(simulated("yes_saying", 300, 40, 0.6, 7))

    assert found.axis_names[0] == "yes_saying"
    assert not found.has_groups


def test_too_few_people_or_statements_are_said_to_be_too_few():
    votes = simulated("camps", 60, 20, 1.0, 8)

    assert opinion_structure(votes[:39]).reasons == ("fewer",)
    assert opinion_structure(votes[:, :7]).verdict == "too_few"
    assert opinion_structure(votes[:39]).verdict == "too_few"


def test_statements_about_the_person_and_rejected_ones_are_left_out():
    votes = simulated("camps", 80, 20, 1.0, 9)
    about, moderated = np.arange(20) == 3, np.where(np.arange(20) == 5, -1, 1)

    found = opinion_structure(votes, person=about, moderated=moderated)

    assert np.flatnonzero(~found.statements).tolist() == [3, 5]
    assert np.isnan(found.loadings[[3, 5]]).all()
    assert np.isfinite(found.loadings[found.statements]).all()


def test_statements_that_all_answer_alike_leave_the_structure():
    votes = simulated("camps", 80, 20, 1.0, 10)
    votes[:, 4] = 1

    assert not opinion_structure(votes).statements[4]


def test_people_above_the_cap_are_placed_but_do_not_decide():
    votes = simulated("camps", 300, 40, 0.6, 11)

    found = opinion_structure(votes, cap=120)

    assert (found.n_drawn, found.n_people) == (120, int(found.people.sum()))
    assert np.isfinite(found.places[found.people]).all()
    assert np.isnan(found.places[~found.people]).all()


def test_one_person_who_answered_everything_is_allowed():
    rng = np.random.default_rng(12)
    votes = simulated("camps", 60, 20, 1.0, 12)
    for person in range(1, 60):
        votes[person, rng.permutation(20)[7:]] = np.nan

    assert opinion_structure(votes).verdict in VERDICTS


def test_ends_of_an_axis_are_the_statements_of_greatest_loading():
    found = opinion_structure(simulated("normal", 200, 30, 0.8, 13))
    loadings = found.loadings[:, 0]

    rising, falling = found.ends(most=2)

    assert loadings[rising[0]] == loadings.max()
    assert loadings[falling[0]] == loadings.min()
    assert abs(loadings[rising[0]]) >= abs(loadings[rising[1]])


def test_record_is_plain_and_holds_the_word():
    record = opinion_structure(simulated("normal", 120, 30, 0.6, 14)).as_record()

    assert json.loads(json.dumps(record)) == record
    assert record["verdict"] in VERDICTS
    assert record["n_people"] == 120


@settings(max_examples=15)
@given(
    st.integers(0, 10_000), st.integers(1, 70), st.integers(1, 14), st.floats(0.1, 1), st.booleans()
)
def test_any_votes_get_one_of_four_words(seed, n_people, n_statements, filled, is_leaning):
    rng = np.random.default_rng(seed)
    votes = rng.choice([1.0, 0.0, -1.0], (n_people, n_statements))
    if is_leaning:
        votes *= rng.choice([1.0, -1.0], (n_people, 1))
    votes[rng.random(votes.shape) > filled] = np.nan

    found = opinion_structure(votes, draws=3, camp_draws=3, seed=seed)

    assert found.verdict in VERDICTS
    assert found.has_groups <= (found.verdict == "camps")
    assert ((found.shares >= 0) & (found.shares <= 1)).all()
    for share in (found.p_gradient, found.p_camps):
        assert np.isnan(share) or 0 < share <= 1
    assert (found.verdict == "too_few") == bool(found.reasons) or found.verdict == "camps"


@settings(max_examples=5)
@given(st.integers(0, 10_000))
def test_turned_votes_have_the_same_valley(seed):
    votes = simulated("camps", 80, 16, 1.0, seed)

    usual, turned = (opinion_structure(one, draws=1, camp_draws=1) for one in (votes, -votes))

    assert turned.depth == pytest.approx(usual.depth, rel=0.3, abs=0.5, nan_ok=True)


def test_same_seed_gives_the_same_bits():
    votes = simulated("two_axes", 120, 30, 0.6, 15)

    first, second = (opinion_structure(votes, seed=4) for _ in range(2))

    assert first.places.tobytes() == second.places.tobytes()
    assert first.continuum_depths.tobytes() == second.continuum_depths.tobytes()
    assert first.verdict == second.verdict


@pytest.mark.parametrize(
    "options",
    [{"draws": 0}, {"camp_draws": 0}, {"cap": 39}, {"seed": -1}, {"strictness": "maybe"}],
)
def test_options_out_of_range_are_refused(options):
    with pytest.raises(AnalysisError):
        opinion_structure(np.ones((3, 3)), **options)


def test_marks_of_the_wrong_length_are_refused():
    with pytest.raises(ShapeError):
        opinion_structure(np.ones((3, 3)), person=[True])


# --- groups only under camps ------------------------------------------------------------------


def test_a_gradient_is_not_cut_into_groups():
    votes = simulated("normal", 300, 60, 0.6, 2)

    cut, judged = opinion_groups(votes, resamples=0), opinion_groups(votes, judge=True)

    assert cut.k >= 2
    assert (judged.structure.verdict, judged.k, judged.reasons) == ("gradient", 1, ("no_camps",))
    assert judged.stability is None
    assert judged.sizes == (300,)


def test_three_camps_are_cut_into_three_groups():
    votes = simulated("three", 300, 60, 0.6, 16)

    found = opinion_groups(votes, judge=True, resamples=5)

    assert (found.structure.verdict, found.k, found.kind) == ("camps", 3, "found")


def test_strictness_is_taken_out_of_the_map_of_ratings():
    ratings = rated("camps", 200, 40, 0.7, 17)
    structure = opinion_structure(ratings)

    found = opinion_groups(Votes.from_ratings(ratings), structure=structure, resamples=0)

    across = np.abs(np.corrcoef(found.projection[:, 0], structure.strictness)[0, 1])
    assert (structure.verdict, found.k) == ("camps", 2)
    assert across < 0.3


def test_declared_groups_stand_whatever_the_verdict_says():
    votes = simulated("normal", 100, 30, 0.6, 18)
    regions = ["tyrol"] * 60 + ["carinthia"] * 40

    found = opinion_groups(votes, declared=regions, judge=True)

    assert (found.kind, found.names) == ("declared", ("tyrol", "carinthia"))
    assert found.structure.verdict != "camps"


def test_a_verdict_on_other_people_is_refused():
    structure = opinion_structure(simulated("normal", 60, 20, 1.0, 19))

    with pytest.raises(ShapeError):
        opinion_groups(np.ones((50, 20)), structure=structure)


def test_three_axes_are_searched_in_all_directions():
    rng = np.random.default_rng(20)
    corners = np.eye(4) * 2
    centred = (corners - corners.mean(axis=0)) @ np.linalg.svd(corners - corners.mean(axis=0))[2].T
    place = centred[rng.integers(4, size=400), :3] + 0.3 * rng.standard_normal((400, 3))
    latent = place @ rng.standard_normal((3, 60)) + rng.standard_normal((400, 60))

    found = opinion_structure(np.sign(latent))

    assert (found.verdict, found.loadings.shape) == ("camps", (60, 3))
