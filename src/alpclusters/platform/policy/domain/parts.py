"""What belongs to an action in rows: bodies, dependencies, indicators, sources of money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.models import MixRun, Offer
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.folding import fold
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Cost,
    Dependency,
    DraftingBody,
    FundingLine,
    Indicator,
    Milestone,
    Player,
    Risk,
    Target,
)

# --- Rows of an action: a row keeps its uuid, a new one gets one, a missing one goes --------------


type Row = Mapping[str, Any]
"""Values by field, with ``uuid`` (text, or nothing for a new row)."""


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of rows: its table and what a person writes in it."""

    model: type[Model]
    fields: tuple[str, ...]
    related: tuple[str, ...] = ()


PARTS: Final[Mapping[str, Part]] = {
    "players": Part(Player, ("body", "role")),
    "milestones": Part(
        Milestone, (*input_names(["title"]), "due", "weight", "critical", "done_on", "evidence")
    ),
    "costs": Part(Cost, ("year", "type", "amount_cents", "currency")),
    "funding": Part(
        FundingLine,
        ("source", "offer", "amount_cents", "currency", "status"),
        related=("offer",),
    ),
    "risks": Part(Risk, (*input_names(["text", "answer"]), "likelihood", "impact")),
}


def store_rows(action: Action, name: str, rows: Sequence[Row]) -> None:
    """Make the rows of one kind those that are given."""
    part = PARTS[name]
    known = {str(row.uuid): row for row in getattr(action, name).all()}
    kept = set()
    for row in rows:
        stored = known.get(str(row.get("uuid") or ""))
        kept.add(_rows_store(stored or part.model(action=action), part, row))
    for key, stored in known.items():
        if key not in kept:
            stored.delete()


def rows_of(action: Action, name: str) -> list[dict[str, Any]]:
    """Return what is stored of one kind, as `store_rows` takes it."""
    part = PARTS[name]
    rows = getattr(action, name).all()
    if part.related:
        rows = rows.select_related(*part.related)
    return [
        {"uuid": str(stored.uuid), **{field: read_input(stored, field) for field in part.fields}}
        for stored in rows
    ]


def _rows_store(stored: Any, part: Part, row: Row) -> str:
    """Write one row if anything in it is new; return its uuid."""
    wanted = {field: row[field] for field in part.fields if field in row}
    is_new = stored.pk is None
    if is_new or any(read_input(stored, field) != value for field, value in wanted.items()):
        for field, value in wanted.items():
            write_input(stored, field, value)
        stored.save()
    return str(stored.uuid)


# --- The bodies that drafted a plan, with their countries -----------------------------------------


def store_bodies(plan: ActionPlan, rows: Sequence[Row]) -> None:
    """Make the drafting bodies those that are given; a partner's name ties its organisation.

    Raises
    ------
    InputError
        ``drafting_body.twice``: one name stands there twice.
    """
    known = {body.name: body for body in plan.drafting_bodies.all()}
    partners = dict(plan.project.partners.values_list("organisation__name", "organisation_id"))
    seen = set()
    for row in rows:
        name = row["name"]
        if name in seen:
            code = "drafting_body.twice"
            raise InputError(code, where=Where(field="drafting_bodies"), found=name)
        seen.add(name)
        body = known.pop(name, None) or DraftingBody(plan=plan, name=name)
        body.country = row["country"]
        body.organisation_id = partners.get(name)
        body.save()
    for body in known.values():
        body.delete()


def body_rows(plan: ActionPlan) -> list[dict[str, Any]]:
    """Return the drafting bodies that are stored, as `store_bodies` takes them."""
    return [{"name": body.name, "country": body.country} for body in plan.drafting_bodies.all()]


# --- Which actions have to end before an action can go on; circles are refused with their path


type Waiting = tuple[Action, int]
"""The action that has to end first, and the days between."""


class DependencyCycleError(InputError):
    """Actions that wait for one another; ``path`` names them in order, the first again at the end.

    Attributes
    ----------
    path : tuple of str
        Codes of the actions.
    """

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(
            "dependency.cycle", where=Where(field="dependencies"), found=" → ".join(path)
        )
        self.path = path


def check_dependencies(action: Action, waiting: Sequence[Waiting]) -> None:
    """Refuse actions of another plan, the action itself, doubles and circles.

    Raises
    ------
    InputError
        ``dependency.refused``: not another action of the same plan; ``dependency.twice``.
    DependencyCycleError
        The action would wait for itself.
    """
    seen = set()
    for before, _lag in waiting:
        if before.plan_id != action.plan_id or before.pk == action.pk:
            raise _refused("dependency.refused", before)
        if before.pk in seen:
            raise _refused("dependency.twice", before)
        seen.add(before.pk)
    _refuse_circle(action, waiting)


def store_dependencies(action: Action, waiting: Sequence[Waiting]) -> None:
    """Make an action wait for those that are given, and for no others."""
    check_dependencies(action, waiting)
    known = {row.before_id: row for row in action.dependencies.all()}
    for before, lag in waiting:
        row = known.pop(before.pk, None) or Dependency(before=before, after=action)
        row.lag_days = lag
        row.save()
    for row in known.values():
        row.delete()


def _refuse_circle(action: Action, waiting: Sequence[Waiting]) -> None:
    from alpclusters.analysis.plans import DependencyFacts, find_cycle  # noqa: PLC0415 - NumPy

    ties = Dependency.objects.filter(after__plan=action.plan_id).exclude(after=action)
    others = ties.order_by("pk").values_list("before__code", "after__code", "lag_days")
    edges = [DependencyFacts(before, after, lag) for before, after, lag in others]
    own = [DependencyFacts(before.code, action.code, lag) for before, lag in waiting]
    found = find_cycle([*edges, *own])
    if found is not None:
        path = tuple(str(code) for code in found)
        raise DependencyCycleError(path if path[0] == path[-1] else (*path, path[0]))


def _refused(code: str, before: Action) -> InputError:
    return InputError(code, where=Where(field="dependencies"), found=before.code)


# --- Indicators of an action or of a plan, with their dated targets -------------------------------


FIELDS: Final = (
    *input_names(["name", "unit", "source"]),
    "code",
    "direction",
    "stage",
    "path",
    "baseline",
    "baseline_on",
    "frequency_days",
)
TARGETS: Final = "targets"

type Targets = Sequence[tuple[date, Decimal]]


def check_indicator_row(row: Row) -> None:
    """Refuse targets that cannot be judged: out of order, against the direction, no way to go.

    Gaps of a draft pass; the coverage checks list them.

    Raises
    ------
    AnalysisError
        From `analysis.plans.check_indicator`.
    """
    from alpclusters.analysis.plans import IndicatorFacts, check_indicator  # noqa: PLC0415 - NumPy

    baseline = row.get("baseline")
    check_indicator(
        IndicatorFacts(
            key=str(row.get("code") or "indicator"),
            direction=row["direction"],
            path=row["path"],
            baseline=None if baseline is None else float(baseline),
            baseline_on=row.get("baseline_on"),
            targets=tuple((due, float(value)) for due, value in row.get(TARGETS) or ()),
            frequency_days=row.get("frequency_days") or 365,
        )
    )


def store_indicators(
    plan: ActionPlan, action: Action | None, rows: Sequence[Row], *, by: User | None
) -> None:
    """Make the indicators of an action, or of the plan as a whole, those that are given."""
    known = {str(row.uuid): row for row in plan.indicators.filter(action=action)}
    kept = set()
    for order, row in enumerate(rows):
        check_indicator_row(row)
        found = known.get(str(row.get("uuid") or ""))
        stored = found or Indicator(plan=plan, action=action)
        _indicators_store(stored, row, order, by=by)
        kept.add(str(stored.uuid))
    for key, stored in known.items():
        if key not in kept:
            stored.delete()


def indicator_rows(plan: ActionPlan, action: Action | None) -> list[dict[str, Any]]:
    """Return the indicators that are stored, as `store_indicators` takes them."""
    stored = plan.indicators.filter(action=action).prefetch_related(TARGETS)
    return [
        {
            "uuid": str(row.uuid),
            **{name: read_input(row, name) for name in FIELDS},
            TARGETS: [(target.due, target.value) for target in row.targets.all()],
        }
        for row in stored
    ]


def _indicators_store(stored: Any, row: Row, order: int, *, by: User | None) -> None:
    wanted = {name: row[name] for name in FIELDS if name in row} | {"order": order}
    if stored.pk is None or any(
        read_input(stored, name) != value for name, value in wanted.items()
    ):
        for name, value in wanted.items():
            write_input(stored, name, value)
        sign(stored, by)
        stored.save()
    if TARGETS in row:
        _store_targets(stored, row[TARGETS])


def _store_targets(indicator: Indicator, targets: Targets) -> None:
    known = {target.due: target for target in indicator.targets.all()}
    for due, value in targets:
        target = known.pop(due, None) or Target(indicator=indicator, due=due)
        if target.pk is None or target.value != value:
            target.value = value
            target.save()
    for target in known.values():
        target.delete()


# --- All parts of an action at once: read for a form, store from a form ---------------------------


type Parts = Mapping[str, Sequence[Row]]
"""Rows by kind: those of `PARTS`, ``indicators``, and ``dependencies`` (``before``, ``lag_days``).

A kind that is not there stays as it is.
"""

INDICATORS: Final = "indicators"
DEPENDENCIES: Final = "dependencies"


def store_parts(action: Action, parts: Parts, *, by: User | None) -> None:
    """Make the parts of an action those that are given.

    Raises
    ------
    InputError
        A dependency or target that is refused.
    """
    for name, rows in parts.items():
        if name == INDICATORS:
            store_indicators(action.plan, action, rows, by=by)
        elif name == DEPENDENCIES:
            store_dependencies(action, [(row["before"], row["lag_days"]) for row in rows])
        else:
            store_rows(action, name, rows)


def parts_of(action: Action) -> dict[str, list[dict[str, Any]]]:
    """Return all parts of an action as `store_parts` takes them."""
    waiting = action.dependencies.select_related("before")
    return {
        **{name: rows_of(action, name) for name in PARTS},
        INDICATORS: indicator_rows(action.plan, action),
        DEPENDENCIES: [{"before": row.before, "lag_days": row.lag_days} for row in waiting],
    }


# --- Sources of money for an action: offers of the catalogue by words, and computed mixes ---------


MOST_OFFERS: Final = 10
FORMAT: Final = "offers"


@dataclass(frozen=True, slots=True)
class MixSources:
    """What a mix that was started from an action grants, offer by offer.

    Attributes
    ----------
    run : int
    title : str
        Of the funding case.
    grants : tuple of (str, int)
        Key of the offer and cents of euro; offers that are not used are left out.
    """

    run: int
    title: str
    grants: tuple[tuple[str, int], ...]

    @property
    def total_cents(self) -> int:
        """All grants together: a mix is computed in euro."""
        return sum(cents for _key, cents in self.grants)


def find_offers(text: str) -> list[Offer]:
    """Return published offers whose title or programme has all the words, in any language."""
    words = fold(text).split()
    if not words:
        return []
    names = [f"title__{code}" for code in LANGUAGE_CODES]
    programmes = [f"programme__name__{code}" for code in LANGUAGE_CODES]
    rows = Offer.objects.published().order_by("pk").values_list("pk", *names, *programmes)
    hits = [pk for pk, *texts in rows if _has(words, texts)]
    found = (
        Offer.objects.filter(pk__in=hits).select_related("programme").order_by("title__shown", "pk")
    )
    return list(found[:MOST_OFFERS])


def mixes_of(action: Action) -> list[MixSources]:
    """Return the newest valid mix of each funding case that was started from the action."""
    runs = MixRun.objects.filter(
        case__action_tie__action=action, state=MixRun.State.DONE, result__isnull=False
    ).select_related("case")
    newest: dict[int, MixRun] = {}
    for run in runs.defer("case_data").order_by("asked_at", "pk"):
        if (run.result or {}).get("check", {}).get("valid"):
            newest[run.case_id] = run
    return [MixSources(run.pk, str(run.case), _grants(run.result)) for run in newest.values()]


def offers_by_key(keys: Sequence[str]) -> dict[str, Offer]:
    """Return the offers the catalogue still has."""
    return {offer.key: offer for offer in Offer.objects.filter(key__in=keys)}


def _grants(result: Any) -> tuple[tuple[str, int], ...]:
    rows = result.get(FORMAT, ())
    return tuple((row["id"], row["grant_ct"]) for row in rows if row.get("grant_ct"))


def _has(words: Sequence[str], texts: Sequence[str | None]) -> bool:
    text = " ".join(fold(one) for one in texts if one)
    return all(word in text for word in words)
