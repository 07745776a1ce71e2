"""The page of an evaluation: the finding first, then figures, charts, tables; its brief."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation, word
from alpclusters.platform.evaluation.domain.snapshots import SideBySide, evaluation_of, side_by_side
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Heading,
    Panel,
    Paragraph,
    RowGroup,
    Run,
    Text,
    plain,
)
from alpclusters.reports.blocks import Column as BlockColumn
from alpclusters.reports.blocks import Table as BlockTable
from alpclusters.reports.claims.ratings import nothing_yet, people, stated
from alpclusters.reports.dates import format_date
from alpclusters.reports.evaluation.brief import Brief
from alpclusters.reports.evaluation.method import (
    asking_sentences,
    method_sentences,
    result_sentences,
)
from alpclusters.reports.evaluation.persons import protection_sentences
from alpclusters.reports.evaluation_subject import EvaluationSubject, listed_items, why_no_mean
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.stored_results import brief_of, results_of
from alpclusters.www.components.parts import Crumb, Figure, Station, Tab, Table
from alpclusters.www.public.documents import digest_parts
from alpclusters.www.public.evaluations.changes import RoundsPart, read_rounds
from alpclusters.www.public.evaluations.parts import (
    ArrivalsPart,
    CombinedPart,
    CriterionPart,
    OpinionsPart,
    PersonsPart,
    TopThreePart,
    arrivals_part,
    combined_part,
    criterion_part,
    opinions_part,
    persons_part,
    rated_of,
    top_three_part,
)
from alpclusters.www.public.evaluations.stored import subject_of
from alpclusters.www.public.evaluations.tables import ANSWERS, n_answers, site_table
from alpclusters.www.public.trail import strip_of

# --- The brief of an evaluation on its page: its blocks as parts of the site ----------------------


@dataclass(frozen=True)
class Line:
    """A sentence with what stands out before it."""

    strong: str
    text: str


@dataclass(frozen=True)
class BriefPiece:
    """A paragraph, a list or a table: one of them is filled."""

    text: str = ""
    lines: Sequence[Line] = ()
    table: Table | None = None
    note: str = ""


@dataclass
class BriefSection:
    """What stands below one heading of the second page."""

    title: str
    is_panel: bool = False
    pieces: list[BriefPiece] = field(default_factory=list)


@dataclass(frozen=True)
class BriefPart:
    """Whose figures these are, the table of answers, and the sections of the second page."""

    whose: str
    table: Table | None
    note: str
    sections: Sequence[BriefSection]


def brief_part(brief: Brief, language: str, *, answer: str) -> BriefPart:
    """Lay the blocks of a brief out for the page; ``answer`` heads the column of answers."""
    found = _ungrouped(brief.answers, answer) if brief.answers else None
    return BriefPart(
        whose=brief.note,
        table=_table(found, language) if found else None,
        note=plain(found.note) if found else "",
        sections=_sections(brief.doubts, language),
    )


def _table(table: BlockTable, language: str) -> Table:
    return replace(site_table(table, caption=table.caption, language=language), wide=False)


def _ungrouped(table: BlockTable, answer: str) -> BlockTable:
    """Set the words of each group of rows beside its rows."""
    if not any(isinstance(row, RowGroup) for row in table.rows):
        return table
    rows, words = [], ""
    for row in table.rows:
        if isinstance(row, RowGroup):
            words = row.title
        else:
            rows.append((row[0], words, *row[1:]))
    columns = (table.columns[0], BlockColumn(answer), *table.columns[1:])
    return replace(table, columns=columns, rows=tuple(rows))


def _sections(blocks: Sequence[Block], language: str) -> list[BriefSection]:
    found: list[BriefSection] = []
    for block in blocks:
        match block:
            case Heading(text=title):
                found.append(BriefSection(title))
            case Panel(blocks=inner, title=title):
                pieces = [piece for one in inner for piece in _pieces(one, language)]
                found.append(BriefSection(title, is_panel=True, pieces=pieces))
            case _:
                found[-1].pieces += _pieces(block, language)
    return found


def _pieces(block: Block, language: str) -> list[BriefPiece]:
    match block:
        case Paragraph(text=text):
            return [BriefPiece(text=plain(text))]
        case Bullets(items=items):
            return [BriefPiece(lines=[_line(item) for item in items])]
        case BlockTable():
            return [BriefPiece(table=_table(block, language), note=plain(block.note))]
    raise TypeError(type(block))


def _line(text: Text) -> Line:
    match text:
        case (Run(strong=True, text=first), *rest):
            return Line(first, plain(tuple(rest)))
    return Line("", plain(text))


# --- What the page of an evaluation shows: the finding first, then figures, charts, tables --------


FORMATS: Final = ("pdf", "docx", "xlsx", "csv", "decisions", "json")
COMBINED: Final = "combined"
ROUNDS: Final = "rounds"
ANSWER: Final = ("what people think of a measure", "Answer")
# Why a number of people leads to no list.
SINGLE: Final = gettext_lazy("single answers are shown to nobody")
NAMED: Final = gettext_lazy("the table of all measures on this page names each of them")


@dataclass(frozen=True)
class EvaluationPage:
    """One snapshot as people read it."""

    snapshot: Snapshot
    evaluation: Evaluation
    title: str
    lead: str
    figures: Sequence[Figure]
    brief: BriefPart | None
    agreement: Sequence[Figure]
    tabs: Sequence[Tab]
    criterion: CriterionPart | None
    combined: CombinedPart | None
    rounds: RoundsPart | None
    opinions: OpinionsPart | None
    may_evaluate_again: bool
    persons: PersonsPart | None
    top_three: TopThreePart | None
    arrivals: ArrivalsPart | None
    protection: Sequence[str]
    conventions: Sequence[str]
    trail: Sequence[Station]
    crumbs: Sequence[Crumb]
    made_on: str
    why_no_mean: str

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
        Key of the criterion to show, ``combined`` or ``rounds``; an unknown one gives the
        first criterion.
    address : str
        Of the page, for the tabs.
    """
    language = nearest_language(get_language())
    evaluation = evaluation_of(snapshot)
    subject = subject_of(snapshot, evaluation, language)
    before = side_by_side(snapshot, evaluation)
    shown = _chosen(evaluation, criterion)
    tab = _tab(evaluation, before, criterion)
    part = criterion_part(shown, subject, language) if shown and not tab else None
    combined = combined_part(evaluation, subject, language) if tab == COMBINED else None
    opinions = opinions_part(evaluation, subject, language)
    brief = brief_of(evaluation, language)
    return EvaluationPage(
        snapshot=snapshot,
        evaluation=evaluation,
        title=brief.title if brief else _without_brief(shown, subject, language),
        lead=_lead(evaluation, brief, language),
        figures=_figures(evaluation, brief, subject, language),
        brief=brief_part(brief, language, answer=pgettext(*ANSWER)) if brief else None,
        agreement=_agreement_figure(shown, subject, address, language),
        tabs=_tabs(evaluation, before, tab or (shown.key if shown else ""), address, language),
        criterion=part,
        combined=combined,
        rounds=read_rounds(before, evaluation, subject, language) if tab == ROUNDS else None,
        opinions=opinions,
        may_evaluate_again=bool(opinions and opinions.is_unjudged)
        and not snapshot.cafe.is_open
        and person.has_perm("evaluation.make_snapshot", snapshot.cafe),
        persons=persons_part(evaluation, language),
        top_three=top_three_part(evaluation, subject, language),
        arrivals=arrivals_part(evaluation, language),
        protection=protection_sentences(evaluation, language),
        conventions=_conventions(evaluation, language),
        trail=strip_of(snapshot, seen_by=person, label=str(snapshot.number)),
        crumbs=_crumbs(snapshot, evaluation, language),
        made_on=format_date(snapshot.made_at.date(), language),
        why_no_mean=why_no_mean(evaluation, language),
    )


def _conventions(evaluation: Evaluation, language: str) -> list[str]:
    descriptions = [result.description for result in evaluation.criteria]
    if not descriptions:
        return []
    scales = [result.scale for result in evaluation.criteria]
    results = results_of(evaluation, language)
    return [
        *method_sentences(descriptions, scales, language),
        *asking_sentences(evaluation.best_k, language),
        *(result_sentences(results, language) if results else ()),
    ]


def _chosen(evaluation: Evaluation, key: str) -> CriterionResult | None:
    by_key = {result.key: result for result in evaluation.criteria}
    return by_key.get(key) or next(iter(evaluation.criteria), None)


def _tab(evaluation: Evaluation, before: SideBySide | None, key: str) -> str:
    """Return the tab that is no criterion, if it is asked for and there is something on it."""
    offered = {COMBINED: evaluation.combined, ROUNDS: before}
    is_criterion = any(result.key == key for result in evaluation.criteria)
    return key if offered.get(key) and not is_criterion else ""


def _without_brief(shown: CriterionResult | None, subject: EvaluationSubject, language: str) -> str:
    if shown is None:
        return nothing_yet(language).text
    return stated(shown.description, rated_of(shown, subject), subject, language).text


def _lead(evaluation: Evaluation, brief: Brief | None, language: str) -> str:
    """Say how many people rated, and whether there are camps."""
    if evaluation.n_people is None:
        return why_no_mean(evaluation, language)
    said = people(evaluation.n_people, language).text
    if brief is None:
        return f"{said} {why_no_mean(evaluation, language)}"
    return f"{said} {brief.lead}"


def _figures(
    evaluation: Evaluation, brief: Brief | None, subject: EvaluationSubject, language: str
) -> list[Figure]:
    """Draw the key figures of the brief; where nothing is shown, that it is withheld."""
    if brief is None:
        n, few = evaluation.n_people, _("withheld")
        n_people = few if n is None else format_integer(n, language)
        n_ratings = format_integer(0, language) if n == 0 else few
        return [
            Figure(_("People"), n_people, key="people", exact=n, why=SINGLE),
            Figure(_("Ratings"), n_ratings, key="ratings", why=SINGLE),
        ]
    standing = sum(result.description.standing for result in evaluation.criteria)
    n_measures = len(listed_items(evaluation.criteria[0].description, subject))
    marks: tuple[dict[str, Any], ...] = (
        {"key": "people", "exact": evaluation.n_people, "why": SINGLE},
        {"key": "measures", "exact": n_measures, "why": NAMED},
        {"key": "ratings", "exact": standing, "why": SINGLE},
        {"key": "cannot-judge", "exact": evaluation.cannot_judge_share, "why": SINGLE},
    )
    return [
        Figure(item.label, item.value, item.note, **mark)
        for item, mark in zip(brief.figures.items, marks, strict=True)
    ]


def _agreement_figure(
    shown: CriterionResult | None, subject: EvaluationSubject, address: str, language: str
) -> list[Figure]:
    """Lead to the answers: alpha compares those to one measure, so their counts are its rows."""
    found = shown.agreement if shown else None
    if shown is None or found is None or found.alpha is None:
        return []
    name = word(shown.names, language)
    sub = _("%(aspect)s: Krippendorff’s alpha, 0 as by chance, 1 full") % {"aspect": name}
    alpha = format_number(found.alpha, language, 2)
    key = f"alpha.{shown.key}"
    n = n_answers(rated_of(shown, subject))
    url = f"{address}?criterion={shown.key}#{ANSWERS}"
    return [
        Figure(_("Agreement"), alpha, sub, key=key, exact=found.alpha, n=n, url=url, rests=ANSWERS)
    ]


def _tabs(
    evaluation: Evaluation,
    before: SideBySide | None,
    shown: str,
    address: str,
    language: str,
) -> list[Tab]:
    named = [(result.key, word(result.names, language)) for result in evaluation.criteria]
    if evaluation.combined is not None:
        named.append((COMBINED, _("Together")))
    if before is not None:
        named.append((ROUNDS, _("Beside the earlier AlpCafé")))
    if len(named) < 2:  # noqa: PLR2004 - one needs no tab
        return []
    return [
        Tab(name, f"{address}?criterion={key}#tabs", is_current=key == shown) for key, name in named
    ]


def _crumbs(snapshot: Snapshot, evaluation: Evaluation, language: str) -> list[Crumb]:
    return [
        Crumb(_("AlpCafés"), reverse("public:cafes")),
        Crumb(word(evaluation.title, language), reverse("public:cafe", args=[snapshot.cafe_id])),
        Crumb(_("Evaluation")),
    ]
