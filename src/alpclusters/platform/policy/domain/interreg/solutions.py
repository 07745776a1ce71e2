"""Solutions out of pilot actions: written down with the bodies that carried and designed them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import Solution, SolutionBody

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
