"""Everything that is or was public of an AlpCafé beside each other: hall, evaluations, two ratings.

Each leak is shown first by plain arithmetic or by two answers of which only one fits; then the
audit finds it, and what is published today does not have it.
"""

from datetime import timedelta

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.models import CafeMeasure, Phase, Release
from alpclusters.platform.evaluation.domain.computing import compute, draft
from alpclusters.platform.evaluation.domain.disclosure import audit_cafe
from alpclusters.platform.evaluation.domain.publications import ever_public, read_told
from alpclusters.platform.evaluation.domain.releases import release_snapshot, take_back
from alpclusters.platform.evaluation.domain.result_blocks import build_blocks
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe, evaluation_of
from alpclusters.platform.evaluation.domain.statements import evaluation_statements
from tests.factories.evaluation import NOW, join, join_all, make_measure, rate
from tests.factories.halls import do, fill_hall, go, make_open_hall
from tests.factories.judging import GOLDEN, four_cafe, rate_again, rate_rows

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOUR = timedelta(hours=1)
AFTER = {"is_informed": True, "received_at": NOW + HOUR}
"""An answer given after results were shown."""


def published(cafe, now=NOW):
    return release_snapshot(evaluate_cafe(cafe, made_by=None, now=now), now=now).public


def rate_late(cafe, rows, **how):
    """Let people come after results were shown."""
    people = join_all(cafe, ["AT32"] * len(rows))
    rate_rows(people, rows, **{**AFTER, **how})
    return people


def show_in_hall(cafe, data, block="heat"):
    Release.objects.create(cafe=cafe, block=block, visible_from=NOW, data=data)


def reasons_of(evaluation):
    return [reason.code for reason in evaluation.protection.reasons]


# --- the second rating --------------------------------------------------------------------


FIRST_ALIKE = ["4432", "4332", "4432", "4532", "4422", "4331"] * 2
AGAIN = ["5322", "3431", "4332", "5423", "3331", "4432"] * 2


def test_mean_change_beside_counts_tells_what_all_had_said_first():
    cafe = rate_again(four_cafe(FIRST_ALIKE), AGAIN)
    fair = make_measure().pk

    told, system, view, _exchanged = draft(cafe)
    change = next(m for m in told.criteria[0].second_round.comparison.measures if m.measure == fair)
    counts = told.criteria[0].summary(fair).counts
    # The agreement is not told, so at most one of twelve did not give the common first answer.
    # Nobody changed on average, so the first answers add up to what the second add up to.
    total = sum(step * n for step, n in enumerate(counts, start=1))
    fitting = [
        (common, odd) for common in range(1, 6) for odd in range(1, 6) if 11 * common + odd == total
    ]
    assert (change.agreement, change.change.mean, fitting) == (None, 0.0, [(4, 4)])

    found = system.beside(evaluation_statements(told, view, "draft")).audit()
    everybody = {
        one.people for one in found.found if (one.feature, one.block[1]) == ("part 0", fair)
    }
    assert frozenset(range(12)) in everybody

    now = compute(cafe).criteria[0].second_round.comparison.measures
    assert {m.measure: m.state for m in now}[fair] == "withheld"


def test_that_all_kept_their_answer_is_not_told():
    cafe = rate_again(four_cafe(GOLDEN), [f"{row[0]}{row[1]}{row[3]}{row[2]}" for row in GOLDEN])

    found = compute(cafe).criteria[0].second_round.comparison.measures

    states = {item.measure: item.state for item in found}
    assert states[make_measure("fair").pk] == states[make_measure("pilot").pk] == "withheld"


def test_second_rating_as_published_is_one_system_with_the_first_and_gives_nobody_away():
    rows = [*GOLDEN, *GOLDEN]
    cafe = four_cafe(rows)
    show_in_hall(cafe, build_blocks(cafe))
    rate_again(cafe, [row.translate(str.maketrans("15", "24")) for row in rows])
    published(cafe, NOW + 2 * HOUR)

    found = audit_cafe(cafe)

    assert (found.people, found.n_untrue, found.answers.undecided) == (frozenset(), 0, 0)
    assert all("changed" in dict(block.features) for block in found.answers.truth)


# --- hall and evaluations -----------------------------------------------------------------


def test_hall_and_evaluation_beside_each_other_give_the_late_one_away():
    cafe = four_cafe(GOLDEN)
    shown = build_blocks(cafe)
    cell = shown["blocks"]["heat"]["rows"][0]["cells"][0]
    late = join(cafe)
    rate(late, 1, received_at=NOW + HOUR)
    snapshot = published(cafe, NOW + 2 * HOUR)
    summary = evaluation_of(snapshot).criteria[0].summary(make_measure().pk)
    assert audit_cafe(cafe).is_safe

    show_in_hall(cafe, shown)

    assert round(summary.n * summary.mean - cell["n"] * cell["mean"]) == 1
    found = audit_cafe(cafe)
    place = read_told(
        cafe,
        ever_public(cafe),
        criteria=[cell["criterion"]],
        measures=[make_measure().pk],
    ).histories.people.index(late.pk)
    assert (found.n_hall, place in found.people) == (1, True)


@pytest.mark.parametrize("how", [{"is_informed": True}, {}])
def test_who_comes_after_the_hall_was_shown_is_left_out_of_the_evaluation_and_that_is_said(how):
    cafe = four_cafe(GOLDEN)
    show_in_hall(cafe, build_blocks(cafe))
    rate(join(cafe), 1, received_at=NOW + HOUR, **how)

    found = evaluation_of(published(cafe, NOW + 2 * HOUR))

    assert (found.n_people, found.criteria[0].summary(make_measure().pk).n) == (20, 20)
    assert "late" in reasons_of(found)
    assert [reason.n for reason in found.protection.reasons if reason.code == "late"] == [None]
    assert audit_cafe(cafe).is_safe


def test_evaluation_made_before_the_hall_was_shown_is_refused_beside_it():
    cafe = four_cafe(GOLDEN)
    shown = build_blocks(cafe)
    rate(join(cafe), 1, received_at=NOW + HOUR)
    snapshot = evaluate_cafe(cafe, made_by=None, now=NOW + 2 * HOUR)
    show_in_hall(cafe, shown)

    with pytest.raises(StateError) as error:
        release_snapshot(snapshot, now=NOW + 2 * HOUR)
    assert error.value.code == "snapshot.gives_away"

    assert evaluation_of(published(cafe, NOW + 3 * HOUR)).n_people == 20


def test_block_of_the_hall_takes_an_evaluation_into_account_that_was_public_before():
    cafe = go(make_open_hall(), Phase.RATING)
    fill_hall(cafe)
    published(cafe)
    late = join(cafe)
    for measure in cafe.measures.all():
        for criterion in cafe.criteria.all():
            rate(late, 1, measure=measure.key, criterion=criterion.key, received_at=NOW + HOUR)

    do(go(cafe, Phase.RESULTS), "release", block="heat", now=NOW + 2 * HOUR)

    shown = cafe.releases.get(block="heat").data["blocks"]["heat"]
    assert {cell["n"] for row in shown["rows"] for cell in row["cells"]} == {16}


# --- evaluations one after the other ------------------------------------------------------


def test_evaluation_that_was_taken_back_still_leaves_a_late_one_out():
    cafe = four_cafe(GOLDEN)
    first = published(cafe)
    take_back(first)
    rate(join(cafe), 1, received_at=NOW + HOUR)

    later = published(cafe, NOW + 2 * HOUR)

    assert later.pk != first.pk
    assert evaluation_of(later).n_people == 20
    assert audit_cafe(cafe).is_safe


def test_ten_who_come_later_count_and_the_difference_is_audited():
    cafe = four_cafe([*GOLDEN, *GOLDEN])
    published(cafe)
    rate_late(cafe, GOLDEN[:10])

    later = published(cafe, NOW + 2 * HOUR)

    assert evaluation_of(later).n_people == 50
    found = audit_cafe(cafe)
    assert (found.n_releases, found.n_untrue, found.people) == (2, 0, frozenset())


# --- late answers of the first round ------------------------------------------------------


@pytest.mark.parametrize(("n", "counted"), [(1, 20), (9, 20), (10, 30)])
def test_answers_given_after_results_count_from_ten_people_on(n, counted):
    cafe = four_cafe(GOLDEN)
    rate_late(cafe, GOLDEN[:n], source="paper")

    found = compute(cafe)

    assert found.n_people == counted
    assert ("late" in reasons_of(found)) == (counted == 20)
    assert sum(line.n_people or 0 for line in found.arrivals.sources) in {counted, 20}


def test_answer_changed_after_results_by_few_stays_as_it_was():
    cafe = four_cafe(GOLDEN)
    before = compute(cafe).criteria[0].summary(make_measure().pk)
    for person in cafe.participants.all()[:9]:
        rate(person, 1, **AFTER)

    found = compute(cafe)

    assert found.criteria[0].summary(make_measure().pk) == before
    assert "late" in reasons_of(found)


# --- a second rating of few ---------------------------------------------------------------


@pytest.mark.parametrize("n", [1, 9])
def test_second_ratings_of_few_cannot_be_subtracted_from_what_the_hall_was_shown(n):
    cafe = four_cafe(GOLDEN)
    first = published(cafe)
    show_in_hall(cafe, build_blocks(cafe))
    rate_again(cafe, ["1111"] * n)

    later = published(cafe, NOW + 2 * HOUR)

    counts = [
        [item.summary.counts for item in evaluation_of(one).criteria[0].description.measures]
        for one in (first, later)
    ]
    assert counts[0] == counts[1]
    heat = build_blocks(cafe)["blocks"]["heat"]["rows"]
    shown = Release.objects.get(cafe=cafe).data["blocks"]["heat"]["rows"]
    assert heat == shown
    assert audit_cafe(cafe).is_safe


def test_ten_who_rate_again_count_and_the_difference_is_audited():
    rows = [*GOLDEN, *GOLDEN]
    cafe = four_cafe(rows)
    first = published(cafe)
    rate_again(cafe, [row.translate(str.maketrans("1234", "2345")) for row in rows[:10]])

    evaluation = compute(cafe)

    fair = make_measure().pk
    assert evaluation.rounds == (1, 2)
    before = evaluation_of(first).criteria[0].summary(fair)
    assert evaluation.criteria[0].summary(fair).counts != before.counts
    published(cafe, NOW + 2 * HOUR)
    assert audit_cafe(cafe).is_safe


def test_measures_that_nobody_rated_close_no_other():
    cafe = four_cafe([row[:2] for row in GOLDEN], measures=("fair", "pilot"))
    for order, key in enumerate(("label", "visit"), start=2):
        CafeMeasure.objects.create(cafe=cafe, measure=make_measure(key), order=order)

    found = compute(cafe).criteria[0].description.measures

    assert [item.state for item in found] == ["shown", "shown", "empty", "empty"]
