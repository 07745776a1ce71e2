"""Solutions out of pilot actions: written down with the bodies that carried and designed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from django.db import transaction

from alpclusters.analysis.plans.rules import years_after
from alpclusters.analysis.survival import Curve, Reading, at, kaplan_meier, spells
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.reading import newest_plans
from alpclusters.platform.policy.models import Action, ProgressReport, Solution, SolutionBody

TEXTS = ("title", "take_up")


@dataclass(frozen=True, slots=True)
class Body:
    """A body with its country and what it did."""

    name: str
    country: str
    part: str


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Whether others use a solution: since when, who, and in which document of theirs it stands."""

    is_legal: bool = False
    on: date | None = None
    by: str = ""
    document: str = ""


@transaction.atomic
def write_solution(
    project: Project,
    *,
    texts: Mapping[str, Mapping[str, str]],
    pilot: Any,
    pilot_ended_on: date | None,
    bodies: Sequence[Body],
    taken_up: TakeUp = TakeUp(),
    solution: Solution | None = None,
) -> Solution:
    """Store a solution, or change one; its bodies are those given."""
    solution = solution or Solution(project=project)
    for name in TEXTS:
        if name in texts:
            setattr(solution, name, texts[name])
    solution.pilot, solution.pilot_ended_on = pilot, pilot_ended_on
    solution.is_legal, solution.taken_up_on = taken_up.is_legal, taken_up.on
    solution.taken_up_by, solution.taken_up_in = taken_up.by, taken_up.document
    solution.save()
    solution.bodies.all().delete()
    once = {(one.name, one.part): one for one in bodies}
    SolutionBody.objects.bulk_create(
        SolutionBody(solution=solution, name=one.name, country=one.country, part=one.part)
        for one in once.values()
    )
    return solution


def remove_solution(solution: Solution) -> None:
    """Take a solution away with its bodies."""
    solution.delete()


# --- Which actions go on after the funding of their project: counted from what is reported --------
#
# Time zero is the end of the project. An action lives as long as somebody reports on it; it ends
# when it is stopped; one that is done has lasted until then and is not counted as an end. What
# nobody reports on is known up to the last report, never up to today.


# Fewer actions are not shown as a share (design promise).
FEWEST: Final = 5
LEVEL: Final = 0.9
YEARS: Final = (1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True)
class LastingActions:
    """How long actions went on without the funding.

    Attributes
    ----------
    n_open : int
        Actions that were neither done nor stopped at the end of the project.
    n_answered : int
        Of them those with a word after it: a report, done or stopped.
    n_done, n_stopped : int
        Done and stopped after the end of the project.
    readings : sequence of Reading
        Shares after one, two, three years; empty where fewer than five have a word.
    codes_alive : sequence of str
        Codes of actions reported on more than a year after the end.
    """

    n_open: int
    n_answered: int
    n_done: int
    n_stopped: int
    readings: Sequence[Reading]
    codes_alive: Sequence[str]


def read_lasting_actions(project: Project) -> LastingActions | None:
    """Read what became of the actions of a project; None while its end is not known."""
    end = project.ends_on
    if end is None:
        return None
    actions = [a for a in _actions(project) if not _was_over(a, end)]
    answers = _answers(actions, end)
    return LastingActions(
        n_open=len(actions),
        n_answered=len({place for place, _, _ in answers}),
        n_done=sum(1 for action in actions if action.done_on is not None),
        n_stopped=sum(1 for action in actions if _is_stopped(action)),
        readings=_readings(actions, answers, end),
        codes_alive=_alive(actions, answers, end),
    )


def _actions(project: Project) -> list[Action]:
    plans = newest_plans(project)
    rows = Action.objects.filter(plan__in=plans).prefetch_related("reports")
    return list(rows.order_by("plan", "order", "pk"))


def _was_over(action: Action, end: date) -> bool:
    over = action.done_on or action.stopped_on
    return over is not None and over <= end


def _is_stopped(action: Action) -> bool:
    return action.done_on is None and action.stopped_on is not None


type _Answer = tuple[int, date, str]


def _answers(actions: Sequence[Action], end: date) -> list[_Answer]:
    found: list[_Answer] = []
    for place, action in enumerate(actions):
        reports: Sequence[ProgressReport] = list(action.reports.all())
        found += [(place, one.confirmed_on, "alive") for one in reports if one.confirmed_on > end]
        if action.done_on is not None:
            found.append((place, action.done_on, "alive"))
        elif action.stopped_on is not None:
            found.append((place, action.stopped_on, "ended"))
    return found


def _readings(
    actions: Sequence[Action], answers: Sequence[_Answer], end: date
) -> Sequence[Reading]:
    if len({place for place, _, _ in answers}) < FEWEST:
        return ()
    curve = _curve(len(actions), answers, end)
    return [at(curve, years) for years in YEARS]


def _curve(n: int, answers: Sequence[_Answer], end: date) -> Curve:
    built = spells(
        [place for place, _, _ in answers],
        [day.toordinal() for _, day, _ in answers],
        [word for _, _, word in answers],
        np.full(n, float(end.toordinal())),
    )
    return kaplan_meier(built.duration, built.event, entry=built.entry, level=LEVEL)


def _alive(actions: Sequence[Action], answers: Sequence[_Answer], end: date) -> list[str]:
    year_later = years_after(end, 1)
    places = {place for place, day, word in answers if word == "alive" and day > year_later}
    return [f"{actions[place].code} {actions[place].title}" for place in sorted(places)]
