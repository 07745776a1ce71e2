"""What the coverage checks find: one record per thing that is missing, late or open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from django.db.models import Max, Prefetch, Q

from alpclusters.platform.evaluation.domain.records import Words
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Finding,
    Indicator,
    Recommendation,
)
from alpclusters.platform.territory.models import Region
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.platform.trail.models import Edge


class Severity(StrEnum):
    """How much a finding weighs: an error stops publication."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Check(StrEnum):
    """The checks, in the order in which they are listed."""

    NO_ACTIONS = "no_actions"
    NO_TEXT = "no_text"
    NO_PUBLISHER = "no_publisher"
    NO_TRAIL = "no_trail"
    NO_OWNER = "no_owner"
    NO_DATES = "no_dates"
    NO_LEVEL = "no_level"
    CONTRADICTION_OPEN = "contradiction_open"
    CONFLICT_OPEN = "conflict_open"
    NO_BUDGET = "no_budget"
    NO_FUNDING = "no_funding"
    NO_INDICATOR = "no_indicator"
    NO_BASELINE = "no_baseline"
    NO_TARGET = "no_target"
    NO_MILESTONE = "no_milestone"
    REGION_MISSING = "region_missing"
    HELIX_MISSING = "helix_missing"
    LEVEL_MISSING = "level_missing"
    WEAK_EVIDENCE = "weak_evidence"
    ORPHAN_RECOMMENDATION = "orphan_recommendation"
    ORPHAN_MEASURE = "orphan_measure"
    LANGUAGE_MISSING = "language_missing"
    LANGUAGE_OUTDATED = "language_outdated"
    STALE_FINDING = "stale_finding"
    EU_ONLY_OWNER = "eu_only_owner"
    DEPENDENCY_LATE = "dependency_late"


_ERRORS: Final = frozenset(
    {
        Check.NO_ACTIONS,
        Check.NO_TEXT,
        Check.NO_PUBLISHER,
        Check.NO_TRAIL,
        Check.NO_OWNER,
        Check.NO_DATES,
        Check.NO_LEVEL,
        Check.CONTRADICTION_OPEN,
        Check.CONFLICT_OPEN,
    }
)


def severity_of(check: Check) -> Severity:
    """Return how much a check weighs."""
    if check in _ERRORS:
        return Severity.ERROR
    return Severity.INFO if check is Check.DEPENDENCY_LATE else Severity.WARNING


class On(StrEnum):
    """What an issue is about, and so where it is mended."""

    PLAN = "plan"
    ACTION = "action"
    RECOMMENDATION = "recommendation"
    MEASURE = "measure"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that a check found.

    Attributes
    ----------
    check : Check
    on : On
    pk : int
        Number of the thing it is about.
    code : str
        Code or key of that thing; empty for the plan itself.
    title : mapping of str to str
        Its title by language.
    part : str
        Of an action: the section of its page where it is mended, as ``milestones``.
    languages : tuple of str
        In which a text is missing or outdated.
    params : mapping of str to str or int
        What the sentence needs: codes, counts, cents.
    """

    check: Check
    on: On
    pk: int
    code: str = ""
    title: Words = field(default_factory=dict)
    part: str = ""
    languages: tuple[str, ...] = ()
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """How much it weighs."""
        return severity_of(self.check)

    @property
    def key(self) -> str:
        """The name under which it is signed off: check, code and what else tells it apart."""
        detail = str(self.params.get("what", ""))
        return ":".join(part for part in (self.check.value, self.code, detail) if part)


@dataclass(frozen=True, slots=True)
class Coverage:
    """All issues of a plan on one day.

    Attributes
    ----------
    issues : tuple of Issue
        Errors first, then warnings, then infos; within them by check.
    signed_keys : frozenset of str
        Keys of errors that a policy maker lets pass.
    signed_reason : str
    left_out : mapping of str to str
        Measures of the first tier without a recommendation, and why.
    """

    issues: tuple[Issue, ...]
    signed_keys: frozenset[str]
    signed_reason: str
    left_out: Mapping[str, str]

    def of(self, severity: Severity) -> tuple[Issue, ...]:
        """Return the issues of one severity."""
        return tuple(issue for issue in self.issues if issue.severity is severity)

    @property
    def open_errors(self) -> tuple[Issue, ...]:
        """The errors nobody signed off: they stop publication."""
        return tuple(i for i in self.of(Severity.ERROR) if i.key not in self.signed_keys)

    @property
    def signed_errors(self) -> tuple[Issue, ...]:
        """The errors that were signed off; the reason is printed with them."""
        return tuple(i for i in self.of(Severity.ERROR) if i.key in self.signed_keys)


# --- What the checks look at, read in a number of queries that does not grow with the plan --------


STANDING: Final = (Recommendation.State.ADOPTED, Recommendation.State.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Facts:
    """A plan with all that the checks ask about.

    Attributes
    ----------
    plan : ActionPlan
    actions : sequence of Action
        With parts, indicators, recommendations, findings and conflicts prefetched.
    recommendations : mapping of int to Recommendation
        Those the actions carry, each once.
    regions : sequence of Region
        Of the plan, or those its partners answer for.
    newest : mapping of int to int
        By AlpCafé the number of its newest released snapshot.
    """

    plan: ActionPlan
    actions: Sequence[Action]
    recommendations: Mapping[int, Recommendation]
    regions: Sequence[Region]
    newest: Mapping[int, int]


def read_facts(plan: ActionPlan) -> Facts:
    """Read a plan for the checks."""
    actions = list(_actions(plan))
    return Facts(
        plan=plan,
        actions=actions,
        recommendations={r.pk: r for action in actions for r in action.recommendations.all()},
        regions=_regions(plan),
        newest=_newest(plan),
    )


def findings_of(recommendation: Recommendation) -> list[Finding]:
    """Return the findings of a recommendation that was read here."""
    return list(recommendation.findings.all())


def _actions(plan: ActionPlan) -> Any:
    findings = Finding.objects.select_related("lesson", "snapshot").defer("snapshot__data")
    recommendations = Recommendation.objects.prefetch_related(
        Prefetch("findings", queryset=findings), "conflicts_with"
    )
    return plan.actions.prefetch_related(
        Prefetch("recommendations", queryset=recommendations),
        Prefetch("indicators", queryset=Indicator.objects.prefetch_related("targets")),
        "milestones",
        "costs",
        "funding",
        "risks",
    )


def _regions(plan: ActionPlan) -> list[Region]:
    of_partners = Q(partners__project=plan.project_id)
    own = list(plan.regions.order_by("code", "pk"))
    return own or list(Region.objects.filter(of_partners).distinct().order_by("code", "pk"))


def _newest(plan: ActionPlan) -> dict[int, int]:
    rows = Snapshot.objects.filter(cafe__project=plan.project_id, released_at__isnull=False)
    numbers = rows.order_by().values("cafe").annotate(newest=Max("number"))
    return dict(numbers.values_list("cafe", "newest"))


# --- Which statements of a plan have no trail -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of a plan that nothing is behind."""

    thing: Thing
    pk: int
    code: str
    title: str


def without_trail(plan: ActionPlan) -> tuple[Statement, ...]:
    """List the actions and recommendations of a plan that lead to no finding."""
    actions = list(plan.actions.all())
    carried = _tied(Edge.Kind.CARRIED_BY, [action.pk for action in actions])
    behind = {pk for sources in carried.values() for pk in sources}
    grounded = _tied(Edge.Kind.GROUNDS, list(behind))
    bare = [a for a in actions if not any(pk in grounded for pk in carried.get(a.pk, ()))]
    loose = Recommendation.objects.filter(pk__in=behind - set(grounded)).order_by("pk")
    return (*(_action(a) for a in bare), *(_recommendation(r) for r in loose))


def _tied(kind: str, targets: list[int]) -> dict[int, list[int]]:
    """Return per thing what it rests on by one kind of tie."""
    found: dict[int, list[int]] = {}
    edges = Edge.objects.filter(kind=kind, to_id__in=targets).order_by("pk")
    for source, target in edges.values_list("from_id", "to_id"):
        found.setdefault(target, []).append(source)
    return found


def _action(action: Action) -> Statement:
    return Statement(Thing.ACTION, action.pk, action.code, action.title)


def _recommendation(recommendation: Recommendation) -> Statement:
    return Statement(
        Thing.RECOMMENDATION, recommendation.pk, recommendation.code, recommendation.title
    )
