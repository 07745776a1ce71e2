"""What the page of an evaluation shows: the finding first, then figures, charts, tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.consensus import MeasureDescription
from alpclusters.platform.accounts.rules import Person
from alpclusters.platform.evaluation.domain.records import (
    SPLITS,
    CriterionResult,
    Evaluation,
    word,
)
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.trail.domain.stations import Stop, stations_of
from alpclusters.reports.blocks import plain
from alpclusters.reports.dates import format_date
from alpclusters.reports.evaluation_figures import mean_figure, rating_distribution_figure
from alpclusters.reports.evaluation_findings import leading_items, rating_title, short
from alpclusters.reports.evaluation_method import method_sentences
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    Rated,
    by_division,
    by_mean,
    rated_items,
)
from alpclusters.reports.evaluation_tables import rating_table
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.parts import Crumb, Figure, Station, Tab, Table
from alpclusters.www.public.charts import ChartView, view_of
from alpclusters.www.public.documents import digest_parts
from alpclusters.www.public.evaluations.subjects import subject_of
from alpclusters.www.public.evaluations.tables import HeatView, heat_view, site_table
from alpclusters.www.public.trail import NAMES, address_of, trail_stations

FORMATS: Final = ("pdf", "docx", "xlsx", "csv", "json")
_FEWEST_TO_DIVIDE: Final = 5


@dataclass(frozen=True)
class ChartPart:
    """A chart with its sentence, what it shows, its note."""

    title: str
    note: str
    view: ChartView


@dataclass(frozen=True)
class CriterionPart:
    """Everything on one criterion."""

    name: str
    question: str
    dots: ChartPart | None
    spread: ChartPart | None
    table: Table
    table_note: str
    heats: Sequence[HeatView]


@dataclass(frozen=True)
class Reached:
    """The things at one station of the trail, each with its page."""

    name: str
    links: Sequence[Crumb]


@dataclass(frozen=True)
class EvaluationPage:
    """One snapshot as people read it."""

    snapshot: Snapshot
    evaluation: Evaluation
    title: str
    lead: str
    figures: Sequence[Figure]
    tabs: Sequence[Tab]
    criterion: CriterionPart | None
    conventions: Sequence[str]
    trail: Sequence[Station]
    reached: Sequence[Reached]
    crumbs: Sequence[Crumb]
    made_on: str

    @property
    def digest_parts(self) -> Sequence[str]:
        """The check sum in short pieces."""
        return digest_parts(self.snapshot.digest)

    @property
    def formats(self) -> Sequence[str]:
        """The kinds of file one can take away."""
        return FORMATS


def read_page(
    snapshot: Snapshot, *, person: Person, criterion: str, address: str
) -> EvaluationPage:
    """Read a snapshot for its page.

    Parameters
    ----------
    criterion : str
        Key of the criterion to show; an unknown one gives the first.
    address : str
        Of the page, for the tabs.
    """
    language = nearest_language(get_language())
    evaluation = evaluation_of(snapshot)
    subject = subject_of(snapshot, evaluation, language)
    shown = _chosen(evaluation, criterion)
    stops = stations_of(snapshot, seen_by=person)
    return EvaluationPage(
        snapshot=snapshot,
        evaluation=evaluation,
        title=finding_of(_rated(shown, subject), language),
        lead=_lead(evaluation, language),
        figures=_figures(evaluation, language),
        tabs=_tabs(evaluation, shown, address, language),
        criterion=_part(shown, subject, language) if shown else None,
        conventions=_conventions(evaluation, language),
        trail=trail_stations(stops, label=str(snapshot.number), lists="#reached"),
        reached=_reached(stops),
        crumbs=_crumbs(snapshot, evaluation, language),
        made_on=format_date(snapshot.made_at.date(), language),
    )


def _reached(stops: Sequence[Stop]) -> list[Reached]:
    """List what a station with several things leads to."""
    several = [stop for stop in stops if len(stop.refs) > 1 and not stop.is_here]
    return [
        Reached(str(NAMES[stop.station]), [Crumb(r.label, address_of(r)) for r in stop.refs])
        for stop in several
    ]


def _conventions(evaluation: Evaluation, language: str) -> list[str]:
    descriptions = [result.description for result in evaluation.criteria]
    return method_sentences(descriptions, language) if descriptions else []


def _chosen(evaluation: Evaluation, key: str) -> CriterionResult | None:
    by_key = {result.key: result for result in evaluation.criteria}
    return by_key.get(key) or next(iter(evaluation.criteria), None)


def _rated(result: CriterionResult | None, subject: EvaluationSubject) -> list[Rated]:
    return by_mean(rated_items(result.description, subject)) if result else []


def finding_of(rated: list[Rated], language: str) -> str:
    """Name the one or two measures that lead; of more only their number."""
    if len(rated) > 2 and len(leading := leading_items(rated)) == 2:  # noqa: PLR2004 - a pair
        names = {"first": short(leading[0].name), "second": short(leading[1].name)}
        return _("Rated highest: %(first)s and %(second)s") % names
    return rating_title(rated, language)


def _behind(rated: list[Rated], language: str) -> str:
    """Say how many measures lie clearly behind the first."""
    behind = len(rated) - len(leading_items(rated))
    if not behind:
        return rating_title(rated, language)
    return ngettext(
        "%(k)s of %(n)s measures lies clearly behind the first",
        "%(k)s of %(n)s measures lie clearly behind the first",
        behind,
    ) % {"k": behind, "n": len(rated)}


def _lead(evaluation: Evaluation, language: str) -> str:
    if evaluation.n_people is None:
        return _("Fewer than 5 people rated; their answers are not shown.")
    people = ngettext(
        "%(n)s person has rated.", "%(n)s people have rated.", evaluation.n_people
    ) % {"n": format_integer(evaluation.n_people, language)}
    note = _("Measures whose intervals overlap cannot be told apart with these data.")
    return f"{people} {note}"


def _figures(evaluation: Evaluation, language: str) -> list[Figure]:
    measures, criteria = len(evaluation.measures), len(evaluation.criteria)
    n_measures = ngettext("%(n)s measure", "%(n)s measures", measures) % {"n": measures}
    n_criteria = ngettext("%(n)s criterion", "%(n)s criteria", criteria) % {"n": criteria}
    regions = sum(1 for group in evaluation.groups["region"] if group.key)
    n_regions = ngettext("%(n)s region", "%(n)s regions", regions) % {"n": regions}
    return [
        Figure(_("People"), _count(evaluation.n_people, language), n_regions),
        Figure(_("Ratings"), _count(evaluation.n_ratings, language), f"{n_measures}, {n_criteria}"),
        Figure(_("I cannot judge this"), *_cannot_judge(evaluation, language)),
    ]


def _count(n: int | None, language: str) -> str:
    return _("withheld") if n is None else format_integer(n, language)


def _cannot_judge(evaluation: Evaluation, language: str) -> tuple[str, str]:
    share = evaluation.cannot_judge_share
    if share is None or evaluation.n_ratings is None or evaluation.n_cannot_judge is None:
        return "–", ""
    of_all = _("%(k)s of %(n)s answers") % {
        "k": format_integer(evaluation.n_cannot_judge, language),
        "n": format_integer(evaluation.n_ratings + evaluation.n_cannot_judge, language),
    }
    return format_percent(share, language), of_all


def _tabs(
    evaluation: Evaluation, shown: CriterionResult | None, address: str, language: str
) -> list[Tab]:
    if len(evaluation.criteria) < 2:  # noqa: PLR2004 - one needs no tab
        return []
    return [
        Tab(
            word(result.names, language),
            f"{address}?criterion={result.key}",
            is_current=result is shown,
        )
        for result in evaluation.criteria
    ]


def _part(result: CriterionResult, subject: EvaluationSubject, language: str) -> CriterionPart:
    rated = _rated(result, subject)
    order = {item.id: place for place, item in enumerate(rated)}
    listed = sorted(result.description.measures, key=lambda m: order.get(m.measure, len(order)))
    caption = _("All measures with n, interval and “cannot judge”")
    table = rating_table(listed, result.description, subject, language, caption=caption)
    return CriterionPart(
        name=word(result.names, language),
        question=word(result.questions, language),
        dots=_dots(rated, result, subject, language) if rated else None,
        spread=_spread(rated, result, subject, language) if rated else None,
        table=site_table(table, caption=word(result.names, language), language=language),
        table_note=plain(table.note),
        heats=_heats([m for m in listed if m.summary], result, subject, language),
    )


def _heats(
    items: Sequence[MeasureDescription],
    result: CriterionResult,
    subject: EvaluationSubject,
    language: str,
) -> list[HeatView]:
    found = [heat_view(items, result, subject, split=s, language=language) for s in SPLITS]
    return [view for view in found if view is not None] if items else []


def _dots(
    rated: list[Rated], result: CriterionResult, subject: EvaluationSubject, language: str
) -> ChartPart:
    title = _behind(rated, language)
    figure = mean_figure(
        rated, result.description, language, caption=title, answers=subject.answers[result.key]
    )
    return ChartPart(
        title, plain(figure.note), view_of(figure.chart, caption=title, language=language)
    )


def _spread(
    rated: list[Rated], result: CriterionResult, subject: EvaluationSubject, language: str
) -> ChartPart:
    title = _divided(rated)
    figure = rating_distribution_figure(rated, subject, result.key, language, caption=title)
    return ChartPart(
        title, plain(figure.note), view_of(figure.chart, caption=title, language=language)
    )


def _divided(rated: list[Rated]) -> str:
    divided = by_division(rated, least_n=_FEWEST_TO_DIVIDE)
    if len(divided) < 2:  # noqa: PLR2004 - nothing to compare with
        return _("How people answered")
    return _("Opinions differ most on “%(name)s”") % {"name": short(divided[0].name)}


def _crumbs(snapshot: Snapshot, evaluation: Evaluation, language: str) -> list[Crumb]:
    return [
        Crumb(_("AlpCafés"), reverse("public:cafes")),
        Crumb(word(evaluation.title, language), reverse("public:cafe", args=[snapshot.cafe_id])),
        Crumb(_("Evaluation")),
    ]
