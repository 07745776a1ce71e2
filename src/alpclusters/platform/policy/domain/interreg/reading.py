"""The indicators of Interreg from the data of a project.

- bodies: the partners of the project, each as its legal entity
- strategies: its plans (strategies.py)
- solutions, with the bodies named there
- pilot actions: those that the solutions name; several solutions may come out of one
- agreements: links between two partners on which a formal agreement has a date
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.db.models import F, Min, Q

from alpclusters.analysis.plans import (
    AgreementFacts,
    InterregBody,
    InterregFacts,
    InterregFigure,
    NotCounted,
    PilotFacts,
    Reason,
    SolutionFacts,
    StrategyFacts,
    interreg_figures,
)
from alpclusters.analysis.plans.interreg import last_day_after
from alpclusters.platform.actors.models import Organisation, PartOf
from alpclusters.platform.network.domain.links.survival import country_of
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    DraftingBody,
    Endorsement,
    Milestone,
    ProgressReport,
    Solution,
    SolutionBody,
)

# --- Organisations as legal entities: after merges, a unit counts as the body it belongs to -------


# Units of units of units: more than this is no body anybody knows.
_MOST_STEPS: Final = 8


class Entities:
    """Finds the legal entity of organisations, two queries for all of them."""

    def __init__(self, pks: Iterable[int]) -> None:
        self._parents = _parents()
        self._merged = dict(
            Organisation.objects.exclude(merged_into=None)
            .order_by()
            .values_list("pk", "merged_into")
        )
        wanted = {step for pk in pks for step in self._way(pk)}
        rows = Organisation.objects.filter(pk__in=wanted).select_related("region")
        self._known: Mapping[int, Organisation] = {row.pk: row for row in rows.order_by("pk")}

    def _way(self, pk: int) -> list[int]:
        """Return the organisation and those above it, the legal entity last."""
        way = [pk]
        while len(way) <= _MOST_STEPS:
            above = self._merged.get(way[-1]) or self._parents.get(way[-1])
            if above is None or above in way:
                break
            way.append(above)
        return way

    def entity(self, pk: int) -> int:
        """Return the number of the legal entity."""
        return self._way(pk)[-1]

    def body(self, pk: int) -> InterregBody:
        """Return an organisation as a body with its legal entity."""
        organisation = self._known[self._merged.get(pk) or pk]
        country = country_of(organisation) or country_of(self._known[self.entity(pk)])
        return InterregBody(name=organisation.name, country=country, entity=self.entity(pk))


def _parents() -> dict[int, int]:
    rows = PartOf.objects.current().order_by()
    return dict(rows.values_list("unit", "parent"))


# --- The plans of a project as the indicators count them: who drafted, adopted and began them -----


# A body that endorses the whole plan, with or without a reservation, and dates it, adopts it.
ADOPTED: Final = (Endorsement.State.ENDORSED, Endorsement.State.WITH_RESERVATION)


def newest_plans(project: Project) -> list[ActionPlan]:
    """List the plans of a project, each in its newest published version, else in its newest."""
    found: dict[Any, ActionPlan] = {}
    for plan in project.plans.prefetch_related("drafting_bodies").order_by("version", "pk"):
        known = found.get(plan.uuid)
        if known is None or plan.is_published or not known.is_published:
            found[plan.uuid] = plan
    return sorted(found.values(), key=lambda plan: plan.pk)


def drafting_organisations(plans: Collection[ActionPlan]) -> list[int]:
    """List the organisations among the drafting bodies of plans."""
    rows = DraftingBody.objects.filter(plan__in=plans, organisation__isnull=False)
    return list(rows.order_by("pk").values_list("organisation", flat=True))


def strategy_facts(plans: Sequence[ActionPlan], entities: Entities) -> Iterator[StrategyFacts]:
    """Return plans with the days that decide about them."""
    adopted, begun = _adopted(plans), begun_on(plans)
    for plan in plans:
        yield StrategyFacts(
            name=plan.title,
            kind=plan.kind,
            bodies=tuple(_body(one, entities) for one in plan.drafting_bodies.all()),
            completed_on=plan.completed_on,
            adopted_on=adopted.get(plan.pk),
            begun_on=begun.get(plan.pk),
        )


def begun_on(plans: Sequence[ActionPlan]) -> dict[int, date]:
    """Return the first day on which something of a plan was done, by number of the plan.

    It is the first report with progress, the first milestone that was reached or the first action
    that was done; a start that was only planned is none.
    """
    sources: list[Mapping[int, date]] = [
        _first(ProgressReport.objects.filter(progress__gt=0), "action__plan", "confirmed_on"),
        _first(Milestone.objects.filter(done_on__isnull=False), "action__plan", "done_on"),
        _first(Action.objects.filter(done_on__isnull=False), "plan", "done_on"),
    ]
    found = {}
    for plan in plans:
        days = [source[plan.pk] for source in sources if plan.pk in source]
        if days:
            found[plan.pk] = min(days)
    return found


def _first(rows: Any, plan: str, day: str) -> dict[int, date]:
    return dict(rows.order_by().values_list(plan).annotate(first=Min(day)))


def _adopted(plans: Collection[ActionPlan]) -> dict[int, date]:
    of_plans = Q(plan__in=plans, state__in=ADOPTED, decided_on__isnull=False)
    # Not what was said about an earlier version; of old rows nobody knows the version.
    of_plans &= Q(version=F("plan__version")) | Q(version=None)
    return _first(Endorsement.objects.filter(of_plans), "plan", "decided_on")


def _body(one: DraftingBody, entities: Entities) -> InterregBody:
    if one.organisation_id is None:
        return InterregBody(name=one.name, country=one.country)
    entity = entities.entity(one.organisation_id)
    return InterregBody(name=one.name, country=one.country, entity=entity)


# --- The indicators of Interreg from the data of a project ----------------------------------------


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
