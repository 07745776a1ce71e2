"""A joint approach of five regions with what each adopted, and a solution out of a pilot."""

from typing import Final

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.approaches.making import (
    Aim,
    Task,
    add_region,
    create_approach,
)
from alpclusters.platform.policy.domain.approaches.steps import NextStep, record_step
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.plans import Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import regions_by_code, table
from alpclusters.platform.policy.models import Adoption, JointApproach, Solution, SolutionBody
from alpclusters.platform.seed_rows import Row, texts
from alpclusters.platform.territory.models import Region

# A name that is kept for examples: no decision of anybody stands there.
DOCUMENT: Final = "https://example.org/simulated-decision"


def make_approaches(project: Project, drawn: Drawn, calendar: Calendar) -> None:
    """Begin the approach with its regions and record their steps."""
    regions = regions_by_code({row["region"] for row in table("adoptions")})
    for row in table("approaches"):
        aim = Aim(
            texts=texts(row, "title", "objective"),
            coordinator=row["coordinator"],
            is_public=True,
            recommendations=[drawn[k] for k in row["recommendations"].split() if k in drawn],
        )
        approach = create_approach(project, aim, by=None)
        for line in table("adoptions"):
            if line["region"] in regions:
                _adopt(approach, line, regions[line["region"]], calendar)


def _adopt(approach: JointApproach, line: Row, region: Region, calendar: Calendar) -> None:
    task = Task(region, line["body"], line["task"], calendar.day(line["due"]))
    adoption = add_region(approach, task)
    for day, state, *reason in (part.split(":", 2) for part in line["steps"].split("|")):
        step = NextStep(
            state,
            calendar.day(day),
            document=DOCUMENT if state == Adoption.State.ADOPTED else "",
            reason="".join(reason),
        )
        record_step(adoption, step, by=None, now=calendar.moment(day))


def make_solutions(project: Project, made: Made, calendar: Calendar) -> None:
    """Store what came out of a pilot, and who designed it."""
    for row in table("solutions"):
        if row["pilot"] not in made.actions:
            continue
        solution = Solution.objects.create(
            project=project,
            pilot=made.actions[row["pilot"]],
            pilot_ended_on=calendar.day_or_none(row["ended"]),
            taken_up_on=calendar.day_or_none(row["taken_up"]),
            taken_up_by=row["taken_up_by"],
            taken_up_in=DOCUMENT if row["taken_up"] else "",
            **texts(row, "title", "take_up"),
        )
        SolutionBody.objects.bulk_create(
            SolutionBody(solution=solution, part=part, country=country, name=name)
            for part, country, name in (one.split(":", 2) for one in row["bodies"].split("|"))
        )
