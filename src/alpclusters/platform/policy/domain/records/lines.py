"""The frozen records of a plan: what page, document, digest and snapshot are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from alpclusters.analysis.plans import ActionStatus, Colour, IndicatorStatus
from alpclusters.analysis.scales import Scale
from alpclusters.platform.evaluation.domain.records import Words


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A finding in words and figures.

    Ratings name measure, criterion, AlpCafé and snapshot and carry numbers; findings of other
    kinds carry a statement, the name of their source and, where it is a lesson, its certainty.
    """

    pk: int
    code: str
    measure: Words
    measure_key: str
    criterion: Words
    cafe: Words
    cafe_pk: int | None
    snapshot: int | None
    snapshot_number: int | None
    n: int | None
    cannot_judge_share: float | None
    estimate: float | None
    low: float | None
    high: float | None
    convention: str
    kind: str = "rating"
    statement: Words | None = None
    certainty: str = ""
    direction: str = "supports"
    # On which a rating was given.
    scale: Scale | None = None
    # What a finding that is no rating rests on: its name, and the number or key of its page.
    source: Words | None = None
    source_key: str = ""
    is_superseded: bool = False
    # A newer evaluation of the same AlpCafé is released: it may say something else.
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class RecommendationLine:
    """A recommendation with its findings."""

    pk: int
    code: str
    title: Words
    text: Words
    rationale: Words
    level: str
    addressee: str
    state: str
    evidence: tuple[EvidenceLine, ...]
    uuid: str = ""
    problem: Words | None = None
    expected_effect: Words | None = None
    rejected_reason: Words | None = None
    state_reason: Words | None = None
    instrument: str = ""
    theme: str = ""
    horizon: str = ""
    cost_band: str = ""
    strength_override: str = ""
    strength_reason: Words | None = None
    denominator: str = ""
    denominator_reason: Words | None = None
    no_action_reason: Words | None = None


@dataclass(frozen=True, slots=True)
class PlayerLine:
    """A body with a part in an action."""

    uuid: str
    body: str
    role: str


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """What has to be reached by a date."""

    uuid: str
    title: Words
    due: date
    weight: int
    critical: bool
    done_on: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """What an action costs in a year, in cents."""

    uuid: str
    year: int
    type: str
    amount_cents: int
    currency: str


@dataclass(frozen=True, slots=True)
class FundingSource:
    """Where money comes from and how sure it is, in cents."""

    uuid: str
    source: str
    offer: str
    offer_pk: int | None
    offer_key: str
    amount_cents: int
    currency: str
    status: str


@dataclass(frozen=True, slots=True)
class RiskLine:
    """What could go wrong, from 1 to 3 likely and bad, and the answer to it."""

    uuid: str
    text: Words
    likelihood: int
    impact: int
    answer: Words


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A value that is aimed at by a date."""

    due: date
    value: Decimal


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A confirmed value with the date it refers to."""

    refers_to: date
    value: Decimal
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """A yardstick with its baseline, targets, confirmed values and computed status."""

    pk: int
    uuid: str
    code: str
    name: Words
    unit: Words
    direction: str
    stage: str
    path: str
    baseline: Decimal | None
    baseline_on: date | None
    targets: tuple[TargetLine, ...]
    values: tuple[ValueLine, ...]
    source: Words
    frequency_days: int
    status: IndicatorStatus

    @property
    def latest(self) -> ValueLine | None:
        """The value with the last date; None as long as nothing is confirmed."""
        return self.values[-1] if self.values else None


@dataclass(frozen=True, slots=True)
class DependencyLine:
    """An action that has to end first, with the days between."""

    uuid: str
    code: str
    lag_days: int


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What a body reported, without the name of a person."""

    confirmed_on: date
    progress: float | None
    language: str
    text: str
    obstacles: str
    next_step: str
    way: str
    round: int | None


@dataclass(frozen=True, slots=True)
class OverrideLine:
    """A colour set by a person beside the computed one."""

    computed: str
    shown: str
    reason: Words
    until_round: int
    made_on: date


@dataclass(frozen=True, slots=True)
class ActionOutline:
    """What lists, boards and charts of many actions need of one."""

    pk: int
    uuid: str
    code: str
    title: Words
    level: str
    responsible: str
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    stopped_on: date | None
    weight: int
    critical: bool
    status: ActionStatus
    shown: Colour
    region_pks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionLine:
    """A line of a plan with all that belongs to it."""

    pk: int
    uuid: str
    code: str
    title: Words
    background: Words
    description: Words
    level: str
    regions: tuple[Words, ...]
    region_pks: tuple[int, ...]
    responsible: str
    accepted_on: date | None
    starts_on: date | None
    ends_on: date | None
    done_on: date | None
    stopped_on: date | None
    reason_not_done: Words
    weight: int
    critical: bool
    recommendations: tuple[RecommendationLine, ...]
    players: tuple[PlayerLine, ...]
    milestones: tuple[MilestoneLine, ...]
    costs: tuple[CostLine, ...]
    funding: tuple[FundingSource, ...]
    risks: tuple[RiskLine, ...]
    indicators: tuple[IndicatorLine, ...]
    dependencies: tuple[DependencyLine, ...]
    report: ReportLine | None
    override: OverrideLine | None
    # Computed (analysis.plans) and what is shown: the override where one holds.
    status: ActionStatus
    shown: Colour

    @property
    def evidence(self) -> tuple[EvidenceLine, ...]:
        """The findings behind the line, each once."""
        found = {line.pk: line for r in self.recommendations for line in r.evidence}
        return tuple(found.values())


@dataclass(frozen=True, slots=True)
class DraftingLine:
    """A body that took part in drafting the plan."""

    name: str
    country: str


@dataclass(frozen=True, slots=True)
class EndorsementLine:
    """A body that stands behind the plan, in part or not at all; functions, never names."""

    body: str
    country: str
    region: Words | None
    mandate: str
    state: str
    applies: str
    reservation: str
    reason: str
    decided_on: date | None
    document: str


@dataclass(frozen=True, slots=True)
class PlanRef:
    """Another plan, above or below."""

    pk: int
    slug: str
    title: Words
    level: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class SnapshotRef:
    """The last link of the chain of reports that cannot be changed."""

    number: int
    digest: str
    made_on: date


# --- Records as values that have one canonical form: no floats, no numbers of rows, no enums ------


# Numbers of rows differ from installation to installation; uuids and codes stay. The scale of a
# criterion never changes, and digests are older than it.
LEFT_OUT: Final = frozenset({"pk", "offer_pk", "region_pks", "cafe_pk", "scale"})
_PLACES: Final = 6


def plain(value: Any) -> Any:
    """Return a record as mappings, lists, text, whole numbers and null.

    Examples
    --------
    >>> plain({"share": 0.5, "on": date(2026, 7, 1), "of": (1, None)})
    {'share': '0.500000', 'on': '2026-07-01', 'of': [1, None]}
    """
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return _items(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    return _record(value) if is_dataclass(value) else _text(value)


def _items(value: list[Any] | tuple[Any, ...] | set[Any] | frozenset[Any]) -> list[Any]:
    """Return a list as it stands; what has no order gets one."""
    items = [plain(item) for item in value]
    return sorted(items, key=str) if isinstance(value, set | frozenset) else items


def _record(value: Any) -> dict[str, Any]:
    names = (field.name for field in fields(value))
    return {name: plain(getattr(value, name)) for name in names if name not in LEFT_OUT}


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{value:.{_PLACES}f}"
    return value.isoformat() if isinstance(value, date) else str(value)
