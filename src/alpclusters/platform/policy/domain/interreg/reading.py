"""The indicators of Interreg from the data of a project.

- bodies: the partners of the project, each as its legal entity
- strategies: its plans (strategies.py)
- solutions, with the bodies named there
- pilot actions: those that the solutions name; several solutions may come out of one
- agreements: links between two partners on which a formal agreement has a date
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alpclusters.analysis.plans import (
    AgreementFacts,
    InterregBody,
    InterregFacts,
    InterregFigure,
    NotCounted,
    PilotFacts,
    Reason,
    SolutionFacts,
    interreg_figures,
)
from alpclusters.analysis.plans.interreg import last_day_after
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.entities import Entities
from alpclusters.platform.policy.domain.interreg.strategies import (
    drafting_organisations,
    newest_plans,
    strategy_facts,
)
from alpclusters.platform.policy.models import Solution, SolutionBody


@dataclass(frozen=True, slots=True)
class InterregReading:
    """The figures of a project with what they were computed from.

    Attributes
    ----------
    facts : InterregFacts
    figures : mapping of str to InterregFigure
    until : date or None
        The last day for RCR79, RCR84 and RCR104; None without an end of the project.
    """

    facts: InterregFacts
    figures: Mapping[str, InterregFigure]
    until: date | None


def read_interreg(
    project: Project, *, uncounted_countries: Collection[str] = ()
) -> InterregReading:
    """Compute the indicators of a project from its data.

    Parameters
    ----------
    project : Project
    uncounted_countries : collection of str
        Countries whose bodies the programme does not count, such as CH.
    """
    partners = list(project.partners.order_by("order", "pk").values_list("organisation", flat=True))
    plans = newest_plans(project)
    links = list(_links(project))
    ends = [pk for link in links for pk in (link.first_id, link.second_id)]
    entities = Entities([*partners, *ends, *drafting_organisations(plans)])
    solutions = _solutions(project)
    early = [link for link in links if _is_early(link, project)]
    facts = InterregFacts(
        ends_on=project.ends_on,
        bodies=tuple(entities.body(pk) for pk in partners),
        strategies=tuple(strategy_facts(plans, entities)),
        pilots=_pilots(solutions),
        solutions=tuple(_solution(row) for row in solutions),
        agreements=tuple(_agreement(link, entities) for link in links if link not in early),
        uncounted_countries=frozenset(uncounted_countries),
    )
    figures = dict(interreg_figures(facts))
    figures["RCR84"] = _with_early(figures["RCR84"], early)
    return InterregReading(facts, figures, last_day(project))


def last_day(project: Project) -> date | None:
    """Return the last day for what counts after the end of a project."""
    return None if project.ends_on is None else last_day_after(project.ends_on)


def _links(project: Project) -> Iterator[Link]:
    """List the links between two partners that count; each agreement is a link of two."""
    partners = project.partners.order_by().values("organisation")
    rows = Link.objects.counted().filter(
        first__in=partners, second__in=partners, is_simulated=project.is_simulated
    )
    yield from rows.select_related("first", "second").order_by("agreed_on", "pk")


def _is_early(link: Link, project: Project) -> bool:
    """Say whether an agreement is older than the project, so that it is no result of it."""
    start = project.starts_on
    return link.agreed_on is not None and start is not None and link.agreed_on < start


def _agreement(link: Link, entities: Entities) -> AgreementFacts:
    return AgreementFacts(
        name=str(link),
        signed_on=link.agreed_on,
        valid_until=link.ended_on,
        parties=(entities.body(link.first_id), entities.body(link.second_id)),
    )


def _with_early(figure: InterregFigure, early: Sequence[Link]) -> InterregFigure:
    told = [
        NotCounted(str(link), Reason("signed_before_project", {"on": link.agreed_on}))
        for link in early
        if link.agreed_on is not None
    ]
    return replace(figure, not_counted=(*figure.not_counted, *told))


def _solutions(project: Project) -> list[Solution]:
    rows = Solution.objects.filter(project=project).prefetch_related("bodies")
    return list(rows.select_related("pilot").order_by("pk"))


def _solution(row: Solution) -> SolutionFacts:
    return SolutionFacts(
        name=row.title,
        pilot_ended_on=row.pilot_ended_on,
        pilot_bodies=_bodies(row, SolutionBody.Part.PILOT),
        design_bodies=_bodies(row, SolutionBody.Part.DESIGN),
        take_up=row.take_up or "",
        is_legal=row.is_legal,
        taken_up_on=row.taken_up_on,
        taken_up_in=row.taken_up_in,
    )


def _pilots(solutions: Sequence[Solution]) -> tuple[PilotFacts, ...]:
    """Return each pilot action once, with what all its solutions say of it."""
    rows: dict[Hashable, list[Solution]] = {}
    for row in solutions:
        if row.pilot is not None or row.pilot_ended_on or _bodies(row, SolutionBody.Part.PILOT):
            rows.setdefault(row.pilot_id or row.title, []).append(row)
    return tuple(_pilot(same) for same in rows.values())


def _pilot(rows: Sequence[Solution]) -> PilotFacts:
    ended = [row.pilot_ended_on for row in rows if row.pilot_ended_on is not None]
    bodies = [one for row in rows for one in _bodies(row, SolutionBody.Part.PILOT)]
    first = rows[0]
    return PilotFacts(
        name=first.title if first.pilot is None else first.pilot.title,
        ended_on=max(ended, default=None),
        bodies=tuple(dict.fromkeys(bodies)),
    )


def _bodies(solution: Solution, part: str) -> tuple[InterregBody, ...]:
    return tuple(
        InterregBody(name=one.name, country=one.country)
        for one in solution.bodies.all()
        if one.part == part
    )
