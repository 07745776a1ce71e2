import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.recommendations import (
    derive_recommendations,
    edit_recommendation,
    set_conflicts,
    write_recommendation,
)
from alpclusters.platform.policy.domain.states import State, Step, move
from alpclusters.platform.policy.models import Recommendation
from alpclusters.platform.trail.models import Edge
from tests.factories.accounts import make_user
from tests.factories.evaluation import (
    NOW,
    VARIED,
    fill,
    make_cafe,
    make_measure,
    make_snapshot,
    rate,
)
from tests.factories.policy import make_plan, make_recommendations

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_draft_is_named_after_its_measure_in_five_languages():
    (drafted,) = make_recommendations(("pilot",))

    titles = list(drafted.title.each().values())

    assert titles == [
        "Pilotaktion",
        "Pilot action",
        "Action pilote",
        "Azione pilota",
        "Pilotni ukrep",
    ]
    assert (drafted.code, drafted.state, drafted.version) == ("E1", "draft", 1)


def test_reasons_carry_mean_interval_n_and_cannot_judge_in_every_language():
    (drafted,) = make_recommendations()

    # Twice 5 5 4 4 3 3 2 4: mean 3.75, sd 1.0, t(15; 0.95) = 1.7531 -> 3.3117 to 4.1883.
    for code in LANGUAGE_CODES:
        mark = "." if code == "en" else ","
        reasons = drafted.rationale.inside(code)
        figures = [f"3{mark}8", f"3{mark}3", f"4{mark}2", "16", "0"]
        assert [figure for figure in figures if figure not in reasons] == []


def test_finding_keeps_the_figures_of_the_snapshot():
    (drafted,) = make_recommendations()

    finding = drafted.findings.get()

    assert (finding.code, finding.n, finding.cannot_judge_share) == ("F1", 16, 0.0)
    assert finding.estimate == pytest.approx(3.75)
    assert (finding.low, finding.high) == pytest.approx((3.3117, 4.1883), abs=1e-4)
    assert finding.convention == "mean_student_t_90"


def test_deriving_again_returns_the_same_recommendation():
    snapshot = make_snapshot()
    first = derive_recommendations(snapshot, [make_measure()], by=None, now=NOW)

    second = derive_recommendations(snapshot, [make_measure()], by=None, now=NOW)

    assert [r.pk for r in first] == [r.pk for r in second]
    assert Edge.objects.filter(kind="grounds").count() == 1


def test_measure_that_is_withheld_gives_no_recommendation():
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": VARIED})
    rate(cafe.participants.first(), 3, measure="pilot")
    snapshot = make_snapshot(cafe=cafe)

    with pytest.raises(InputError, match=r"recommendation\.no_evidence"):
        derive_recommendations(snapshot, [make_measure("pilot")], by=None, now=NOW)
    assert Recommendation.objects.count() == 0


def test_recommendation_is_begun_by_hand_on_the_findings_chosen():
    (drafted,) = make_recommendations()
    finding = drafted.findings.get()

    written = write_recommendation(
        drafted.project, texts={"title_sl": "Novo"}, findings=[finding], by=None, now=NOW
    )

    assert (written.code, written.title.inside("sl"), written.state) == ("E2", "Novo", "draft")
    assert Edge.objects.filter(kind="grounds", to_id=written.pk).count() == 1


def test_recommendation_without_any_title_is_not_begun():
    (drafted,) = make_recommendations()

    with pytest.raises(InputError, match=r"recommendation\.no_title"):
        write_recommendation(drafted.project, texts={"title_sl": " "}, by=None, now=NOW)
    assert Recommendation.objects.count() == 1


def test_every_version_is_kept_with_its_author():
    (drafted,) = make_recommendations()
    author = make_user(name="Ada")

    edited = edit_recommendation(drafted, {"text_sl": "Novo"}, version=1, by=author).obj

    assert edited.version == 2
    assert edited.history.first().history_user == author
    assert edited.history.count() == 2


def test_rejection_needs_a_reason_and_keeps_it():
    (drafted,) = make_recommendations()

    with pytest.raises(InputError, match=r"recommendation\.no_reason"):
        move(drafted, Step(State.REJECTED, reason="  "), by=None, now=NOW)
    rejected = move(drafted, Step(State.REJECTED, reason="No budget"), by=None, now=NOW)

    assert (rejected.state, rejected.rejected_reason) == ("rejected", "No budget")


def test_recommendation_in_a_plan_cannot_be_rejected():
    recommendation = make_plan().actions.get().recommendations.get()

    with pytest.raises(StateError, match=r"recommendation\.in_plan"):
        move(recommendation, Step(State.REJECTED, reason="late"), by=None, now=NOW)


def test_decided_text_is_not_rewritten():
    (drafted,) = make_recommendations()
    move(drafted, Step(State.ADOPTED), by=None, now=NOW)

    with pytest.raises(StateError, match=r"recommendation\.closed"):
        edit_recommendation(drafted, {"text_sl": "Novo"}, version=2, by=None)


def test_conflict_holds_both_ways():
    first, second = make_recommendations(("fair", "pilot"))

    set_conflicts(first, [second], by=None)

    assert list(second.conflicts_with.all()) == [first]
    with pytest.raises(InputError, match=r"recommendation\.conflict"):
        set_conflicts(first, [first], by=None)
