from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.policy.domain.coverage import (
    Check,
    Severity,
    coverage_of,
    leave_out,
    severity_of,
    sign_off,
    take_back_sign_off,
)
from alpclusters.platform.policy.domain.parts import store_dependencies, store_parts
from alpclusters.platform.policy.domain.plans import PlanIncompleteError, publish_plan
from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation, TextReview
from alpclusters.platform.trail.domain.edges import tie
from alpclusters.platform.trail.models import Edge
from tests.factories.evaluation import NOW, fill, make_region
from tests.factories.policy import make_plan, make_recommendations
from tests.factories.texts import change_texts
from tests.platform.policy.parts.test_rows import COST, INDICATOR, MILESTONE

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

TODAY = date(2026, 11, 26)
FUNDING = {
    "source": "Own money",
    "offer": None,
    "amount_cents": COST["amount_cents"],
    "currency": "EUR",
    "status": "granted",
}


def found(plan, *, today=TODAY):
    plan = ActionPlan.objects.get(pk=plan.pk)
    return {issue.key: issue for issue in coverage_of(plan, today=today).issues}


def keys(plan, check, **rest):
    return [issue.key for issue in found(plan, **rest).values() if issue.check is check]


def whole(plan):
    """Give every action of a plan what the checks ask for."""
    for action in plan.actions.all():
        parts = {
            "milestones": [MILESTONE],
            "costs": [COST],
            "funding": [FUNDING],
            "indicators": [INDICATOR],
        }
        store_parts(action, parts, by=None)
    return plan


def of_action(plan):
    """The issues of the action itself: who rated is asked for elsewhere."""
    return [issue.key for issue in found(plan).values() if issue.code == "X1"]


def test_every_check_of_the_method_has_its_severity():
    errors = {check.value for check in Check if severity_of(check) is Severity.ERROR}
    infos = {check.value for check in Check if severity_of(check) is Severity.INFO}

    assert errors == {
        "no_actions", "no_text", "no_publisher", "no_trail", "no_owner", "no_dates", "no_level",
        "contradiction_open", "conflict_open",
    }  # fmt: skip
    assert infos == {"dependency_late"}


def test_action_with_everything_has_no_issue():
    assert of_action(whole(make_plan())) == []


def test_bare_action_lists_what_it_lacks():
    plan = make_plan()
    plan.actions.update(responsible="", starts_on=None, level="")

    assert of_action(plan) == [
        "no_owner:X1", "no_dates:X1", "no_level:X1", "no_budget:X1", "no_indicator:X1",
    ]  # fmt: skip


def test_long_action_needs_a_milestone_and_a_short_one_none():
    plan = whole(make_plan())
    action = plan.actions.get()
    action.milestones.all().delete()
    long = of_action(plan)
    Action.objects.update(ends_on=action.starts_on + timedelta(days=183))

    assert (long, of_action(plan)) == (["no_milestone:X1"], [])


def test_money_is_compared_in_each_currency_by_itself():
    plan = whole(make_plan())
    francs = {**COST, "currency": "CHF", "amount_cents": 100}
    store_parts(plan.actions.get(), {"costs": [COST, francs]}, by=None)

    (issue,) = [i for i in found(plan).values() if i.check is Check.NO_FUNDING]

    assert (issue.key, issue.params["costs"], issue.params["sources"]) == (
        "no_funding:X1:CHF",
        100,
        0,
    )


def test_indicator_without_baseline_and_target_is_listed():
    plan = whole(make_plan())
    bare = {**INDICATOR, "baseline": None, "baseline_on": None, "targets": []}
    store_parts(plan.actions.get(), {"indicators": [bare]}, by=None)

    assert of_action(plan) == ["no_baseline:X1:K1", "no_target:X1:K1"]


def test_missing_original_is_an_error_and_a_missing_translation_a_warning():
    plan = whole(make_plan())
    change_texts(Action.objects.all(), description={"en": ""}, title={"sl": ""})

    issues = found(plan)

    assert issues["no_text:X1:description"].severity is Severity.ERROR
    assert issues["language_missing:X1"].languages == ("en", "sl")


def test_recommendation_and_its_reasons_are_asked_for_in_every_language():
    plan = whole(make_plan())
    change_texts(Recommendation.objects.all(), text={"fr": ""})
    text = found(plan)["language_missing:E1"].languages
    Recommendation.objects.update(strength_override="strong")
    change_texts(Recommendation.objects.all(), strength_reason={"de": "Wir wissen es besser."})
    change_texts(Recommendation.objects.all(), text={"fr": "Texte"})

    assert (text, found(plan)["language_missing:E1"].languages) == (
        ("fr",), ("en", "fr", "it", "sl"),
    )  # fmt: skip


def test_text_of_a_milestone_that_is_missing_in_a_language_is_listed():
    plan = whole(make_plan())
    milestone = {**MILESTONE, "title_it": ""}
    store_parts(plan.actions.get(), {"milestones": [milestone]}, by=None)

    issue = found(plan)["language_missing:X1:milestones"]

    assert (issue.languages, issue.part) == (("it",), "time")


def test_translation_made_from_an_older_original_is_listed():
    plan = make_plan()
    TextReview.objects.create(
        thing="action",
        thing_id=plan.actions.get().pk,
        field="title",
        language="sl",
        source_hash="0" * 64,
        text_hash="0" * 64,
        reviewed_at=NOW,
    )

    assert found(plan)["language_outdated:X1"].languages == ("sl",)


def test_statement_without_trail_is_an_error():
    plan = make_plan()
    Edge.objects.filter(kind=Edge.Kind.GROUNDS).delete()

    assert keys(plan, Check.NO_TRAIL) == ["no_trail:X1", "no_trail:E1"]


def test_recommendation_without_trail_is_named_also_where_the_action_has_another():
    plan = make_plan(("fair", "pilot"))
    first, second = Recommendation.objects.order_by("pk")
    action = plan.actions.get(code="X1")
    tie(Edge.Kind.CARRIED_BY, second, action, by=None, now=NOW)
    Edge.objects.filter(kind=Edge.Kind.GROUNDS, to_id=first.pk).delete()

    assert keys(plan, Check.NO_TRAIL) == ["no_trail:E1"]


@pytest.mark.parametrize(("answer", "n"), [("", 1), ("Where the region pays.", 0)])
def test_contradiction_counts_until_somebody_answers_it(answer, n):
    plan = make_plan()
    lesson = Lesson.objects.create(
        key="lasting",
        statement="Paid by members it lasts",
        verdict="works",
        grading={"n_against": 1},
        answer=answer,
        is_published=True,
    )
    finding = plan.project.findings.create(kind="lesson", lesson=lesson, code="F90")
    plan.actions.get().recommendations.get().findings.add(finding)

    assert len(keys(plan, Check.CONTRADICTION_OPEN)) == n


@pytest.mark.parametrize(("rationale", "n"), [("", 1), ("F1 holds in towns only.", 0)])
def test_finding_against_counts_until_the_reasons_answer_it(rationale, n):
    plan = make_plan()
    recommendation = plan.actions.get().recommendations.get()
    recommendation.findings.filter(code="F1").update(direction="against")
    change_texts(Recommendation.objects.all(), rationale={"en": rationale})

    assert len(keys(plan, Check.CONTRADICTION_OPEN)) == n


def test_strength_raised_by_a_person_is_a_warning():
    plan = make_plan()
    Recommendation.objects.update(strength_override="strong")
    change_texts(Recommendation.objects.all(), strength_reason={"en": "We know better."})

    assert keys(plan, Check.WEAK_EVIDENCE) == ["weak_evidence:E1:strength"]


@pytest.mark.parametrize(("state", "n"), [("adopted", 1), ("rejected", 0)])
def test_conflict_with_an_adopted_recommendation_is_an_error(state, n):
    plan = make_plan()
    (other,) = make_recommendations(("pilot",), project=plan.project)
    Recommendation.objects.filter(pk=other.pk).update(state=state)
    plan.actions.get().recommendations.get().conflicts_with.add(other)

    assert len(keys(plan, Check.CONFLICT_OPEN)) == n


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Länder müssen zahlen."),
        ("en", "Regions must pay."),
        ("fr", "Les régions doivent payer."),
        ("it", "Le regioni devono pagare."),
        ("sl", "Regije morajo plačati."),
    ],
)
def test_must_is_too_strong_in_every_language(language, text):
    plan = make_plan()
    change_texts(Recommendation.objects.all(), text={language: text})

    assert keys(plan, Check.WEAK_EVIDENCE) == ["weak_evidence:E1:wording"]


def test_newer_released_snapshot_makes_a_finding_stale():
    plan = make_plan()
    snapshot = Snapshot.objects.get()
    assert keys(plan, Check.STALE_FINDING) == []
    snapshot.pk, snapshot.number = None, snapshot.number + 1
    snapshot.save()

    assert keys(plan, Check.STALE_FINDING) == ["stale_finding:E1"]


def test_adopted_recommendation_without_action_needs_a_reason():
    plan = make_plan()
    make_recommendations(("pilot",), project=plan.project)
    Recommendation.objects.update(state="adopted")
    orphan = keys(plan, Check.ORPHAN_RECOMMENDATION)
    change_texts(Recommendation.objects.all(), no_action_reason={"en": "Next period"})

    assert (orphan, keys(plan, Check.ORPHAN_RECOMMENDATION)) == (["orphan_recommendation:E2"], [])


@pytest.mark.parametrize("reader", ["de", "sl"])
def test_reason_for_no_action_counts_in_whatever_language_it_was_typed(reader):
    plan = make_plan()
    make_recommendations(("pilot",), project=plan.project)
    Recommendation.objects.update(state="adopted")
    change_texts(Recommendation.objects.all(), no_action_reason={"sl": "Prihodnje leto"})

    with translation.override(reader):
        assert keys(plan, Check.ORPHAN_RECOMMENDATION) == []


def test_measure_of_the_first_tier_needs_a_recommendation_or_a_reason():
    plan = make_plan(("fair", "pilot", "label"))
    Action.objects.filter(code="X1").delete()
    data = Snapshot.objects.get().data
    first = data["measures"][0]
    ranked = [{"measure": first["pk"], "tier": 1}]
    Snapshot.objects.update(
        data={**data, "combined": {"ranking": {"status": "ok", "measures": ranked}}}
    )
    assert keys(plan, Check.ORPHAN_MEASURE) == []
    Recommendation.objects.filter(findings__measure=first["pk"]).delete()
    orphan = keys(plan, Check.ORPHAN_MEASURE)
    leave_out(plan, first["key"], reason="Others do it", by=None)

    assert orphan == [f"orphan_measure:{first['key']}"]
    assert keys(plan, Check.ORPHAN_MEASURE) == []


def test_region_in_which_few_rated_is_listed_without_their_number():
    plan = make_plan()
    plan.regions.set([make_region("AT32"), make_region("SI03")])

    issues = [i for i in found(plan).values() if i.check is Check.REGION_MISSING]

    assert [(issue.code, dict(issue.params)) for issue in issues] == [("SI03", {"is_none": 1})]


def test_groups_of_society_that_hardly_rated_are_listed():
    plan = make_plan()

    assert keys(plan, Check.HELIX_MISSING)
    assert keys(plan, Check.LEVEL_MISSING) == ["level_missing:regional"]


@pytest.mark.parametrize(("n", "is_told"), [(3, True), (4, True), (5, False)])
def test_of_a_small_group_nobody_learns_whether_it_has_three_or_four_people(n, is_told):
    plan = make_plan()
    cafe = AlpCafe.objects.filter(project=plan.project).first()
    # Of 40 four are a tenth, three are less.
    cafe.participants.all().delete()
    for role, people in (("research", n), ("firm_sme", 40 - n)):
        fill(cafe, {"AT32": [1 + number % 5 for number in range(people)]}, role=role)

    missing = keys(plan, Check.HELIX_MISSING)

    assert ("helix_missing:research" in missing, "helix_missing:business" in missing) == (
        is_told, False,
    )  # fmt: skip


def test_european_action_needs_a_body_that_accepted_it():
    plan = make_plan()
    Action.objects.update(level="european")
    open_ = keys(plan, Check.EU_ONLY_OWNER)
    Action.objects.update(accepted_on=TODAY)

    assert (open_, keys(plan, Check.EU_ONLY_OWNER)) == (["eu_only_owner:X1"], [])


def test_action_that_is_late_through_another_is_told():
    plan = make_plan(("fair", "pilot"))
    one, two = plan.actions.all()
    store_dependencies(two, [(one, 0)])
    day = date(2026, 1, 1)
    Action.objects.filter(pk=one.pk).update(starts_on=day, ends_on=day + timedelta(days=180))
    Action.objects.filter(pk=two.pk).update(
        starts_on=day + timedelta(days=181), ends_on=day + timedelta(days=360)
    )

    late = keys(plan, Check.DEPENDENCY_LATE, today=day + timedelta(days=170))

    assert late == ["dependency_late:X2"]


def test_errors_stop_publication_until_they_are_signed_off_with_a_reason():
    plan = make_plan()
    plan.actions.update(responsible="")
    with pytest.raises(PlanIncompleteError):
        publish_plan(plan, by=None, now=NOW)
    with pytest.raises(InputError, match=r"coverage\.no_reason"):
        sign_off(plan, reason=" ", by=None, today=TODAY)

    signed = sign_off(plan, reason="The ministry is being formed.", by=None, today=TODAY)
    published = publish_plan(signed, by=None, now=NOW)

    assert published.signed_off_keys == ["no_owner:X1"]
    with pytest.raises(StateError, match=r"plan\.published"):
        take_back_sign_off(published, by=None)


def test_error_that_comes_after_the_sign_off_stops_again():
    plan = make_plan()
    plan.actions.update(responsible="")
    sign_off(plan, reason="Known.", by=None, today=TODAY)
    plan.actions.update(starts_on=None)

    with pytest.raises(PlanIncompleteError) as refused:
        publish_plan(ActionPlan.objects.get(), by=None, now=NOW)

    assert [issue.key for issue in refused.value.issues] == ["no_dates:X1"]


def test_signing_off_can_be_taken_back():
    plan = make_plan()
    plan.actions.update(responsible="")
    sign_off(plan, reason="Known.", by=None, today=TODAY)

    take_back_sign_off(plan, by=None)

    assert coverage_of(ActionPlan.objects.get(), today=TODAY).open_errors


def n_queries(plan):
    with CaptureQueriesContext(connection) as queries:
        coverage_of(ActionPlan.objects.select_related("project").get(pk=plan.pk), today=TODAY)
    return len(queries)


def test_number_of_queries_does_not_grow_with_the_actions():
    small, large = whole(make_plan()), whole(make_plan(("fair", "pilot", "label")))

    assert n_queries(small) == n_queries(large) == 27


def test_value_of_a_target_may_be_a_fraction():
    plan = whole(make_plan())
    targets = [(date(2028, 12, 31), Decimal("0.5"))]
    store_parts(plan.actions.get(), {"indicators": [{**INDICATOR, "targets": targets}]}, by=None)

    assert of_action(plan) == []
