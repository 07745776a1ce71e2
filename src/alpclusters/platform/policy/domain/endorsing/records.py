"""The log of bodies: what each decided about a recommendation or a plan, step by step."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.models import (
    ActionPlan,
    Endorsement,
    EndorsementStep,
    Recommendation,
)

_ASKED = frozenset({Endorsement.State.INVITED, Endorsement.State.SEEN})


@dataclass(frozen=True, slots=True)
class EndorsementRecord:
    """What one body said; function and mandate, no name of a person."""

    body: str
    country: str
    region: str
    state: str
    applies: str
    mandate: str
    reservation: str
    reason: str
    language: str
    decided_on: date | None
    document: str

    @property
    def state_word(self) -> str:
        """The decision in a word."""
        return str(Endorsement.State(self.state).label)

    @property
    def applies_word(self) -> str:
        """Whether it applies to the body; empty where it did not say."""
        return str(Endorsement.Applies(self.applies).label) if self.applies else ""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One step of one body: what stood before, what stands after it, and in whose words.

    Attributes
    ----------
    body : str
    before, after : str
        States; ``before`` is empty where it is not known.
    applies, mandate, words, language, document : str
        As the body said it then; ``words`` is its reservation or its reason.
    on : date
        The day of the decision, else the day on which it was noted.
    by_link : bool
        The body said it itself, by its link.
    role : str
        Of who entered it for the body; no name of a person.
    """

    body: str
    before: str
    after: str
    applies: str
    mandate: str
    words: str
    language: str
    document: str
    on: date
    by_link: bool
    role: str

    @property
    def before_word(self) -> str:
        """The state before in a word."""
        return str(Endorsement.State(self.before).label) if self.before else ""

    @property
    def after_word(self) -> str:
        """The state after in a word."""
        return str(Endorsement.State(self.after).label)

    @property
    def applies_word(self) -> str:
        """Whether it applies to the body; empty where it did not say."""
        return str(Endorsement.Applies(self.applies).label) if self.applies else ""

    @property
    def role_word(self) -> str:
        """The role of who entered it; empty where nobody did or it is not known."""
        return str(Role(self.role).label) if self.role else ""


@dataclass(frozen=True, slots=True)
class EndorsementLog:
    """All bodies of a thing that have decided, and how many were asked without an answer.

    ``steps`` holds what was decided over time, the oldest first; who was only asked is not named.
    """

    decided: tuple[EndorsementRecord, ...]
    n_asked: int
    n_waiting: int
    steps: tuple[LogLine, ...] = ()

    @property
    def n_endorsed(self) -> int:
        """How many stand behind it, with or without a reservation."""
        behind = {Endorsement.State.ENDORSED, Endorsement.State.WITH_RESERVATION}
        return sum(one.state in behind for one in self.decided)


def endorsements_of(thing: Recommendation | ActionPlan) -> EndorsementLog:
    """Read the log of a recommendation or a plan (two queries)."""
    rows = list(thing.endorsements.select_related("region"))
    decided = tuple(_record(row) for row in rows if row.state not in _ASKED)
    steps = steps_of(thing.endorsements.all()) if rows else ()
    return EndorsementLog(decided, len(rows), len(rows) - len(decided), steps)


def steps_of(endorsements: "QuerySet[Endorsement]") -> tuple[LogLine, ...]:
    """Read the decisions of bodies one after the other (one query)."""
    rows = _decisions().filter(endorsement__in=endorsements)
    return tuple(_line(row) for row in rows)


def steps_by_recommendation(pks: Collection[int]) -> Mapping[int, tuple[LogLine, ...]]:
    """Read the decisions about several recommendations, by number (one query)."""
    found: dict[int, list[LogLine]] = defaultdict(list)
    for row in _decisions().filter(endorsement__recommendation__in=pks):
        found[row.endorsement.recommendation_id or 0].append(_line(row))
    return {pk: tuple(lines) for pk, lines in found.items()}


def _decisions() -> "QuerySet[EndorsementStep]":
    rows = EndorsementStep.objects.exclude(after__in=_ASKED)
    return rows.select_related("endorsement").order_by("recorded_at", "pk")


def _line(row: EndorsementStep) -> LogLine:
    return LogLine(
        body=row.endorsement.body,
        before=row.before,
        after=row.after,
        applies=row.applies,
        mandate=row.mandate,
        words=row.reservation or row.reason,
        language=row.language,
        document=row.document,
        on=row.decided_on or timezone.localdate(row.recorded_at),
        by_link=row.by_link,
        role=row.role,
    )


def _record(row: Endorsement) -> EndorsementRecord:
    return EndorsementRecord(
        body=row.body,
        country=row.country,
        region=str(row.region.name) if row.region else "",
        state=row.state,
        applies=row.applies,
        mandate=row.mandate,
        reservation=row.reservation,
        reason=row.reason,
        language=row.language,
        decided_on=row.decided_on,
        document=row.document,
    )
