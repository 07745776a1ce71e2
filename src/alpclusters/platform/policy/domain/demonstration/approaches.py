"""A joint approach of five regions with what each adopted, and a solution out of a pilot."""

from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.plans import Made
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import regions_by_code, table
from alpclusters.platform.policy.models import (
    Adoption,
    AdoptionStep,
    JointApproach,
    Solution,
    SolutionBody,
)
from alpclusters.platform.seed_rows import Row, texts
from alpclusters.platform.territory.models import Region

CODE = "J1"


def make_approaches(project: Project, drawn: Drawn, calendar: Calendar) -> None:
    """Store the approach with its regions, each with its steps and their dates."""
    regions = regions_by_code({row["region"] for row in table("adoptions")})
    for row in table("approaches"):
        carried = [drawn[key] for key in row["recommendations"].split() if key in drawn]
        approach = JointApproach.objects.create(
            project=project,
            code=CODE,
            coordinator=row["coordinator"],
            is_public=True,
            **texts(row, "title", "objective"),
        )
        approach.recommendations.set(carried)
        for line in table("adoptions"):
            if line["region"] in regions:
                _adopt(approach, line, regions[line["region"]], calendar)


def _adopt(approach: JointApproach, line: Row, region: Region, calendar: Calendar) -> None:
    steps = [part.split(":", 2) for part in line["steps"].split("|")]
    adoption = Adoption.objects.create(
        approach=approach,
        region=region,
        body=line["body"],
        task=line["task"],
        due=calendar.day(line["due"]),
        state=steps[-1][1],
    )
    AdoptionStep.objects.bulk_create(
        AdoptionStep(
            adoption=adoption,
            state=state,
            happened_on=calendar.day(day),
            reason="".join(reason),
            recorded_at=calendar.moment(day),
        )
        for day, state, *reason in steps
    )


def make_solutions(project: Project, made: Made, calendar: Calendar) -> None:
    """Store what came out of a pilot, and who designed it."""
    for row in table("solutions"):
        if row["pilot"] not in made.actions:
            continue
        solution = Solution.objects.create(
            project=project,
            pilot=made.actions[row["pilot"]],
            pilot_ended_on=calendar.day(row["ended"]),
            **texts(row, "title", "take_up"),
        )
        SolutionBody.objects.bulk_create(
            SolutionBody(solution=solution, part=part, country=country, name=name)
            for part, country, name in (one.split(":", 2) for one in row["bodies"].split("|"))
        )
