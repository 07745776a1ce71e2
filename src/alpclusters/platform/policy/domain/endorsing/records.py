"""The log of bodies: what each decided about a recommendation or a plan, step by step."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.codes import versions_of_plan
from alpclusters.platform.policy.domain.endorsing.bindings import is_about_current_text
from alpclusters.platform.policy.models import (
    ActionPlan,
    Endorsement,
    EndorsementStep,
    Recommendation,
)

_ASKED = frozenset({Endorsement.State.INVITED, Endorsement.State.SEEN})


@dataclass(frozen=True, slots=True)
class EndorsementRecord:
    """What one body said, and about which text; function and mandate, no name of a person.

    ``version`` is None where it was not recorded; ``is_current``: the text still stands.
    """

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
    version: int | None
    text_on: date | None
    is_current: bool

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
    version, text_on : int and date, or None
        Of the text it was about; None: not recorded.
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
    version: int | None = None
    text_on: date | None = None

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

    ``decided`` holds what was said about an earlier text too, until the body answers anew.
    ``steps`` holds what was decided over time, the oldest first; who was only asked is not named.
    """

    decided: tuple[EndorsementRecord, ...]
    n_asked: int
    n_waiting: int
    steps: tuple[LogLine, ...] = ()

    @property
    def n_endorsed(self) -> int:
        """How many stand behind the text as it stands now, with or without a reservation."""
        behind = {Endorsement.State.ENDORSED, Endorsement.State.WITH_RESERVATION}
        return sum(one.is_current and one.state in behind for one in self.decided)

    @property
    def n_earlier(self) -> int:
        """How many decided about an earlier text, or about one that was not recorded."""
        return sum(not one.is_current for one in self.decided)


def endorsements_of(thing: Recommendation | ActionPlan) -> EndorsementLog:
    """Read the log of a recommendation or a plan, with what was said about earlier versions."""
    rows = list(thing.endorsements.select_related("region"))
    waiting = [row for row in rows if row.state in _ASKED]
    earlier = list(earlier_of(thing, rows))
    decided = [_record(row, thing) for row in rows if row.state not in _ASKED]
    decided += [_record(row, thing) for row in earlier]
    decided += _said_before(waiting)
    all_rows = Endorsement.objects.filter(pk__in=[row.pk for row in (*rows, *earlier)])
    steps = steps_of(all_rows) if rows or earlier else ()
    return EndorsementLog(tuple(decided), len(rows), len(waiting), steps)


def earlier_of(
    thing: Recommendation | ActionPlan, rows: Collection[Endorsement]
) -> list[Endorsement]:
    """Read what bodies that were not asked again decided about earlier versions of a plan.

    Of several versions the newest decision of a body counts.
    """
    if not isinstance(thing, ActionPlan) or thing.version == 1:
        return []
    known = {row.body for row in rows}
    found: dict[str, Endorsement] = {}
    before = versions_of_plan(thing).exclude(pk=thing.pk).filter(version__lt=thing.version)
    older = Endorsement.objects.filter(plan__in=before).exclude(state__in=_ASKED)
    for row in older.select_related("region").order_by("plan__version", "pk"):
        if row.body not in known:
            found[row.body] = row
    return list(found.values())


def _said_before(waiting: Collection[Endorsement]) -> list[EndorsementRecord]:
    """Return the last decision of those that were asked again and have not answered yet."""
    steps = EndorsementStep.objects.filter(endorsement__in=[row.pk for row in waiting])
    last = {
        step.endorsement_id: step
        for step in steps.exclude(after__in=_ASKED).order_by("recorded_at", "pk")
    }
    return [_record_of_step(row, last[row.pk]) for row in waiting if row.pk in last]


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
        version=row.version,
        text_on=row.text_on,
    )


def _record_of_step(row: Endorsement, step: EndorsementStep) -> EndorsementRecord:
    return EndorsementRecord(
        body=row.body,
        country=row.country,
        region=str(row.region.name) if row.region else "",
        state=step.after,
        applies=step.applies,
        mandate=step.mandate,
        reservation=step.reservation,
        reason=step.reason,
        language=step.language,
        decided_on=step.decided_on,
        document=step.document,
        version=step.version,
        text_on=step.text_on,
        is_current=False,
    )


def _record(row: Endorsement, thing: Recommendation | ActionPlan) -> EndorsementRecord:
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
        version=row.version,
        text_on=row.text_on,
        is_current=is_about_current_text(row, thing),
    )
