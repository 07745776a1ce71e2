"""Plans with everything in them, for the documents."""

from datetime import date
from functools import cache

from alpclusters.platform.languages.codes import LANGUAGE_CODES as CODES
from alpclusters.platform.policy.models import (
    ActionPlan,
    Cost,
    Dependency,
    Endorsement,
    FundingLine,
    Indicator,
    IndicatorValue,
    Milestone,
    Player,
    ProgressReport,
    Risk,
    Target,
)
from alpclusters.reports.plan import PlanSubject, read_subject
from tests.factories.evaluation import NOW, in_five, make_project
from tests.factories.policy import make_plan

TODAY = date(2026, 12, 1)


def full_plan(keys=("fair", "pilot"), **fields: object) -> ActionPlan:
    """Make a published plan whose first action has every part."""
    plan = make_plan(keys, published=True, **fields)
    first, *others = plan.actions.order_by("code")
    fill_action(first)
    for other in others:
        Dependency.objects.create(before=first, after=other, lag_days=7)
    Endorsement.objects.create(
        recommendation=first.recommendations.get(),
        body="Chamber of tests",
        state="endorsed",
        applies="yes",
        decided_on=date(2026, 7, 1),
        recorded_at=NOW,
    )
    return plan


def fill_action(action) -> None:
    """Give an action money in two currencies, milestones, an indicator with a value, a risk."""
    Player.objects.create(action=action, body="Cluster of tests", role="advice")
    Milestone.objects.create(
        action=action, due=date(2026, 10, 1), done_on=date(2026, 9, 30), **titles("Forms agreed")
    )
    Milestone.objects.create(action=action, due=date(2027, 6, 1), **titles("First window"))
    for year, cents, currency in ((2026, 1_250_000, "EUR"), (2027, 6_000_000, "CHF")):
        Cost.objects.create(
            action=action, year=year, type="staff", amount_cents=cents, currency=currency
        )
    FundingLine.objects.create(
        action=action, source="Interreg", amount_cents=1_000_000, status="granted"
    )
    indicator = Indicator.objects.create(
        plan=action.plan, action=action, baseline=0, baseline_on=date(2026, 1, 1),
        stage="result", **in_five("name", [f"Regions {code}" for code in CODES]),
    )  # fmt: skip
    Target.objects.create(indicator=indicator, due=date(2028, 12, 31), value=4)
    IndicatorValue.objects.create(
        indicator=indicator, refers_to=date(2026, 11, 1), value=1, status="confirmed",
        reported_at=NOW,
    )  # fmt: skip
    Risk.objects.create(
        action=action, likelihood=2, impact=3,
        **in_five("text", [f"Law {code}" for code in CODES]),
        **in_five("answer", [f"Letter {code}" for code in CODES]),
    )  # fmt: skip
    ProgressReport.objects.create(
        action=action, confirmed_on=date(2026, 11, 15), progress=0.1, reported_at=NOW,
        text="Slow", obstacles="Law", next_step="Letter",
    )  # fmt: skip


def titles(words: str) -> dict[str, str]:
    """Return a title in five languages."""
    return in_five("title", [f"{words} {code}" for code in CODES])


@cache
def full_subject(language: str = "en") -> PlanSubject:
    """Read a full plan; what was read needs its rows no more."""
    return read_subject(full_plan(), today=TODAY, language=language)


@cache
def subject_of_demonstration(language: str) -> PlanSubject:
    """Read a full plan of a demonstration project: all of it is simulated."""
    project = make_project(slug="demo", kind="demonstration")
    return read_subject(full_plan(project=project), today=TODAY, language=language)
