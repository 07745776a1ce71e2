"""Joint approaches of several regions: who adopts what until when, and how far each one is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.models import Adoption, AdoptionStep, JointApproach, Recommendation
from alpclusters.platform.territory.models import Region

if TYPE_CHECKING:
    from alpclusters.analysis.plans import AdoptionRate


# --- Begin a joint approach, change it, say which regions take part -------------------------------


PREFIX: Final = "J"


@dataclass(frozen=True, slots=True)
class Aim:
    """What an approach is; of each text all languages."""

    texts: Mapping[str, Mapping[str, str]]
    coordinator: str = ""
    is_public: bool = False
    recommendations: Collection[Recommendation] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What one region adopts until when."""

    region: Region
    body: str = ""
    task: str = ""
    due: date | None = None


@transaction.atomic
def create_approach(project: Project, aim: Aim, *, by: User | None) -> JointApproach:
    """Begin an approach with the next code of the project.

    Raises
    ------
    InputError
        No title in any language (``approach.no_title``).
    """
    owner = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    codes = owner.joint_approaches.order_by().values_list("code", flat=True)
    code = f"{PREFIX}{next_number(codes, PREFIX)}"
    return _store(JointApproach(project=owner, code=code, created_by=by), aim, by=by)


@transaction.atomic
def change_approach(approach: JointApproach, aim: Aim, *, by: User | None) -> JointApproach:
    """Change texts, coordinator, recommendations, and whether everybody sees it."""
    return _store(JointApproach.objects.select_for_update().get(pk=approach.pk), aim, by=by)


def _store(current: JointApproach, aim: Aim, *, by: User | None) -> JointApproach:
    for name, texts in aim.texts.items():
        setattr(current, name, {code: text.strip() for code, text in texts.items()})
    if not current.title:
        code = "approach.no_title"
        raise InputError(code, where=Where(field="title"))
    current.coordinator, current.is_public = aim.coordinator.strip(), aim.is_public
    sign(current, by)
    current.save()
    own = [one.pk for one in aim.recommendations if one.project_id == current.project_id]
    current.recommendations.set(own)
    return current


@transaction.atomic
def add_region(approach: JointApproach, task: Task) -> Adoption:
    """Let a region take part; nothing is known of it yet.

    Raises
    ------
    InputError
        It takes part already (``approach.region_twice``).
    """
    held = JointApproach.objects.select_for_update().get(pk=approach.pk)
    if held.adoptions.filter(region=task.region).exists():
        code = "approach.region_twice"
        raise InputError(code, where=Where(field="region"), found=task.region.code)
    return Adoption.objects.create(
        approach=held, region=task.region, body=task.body, task=task.task, due=task.due
    )


@transaction.atomic
def change_task(adoption: Adoption, task: Task) -> Adoption:
    """Change what a region adopts until when; the region stays."""
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    current.body, current.task, current.due = task.body, task.task, task.due
    current.save()
    return current


@transaction.atomic
def remove_region(adoption: Adoption) -> None:
    """Take out a region of which nothing was recorded.

    Raises
    ------
    StateError
        Steps were recorded (``adoption.move_refused``): they stay.
    """
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if current.steps.exists():
        raise StateError("adoption.move_refused", found=current.state)
    current.delete()


# --- How far the regions of an approach are, and how many of them took it up ----------------------


State = Adoption.State
_DONE = frozenset({State.ADOPTED, State.IMPLEMENTING, State.IMPLEMENTED, *(
    State.NOT_APPLICABLE, State.DECLINED, State.DISCONTINUED)})  # fmt: skip


@dataclass(frozen=True, slots=True)
class RegionLine:
    """A region with its task and its steps in their order."""

    adoption: Adoption
    steps: tuple[AdoptionStep, ...]
    is_overdue: bool

    @property
    def counts_as(self) -> str:
        """The count of the rate it is in: adopted, unknown, not-applicable or none."""
        rate = rate_of([self.adoption])
        counts = {
            "adopted": rate.n_adopted,
            "unknown": rate.n_unknown,
            "not-applicable": rate.n_not_applicable,
        }
        return next((name for name, n in counts.items() if n), "")


@dataclass(frozen=True, slots=True)
class ApproachRecord:
    """An approach with its regions and the rate, which never stands alone."""

    approach: JointApproach
    lines: Sequence[RegionLine]
    rate: "AdoptionRate"


def read_approach(approach: JointApproach, *, today: date) -> ApproachRecord:
    """Read an approach (two queries)."""
    rows = approach.adoptions.select_related("region").prefetch_related("steps")
    lines = [_line(one, today) for one in rows.order_by("region__code", "pk")]
    return ApproachRecord(approach, lines, rate_of([line.adoption for line in lines]))


def rate_of(adoptions: Sequence[Adoption]) -> "AdoptionRate":
    """Return the adoption rate of regions whose steps have been read."""
    from alpclusters.analysis.plans import (  # noqa: PLC0415 - NumPy comes with it
        AdoptionFacts,
        adoption_rate,
    )

    return adoption_rate([AdoptionFacts(one.state, _was_carried_out(one)) for one in adoptions])


def _was_carried_out(one: Adoption) -> bool:
    return any(step.state == State.IMPLEMENTED for step in one.steps.all())


def _line(one: Adoption, today: date) -> RegionLine:
    overdue = one.due is not None and one.due < today and one.state not in _DONE
    return RegionLine(one, tuple(one.steps.all()), is_overdue=overdue)


# --- How far a region is, step by step, each with its date ----------------------------------------
#
# Anything that is not in the table is refused with the states that are allowed.


# Beside the order, each with its reason.
SIDE: Final = (State.NOT_APPLICABLE, State.DECLINED, State.DISCONTINUED)
_BEFORE: Final = (State.NOT_APPLICABLE, State.DECLINED)
TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.UNKNOWN: (State.INFORMED, *_BEFORE),
    State.INFORMED: (State.UNDER_REVIEW, *_BEFORE),
    State.UNDER_REVIEW: (State.ADOPTED, *_BEFORE),
    State.ADOPTED: (State.IMPLEMENTING, State.DISCONTINUED),
    State.IMPLEMENTING: (State.IMPLEMENTED, State.DISCONTINUED),
    State.IMPLEMENTED: (State.DISCONTINUED,),
    **dict.fromkeys(SIDE, ()),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step of a region.

    Attributes
    ----------
    state : str
    happened_on : date
    document : str
        Address of the decision; adopting needs it.
    reason : str
        Why it does not apply, was declined or discontinued.
    """

    state: str
    happened_on: date
    document: str = ""
    reason: str = ""


@transaction.atomic
def record_step(adoption: Adoption, step: NextStep, *, by: User | None, now: datetime) -> Adoption:
    """Record the next step of a region.

    Raises
    ------
    StateError
        The step cannot follow (``adoption.move_refused``; ``expected`` lists those that can).
    InputError
        The decision or the reason is missing, or the date is before the last step's or to come.
    """
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if step.state not in TABLE[current.state]:
        raise StateError(
            "adoption.move_refused",
            found=f"{current.state} -> {step.state}",
            expected=", ".join(TABLE[current.state]),
        )
    _check(step, current, timezone.localdate(now))
    AdoptionStep.objects.create(
        adoption=current,
        state=step.state,
        happened_on=step.happened_on,
        document=step.document.strip(),
        reason=step.reason.strip(),
        recorded_by=by,
        recorded_at=now,
    )
    return _set(current, step.state)


@transaction.atomic
def take_back_step(adoption: Adoption) -> Adoption:
    """Take back the last step, which was recorded by mistake.

    Raises
    ------
    StateError
        There is none (``adoption.no_step``).
    """
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    steps = list(current.steps.order_by("happened_on", "pk"))
    if not steps:
        raise StateError("adoption.no_step")
    steps.pop().delete()
    return _set(current, steps[-1].state if steps else State.UNKNOWN)


def _set(current: Adoption, state: str) -> Adoption:
    current.state = state
    current.save(update_fields=["state"])
    return current


def _check(step: NextStep, current: Adoption, today: date) -> None:
    if step.state == State.ADOPTED and not step.document.strip():
        raise _missing("adoption.no_document", "document")
    if step.state in SIDE and not step.reason.strip():
        raise _missing("adoption.no_reason", "reason")
    if step.happened_on > today:
        raise _missing("adoption.future", "happened_on")
    last = current.steps.order_by("-happened_on", "-pk").first()
    if last is not None and step.happened_on < last.happened_on:
        code = "adoption.dates"
        raise InputError(
            code,
            where=Where(field="happened_on"),
            found=step.happened_on.isoformat(),
            expected=last.happened_on.isoformat(),
        )


def _missing(code: str, field: str) -> InputError:
    return InputError(code, where=Where(field=field))
