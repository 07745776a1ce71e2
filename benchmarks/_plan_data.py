"""A plan of any size, made of simulated actions, reports and values, in a few bulk writes."""

# ruff: noqa: PLC0415 - models are imported once the settings are named

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

LANGUAGES: Final = ("de", "en", "fr", "it", "sl")
TODAY: Final = date(2026, 7, 1)
NOW: Final = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
LEVELS: Final = ("european", "macro_regional", "national", "regional")
_PER_RECOMMENDATION: Final = 5
_CHAIN: Final = 8  # actions that wait for each other


def fill_plan(plan: Any, n_actions: int, n_values: int, *, regions: Sequence[Any] = ()) -> None:
    """Fill a plan with actions and everything that belongs to them.

    Parameters
    ----------
    plan : ActionPlan
        A stored plan of a simulated project.
    n_actions, n_values : int
        The values are shared out over one indicator per action.
    regions : sequence of Region
        Each action is carried out in one of them, in turn.
    """
    actions = _actions(plan, n_actions)
    _recommendations(plan, actions)
    _parts(actions, regions)
    _values(plan, actions, n_values)


def _texts(field: str, text: str) -> dict[str, dict[str, str]]:
    return {field: {code: f"{text} ({code})" for code in LANGUAGES}}


def _actions(plan: Any, n: int) -> list[Any]:
    from alpclusters.platform.policy.models import Action

    rows = []
    for i in range(n):
        start = date(2025, 1, 1) + timedelta(days=17 * (i % 60))
        rows.append(
            Action(
                plan=plan,
                code=f"X{i + 1}",
                order=i + 1,
                level=LEVELS[i % len(LEVELS)],
                responsible=f"Body {i % 37}",
                starts_on=start,
                ends_on=start + timedelta(days=200 + i % 500),
                done_on=start + timedelta(days=190) if i % 11 == 0 else None,
                weight=1 + i % 3,
                **_texts("title", f"Action {i + 1} that links cluster organisations"),
                **_texts("background", "What was learnt from earlier initiatives. " * 3),
                **_texts("description", "What is done, step by step and by whom. " * 5),
            )
        )
    return Action.objects.bulk_create(rows, batch_size=200)


def _recommendations(plan: Any, actions: Sequence[Any]) -> None:
    from alpclusters.platform.evidence.models import Lesson
    from alpclusters.platform.policy.models import Action, Finding, Recommendation
    from alpclusters.platform.trail.models import Edge

    n = max(1, len(actions) // _PER_RECOMMENDATION)
    lesson = Lesson.objects.create(
        key=f"plan-{plan.pk}", verdict="works", is_published=True, is_simulated=True,
        **_texts("statement", "Joint calls work where one body owns them"),
    )  # fmt: skip
    # The trail leaves out what is younger than the plan that is said to have come of it.
    Lesson.objects.filter(pk=lesson.pk).update(created_at=NOW)
    findings = Finding.objects.bulk_create(
        Finding(
            project=plan.project, kind="lesson", lesson=lesson, code=f"F{i + 1}", certainty="B",
            made_at=NOW, **_texts("statement", f"Finding {i + 1}"),
        )
        for i in range(n)
    )  # fmt: skip
    made = Recommendation.objects.bulk_create(
        Recommendation(
            project=plan.project, code=f"E{i + 1}", level=LEVELS[i % len(LEVELS)],
            state="published", addressee="Ministries",
            **_texts("title", f"Recommendation {i + 1}"),
            **_texts("text", "Regions should open their calls to each other. " * 3),
        )
        for i in range(n)
    )  # fmt: skip
    ties = Recommendation.findings.through
    ties.objects.bulk_create(
        ties(recommendation=r, finding=f) for r, f in zip(made, findings, strict=True)
    )
    carried = Action.recommendations.through
    carried.objects.bulk_create(
        carried(action=action, recommendation=made[i % n]) for i, action in enumerate(actions)
    )
    ends = [
        *(
            ("grounds", "finding", f, "recommendation", r)
            for f, r in zip(findings, made, strict=True)
        ),
        *(
            ("carried_by", "recommendation", made[i % n], "action", action)
            for i, action in enumerate(actions)
        ),
        *(("states", "lesson", lesson, "finding", f) for f in findings),
    ]
    Edge.objects.bulk_create(
        Edge(kind=kind, from_kind=a, from_id=x.pk, to_kind=b, to_id=y.pk, made_at=NOW)
        for kind, a, x, b, y in ends
    )


def _parts(actions: Sequence[Any], regions: Sequence[Any]) -> None:
    from alpclusters.platform.policy import models

    models.Milestone.objects.bulk_create(
        models.Milestone(
            action=action,
            due=action.starts_on + timedelta(days=50 * (k + 1)),
            done_on=action.starts_on + timedelta(days=50 * (k + 1)) if k < i % 4 else None,
            **_texts("title", f"Milestone {k + 1}"),
        )
        for i, action in enumerate(actions)
        for k in range(4)
    )
    models.Dependency.objects.bulk_create(
        models.Dependency(before=actions[i - 1], after=action, lag_days=i % 10)
        for i, action in enumerate(actions)
        if i % _CHAIN
    )
    models.Cost.objects.bulk_create(
        models.Cost(
            action=action, year=2026 + k, type="staff", amount_cents=1_000_000 + i * 1000,
            currency="CHF" if i % 9 == 0 else "EUR",
        )
        for i, action in enumerate(actions)
        for k in range(2)
    )  # fmt: skip
    models.FundingLine.objects.bulk_create(
        models.FundingLine(
            action=action, source=f"Programme {i % 12}", amount_cents=900_000, status="granted",
            currency="CHF" if i % 9 == 0 else "EUR",
        )
        for i, action in enumerate(actions)
    )  # fmt: skip
    models.Player.objects.bulk_create(
        models.Player(action=action, body=f"Partner {i % 20}", role="host")
        for i, action in enumerate(actions)
    )
    models.Risk.objects.bulk_create(
        models.Risk(action=action, likelihood=1 + i % 3, impact=2, **_texts("text", "Staff leaves"))
        for i, action in enumerate(actions)
    )
    models.ProgressReport.objects.bulk_create(
        models.ProgressReport(
            action=action, confirmed_on=TODAY - timedelta(days=40 + 200 * (i % 3 == 0) + 200 * k),
            progress=min(1.0, (i % 10) / 10), reported_at=NOW, language="en",
            text="The partners met twice.", obstacles="The call was late.",
        )
        for i, action in enumerate(actions)
        for k in range(2)
    )  # fmt: skip
    if regions:
        ties = models.Action.regions.through
        ties.objects.bulk_create(
            ties(action=action, region=regions[i % len(regions)])
            for i, action in enumerate(actions)
        )


def _values(plan: Any, actions: Sequence[Any], n: int) -> None:
    from alpclusters.platform.policy.models import Indicator, IndicatorValue, Target

    stages = ("output", "result", "impact")
    indicators = Indicator.objects.bulk_create(
        Indicator(
            plan=plan, action=action, code=f"I{i + 1}", baseline=0, baseline_on=date(2025, 1, 1),
            stage=stages[i % len(stages)], order=i, frequency_days=365,
            **_texts("name", f"Indicator {i + 1}"), **_texts("unit", "organisations"),
        )
        for i, action in enumerate(actions)
    )  # fmt: skip
    Target.objects.bulk_create(
        Target(indicator=indicator, due=date(2028, 12, 31), value=100) for indicator in indicators
    )
    IndicatorValue.objects.bulk_create(
        (
            IndicatorValue(
                indicator=indicators[k % len(indicators)],
                refers_to=date(2025, 1, 31) + timedelta(days=50 * (k // len(indicators))),
                value=5 * (k // len(indicators)), reported_at=NOW, status="confirmed",
            )
            for k in range(n)
        ),
        batch_size=500,
    )  # fmt: skip
