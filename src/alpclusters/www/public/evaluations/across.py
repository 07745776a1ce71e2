"""Common denominators of a project: page and document from its released evaluations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.evaluation.domain.across import (
    Across,
    AcrossCriterion,
    Released,
    across_project,
)
from alpclusters.platform.evaluation.domain.common_ground import country_of
from alpclusters.platform.evaluation.domain.records import REGION, word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.models import Project
from alpclusters.reports.blocks import Document, plain
from alpclusters.reports.captions import file_name
from alpclusters.reports.dates import format_date
from alpclusters.reports.evaluation.across import (
    AcrossResults,
    CafeTiers,
    across_conventions,
    across_sentences,
    across_tiers,
    across_title,
    across_verdict,
    build_across_document,
)
from alpclusters.reports.evaluation.results import CommonGround
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import format_integer, format_n
from alpclusters.reports.stored_results import split_names
from alpclusters.www.components.parts import Crumb, Figure, Table
from alpclusters.www.public.documents import TakenAway, written
from alpclusters.www.public.evaluations.stored import short_name
from alpclusters.www.public.evaluations.tables import site_table

FORMATS: Final = ("pdf", "docx", "xlsx")


@dataclass(frozen=True)
class TablePart:
    """A table with its note."""

    table: Table
    note: str


@dataclass(frozen=True)
class CriterionSection:
    """One criterion: the rule, the verdicts, the tiers of each AlpCafé."""

    name: str
    told: Sequence[str]
    verdict: TablePart | None
    tiers: TablePart | None


@dataclass(frozen=True)
class EvaluationLink:
    """An evaluation behind the figures."""

    name: str
    url: str
    words: str
    n_people: int


@dataclass(frozen=True)
class AcrossPage:
    """What holds across borders in a project, and from which evaluations it follows."""

    project: Project
    title: str
    figures: Sequence[Figure]
    criteria: Sequence[CriterionSection]
    links: Sequence[EvaluationLink]
    conventions: Sequence[str]
    crumbs: Sequence[Crumb]

    @property
    def formats(self) -> Sequence[str]:
        """The kinds of file one can take away; none before anything is released."""
        return FORMATS if self.links else ()


def read_across(project: Project) -> AcrossPage:
    """Read the released evaluations of a project for its page."""
    language = nearest_language(get_language())
    across = across_project(project)
    subject = _subject(project, across, language)
    results = _results(across, language)
    return AcrossPage(
        project=project,
        title=across_title(results, subject, language),
        figures=_figures(across, language),
        criteria=[_section(one, subject, language) for one in results],
        links=[_link(one, language) for one in across.released],
        conventions=across_conventions(language),
        crumbs=[
            Crumb(_("Projects"), reverse("public:projects")),
            Crumb(project.acronym, reverse("public:project", args=[project.slug])),
            Crumb(_("Common denominators")),
        ],
    )


def across_file(project: Project, kind: str, language: str) -> TakenAway | None:
    """Make one file of the common denominators; None before anything is released."""
    document = across_document(project, language)
    if document is None:
        return None
    taken = written(document, kind)
    return TakenAway(file_name(document, kind), taken.content_type, taken.content)


def across_document(project: Project, language: str) -> Document | None:
    """Build the report; None before anything is released."""
    across = across_project(project)
    if not across.released:
        return None
    subject = _subject(project, across, language)
    return build_across_document(_results(across, language), subject=subject, language=language)


# --- records of the builders ----------------------------------------------------------------


def _results(across: Across, language: str) -> list[AcrossResults]:
    return [
        AcrossResults(
            name=word(one.names, language),
            ground=_ground(one),
            measures=tuple(item.pk for item in one.measures),
            cafes=tuple(_tiers(cafe, one, language) for cafe in across.released),
        )
        for one in across.criteria
    ]


def _ground(one: AcrossCriterion) -> CommonGround:
    cells: dict[Id, frozenset[Id]] = {}
    for figure in one.figures:
        cells[figure.measure] = cells.get(figure.measure, frozenset()) | {figure.region}
    return CommonGround(
        found=one.found,
        reasons=one.reasons,
        regions={region: country_of(region) for region in one.regions},
        n_regions=len(one.regions) + one.n_hidden,
        cells=cells,
        n_people={region: n for region, n in one.regions.items()},  # noqa: C416 - widens the key
        split=REGION,
    )


def _tiers(cafe: Released, one: AcrossCriterion, language: str) -> CafeTiers:
    return CafeTiers(
        name=word(cafe.evaluation.title, language),
        region=word(cafe.evaluation.region, language),
        country=country_of(cafe.region),
        held_on=cafe.snapshot.cafe.held_on,
        n_people=cafe.evaluation.n_people,
        tiers=one.tiers.get(cafe.snapshot.pk, {}),
    )


def _subject(project: Project, across: Across, language: str) -> EvaluationSubject:
    evaluations = [one.evaluation for one in across.released]
    # The names of a region held at an AlpCafé, then what people named.
    held: dict[tuple[str, Id | None], str] = {
        (REGION, one.region): word(one.evaluation.region, language) for one in across.released
    }
    named: dict[tuple[str, Id | None], str] = {
        (REGION, group.key): word(group.names, language)
        for one in evaluations
        for group in one.groups[REGION]
        if group.key
    }
    made = max((one.snapshot.made_at.date() for one in across.released), default=None)
    return EvaluationSubject(
        name=project.acronym,
        date=made or date.min,
        item_names={i.pk: word(i.names, language) for one in evaluations for i in one.measures},
        split_names=split_names(language),
        group_names=held | named,
        sources=tuple(_source(one, language) for one in across.released),
        publisher=str(project),
        project=short_name(project.slug),
        version="1",
        simulated=project.is_simulated,
    )


def _source(one: Released, language: str) -> str:
    return _("Ratings of the AlpCafé “%(cafe)s”, snapshot %(number)s.") % {
        "cafe": word(one.evaluation.title, language),
        "number": one.snapshot.number,
    }


# --- the page -------------------------------------------------------------------------------


def _section(one: AcrossResults, subject: EvaluationSubject, language: str) -> CriterionSection:
    verdict = across_verdict(one, subject, language)
    tiers = next(iter(across_tiers(one, subject, language)), None)
    verdicts, in_cafes = (
        TablePart(site_table(t, caption=t.caption, language=language), plain(t.note)) if t else None
        for t in (verdict, tiers)
    )
    return CriterionSection(
        name=one.name,
        told=across_sentences(one, subject, language),
        verdict=verdicts,
        tiers=in_cafes,
    )


def _figures(across: Across, language: str) -> list[Figure]:
    regions = {region for one in across.criteria for region in one.regions}
    countries = {country_of(region) for region in regions}
    people = sum(one.evaluation.n_people or 0 for one in across.released)
    shown = _("with figures that may be shown")
    several = _("who came to several AlpCafés counts each time")
    of_cafes = _("from the regions of the people in these AlpCafés")
    n_cafes = len(across.released)

    def figure(label: str, sub: str, key: str, n: int, why: str = "") -> Figure:
        text = format_integer(n, language)
        return Figure(label, text, sub, key=key, exact=n, why=why, is_listed=not why)

    newest = _("newest released evaluation of each")
    return [
        figure(_("AlpCafés"), newest, "cafes", n_cafes),
        figure(_("People"), several, "people", people),
        figure(_("Regions"), shown, "regions", len(regions), of_cafes),
        figure(_("Countries"), ", ".join(sorted(countries)), "countries", len(countries), of_cafes),
    ]


def _link(one: Released, language: str) -> EvaluationLink:
    n = one.evaluation.n_people
    people = _("withheld") if n is None else format_n(n, language)
    day = format_date(one.snapshot.cafe.held_on, language)
    return EvaluationLink(
        name=word(one.evaluation.title, language),
        url=reverse("public:evaluation", args=[one.snapshot.pk]),
        words=f"{word(one.evaluation.region, language)}, {day}, {people}",
        n_people=n or 0,
    )
