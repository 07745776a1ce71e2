"""The log of bodies: what each decided about a recommendation or a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.domain.records import EndorsementLine
from alpclusters.platform.policy.models import ActionPlan, Endorsement, Recommendation

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
class EndorsementLog:
    """All bodies of a thing that have decided, and how many were asked without an answer."""

    decided: tuple[EndorsementRecord, ...]
    n_asked: int
    n_waiting: int

    @property
    def n_endorsed(self) -> int:
        """How many stand behind it, with or without a reservation."""
        behind = {Endorsement.State.ENDORSED, Endorsement.State.WITH_RESERVATION}
        return sum(one.state in behind for one in self.decided)


def endorsements_of(thing: Recommendation | ActionPlan) -> EndorsementLog:
    """Read the log of a recommendation or a plan (one query)."""
    rows = list(thing.endorsements.select_related("region"))
    decided = tuple(_record(row) for row in rows if row.state not in _ASKED)
    return EndorsementLog(decided, n_asked=len(rows), n_waiting=len(rows) - len(decided))


def log_of(lines: Sequence[EndorsementLine], language: str) -> EndorsementLog:
    """Return the log of a plan that has been read."""
    decided = tuple(_of_line(line, language) for line in lines if line.state not in _ASKED)
    return EndorsementLog(decided, n_asked=len(lines), n_waiting=len(lines) - len(decided))


def _of_line(line: EndorsementLine, language: str) -> EndorsementRecord:
    return EndorsementRecord(
        body=line.body,
        country=line.country,
        region=word(line.region, language) if line.region else "",
        state=line.state,
        applies=line.applies,
        mandate=line.mandate,
        reservation=line.reservation,
        reason=line.reason,
        decided_on=line.decided_on,
        document=line.document,
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
        decided_on=row.decided_on,
        document=row.document,
    )
