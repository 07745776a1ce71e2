import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.recommendations import (
    EditConflictError,
    adopt_recommendation,
    derive_recommendations,
    edit_recommendation,
    reject_recommendation,
)
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

    titles = [getattr(drafted, f"title_{code}") for code in LANGUAGE_CODES]

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

    # 5 5 4 4 3 3 2 4: mean 3.75, sd 1.0351, t(7; 0.95) = 1.8946 -> 3.0566 to 4.4434.
    for code in LANGUAGE_CODES:
        mark = "." if code == "en" else ","
        reasons = getattr(drafted, f"rationale_{code}")
        figures = [f"3{mark}8", f"3{mark}1", f"4{mark}4", "8", "0"]
        assert [figure for figure in figures if figure not in reasons] == []


def test_finding_keeps_the_figures_of_the_snapshot():
    (drafted,) = make_recommendations()

    finding = drafted.findings.get()

    assert (finding.code, finding.n, finding.cannot_judge_share) == ("F1", 8, 0.0)
    assert finding.estimate == pytest.approx(3.75)
    assert (finding.low, finding.high) == pytest.approx((3.0566, 4.4434), abs=1e-4)
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


def test_second_editor_is_told_and_nothing_is_lost():
    (drafted,) = make_recommendations()
    edit_recommendation(drafted, {"title_de": "Meine"}, version=1, by=None)

    with pytest.raises(EditConflictError) as conflict:
        edit_recommendation(drafted, {"title_de": "Andere"}, version=1, by=None)

    assert conflict.value.theirs.title_de == "Meine"
    assert Recommendation.objects.get().title_de == "Meine"


def test_every_version_is_kept_with_its_author():
    (drafted,) = make_recommendations()
    author = make_user(name="Ada")

    edited = edit_recommendation(drafted, {"text_sl": "Novo"}, version=1, by=author)

    assert edited.version == 2
    assert edited.history.first().history_user == author
    assert edited.history.count() == 2


def test_rejection_needs_a_reason_and_keeps_it():
    (drafted,) = make_recommendations()

    with pytest.raises(InputError, match=r"recommendation\.no_reason"):
        reject_recommendation(drafted, reason="  ", by=None)
    rejected = reject_recommendation(drafted, reason="No budget", by=None)

    assert (rejected.state, rejected.rejected_reason) == ("rejected", "No budget")


def test_recommendation_in_a_plan_cannot_be_rejected():
    recommendation = make_plan().actions.get().recommendations.get()

    with pytest.raises(StateError, match=r"recommendation\.in_plan"):
        reject_recommendation(recommendation, reason="late", by=None)


def test_agreeing_clears_an_earlier_rejection():
    (drafted,) = make_recommendations()
    rejected = reject_recommendation(drafted, reason="No budget", by=None)

    agreed = adopt_recommendation(rejected, by=None)

    assert (agreed.state, agreed.rejected_reason) == ("adopted", "")
