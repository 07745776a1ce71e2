"""What a plan still lacks before it can be published."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from alpclusters.platform.policy.domain.texts import missing_languages
from alpclusters.platform.policy.models import Action, ActionPlan
from alpclusters.platform.trail.domain.coverage import without_trail
from alpclusters.platform.trail.domain.kinds import Thing


class Lack(StrEnum):
    """What can be missing."""

    ACTIONS = "actions"
    TITLE = "title"
    SUMMARY = "summary"
    PUBLISHER = "publisher"
    DESCRIPTION = "description"
    RESPONSIBLE = "responsible"
    PERIOD = "period"
    TRAIL = "trail"


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing.

    Attributes
    ----------
    lack : Lack
    code : str
        Of the action or recommendation; empty for the plan itself.
    languages : tuple of str
        In which a text is missing.
    action : int or None
        Number of the action, so that a page can lead there.
    """

    lack: Lack
    code: str = ""
    languages: tuple[str, ...] = ()
    action: int | None = None


def gaps_of(plan: ActionPlan) -> tuple[Gap, ...]:
    """List what a plan lacks; an empty list means that it can be published."""
    return (*_plan_gaps(plan), *_action_gaps(plan), *_trail_gaps(plan))


def _plan_gaps(plan: ActionPlan) -> Iterator[Gap]:
    for lack in (Lack.TITLE, Lack.SUMMARY):
        if languages := missing_languages(plan, lack):
            yield Gap(lack, languages=tuple(languages))
    if not plan.publisher.strip():
        yield Gap(Lack.PUBLISHER)


def _action_gaps(plan: ActionPlan) -> Iterator[Gap]:
    actions = list(plan.actions.all())
    if not actions:
        yield Gap(Lack.ACTIONS)
    for action in actions:
        yield from _gaps(action)


def _gaps(action: Action) -> Iterator[Gap]:
    for lack in (Lack.TITLE, Lack.DESCRIPTION):
        if languages := missing_languages(action, lack):
            yield Gap(lack, action.code, tuple(languages), action.pk)
    if not action.responsible.strip():
        yield Gap(Lack.RESPONSIBLE, action.code, action=action.pk)
    if action.starts_on is None or action.ends_on is None:
        yield Gap(Lack.PERIOD, action.code, action=action.pk)


def _trail_gaps(plan: ActionPlan) -> Iterator[Gap]:
    for statement in without_trail(plan):
        action = statement.pk if statement.thing is Thing.ACTION else None
        yield Gap(Lack.TRAIL, statement.code, action=action)
