"""The brief: two pages that answer what was asked, the first thing of report, page and protocol."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Column,
    Interval,
    KeyFigures,
    PageBreak,
    Paragraph,
    Row,
    RowGroup,
    Table,
)
from alpclusters.reports.claims.opinion import along_axis, opinion_title, unasked, verdict
from alpclusters.reports.claims.ratings import means_lead, stated
from alpclusters.reports.claims.votes import (
    among_best,
    decision_title,
    outcome_words,
    vote_lead,
    vote_title,
)
from alpclusters.reports.evaluation.brief_doubts import doubt_blocks
from alpclusters.reports.evaluation.decisions import (
    MAX_NAME,
    MOST_ROWS,
    Beside,
    Room,
    decisions_table,
    room_below,
)
from alpclusters.reports.evaluation.figures import key_figures
from alpclusters.reports.evaluation.joint_opinion import joint_claims
from alpclusters.reports.evaluation.method import unranked_lead, unranked_title
from alpclusters.reports.evaluation.ranking import RankingView, first_rows
from alpclusters.reports.evaluation.ratings import tier_title, views_of
from alpclusters.reports.evaluation.results import (
    CriterionResults,
    EvaluationResults,
    Opinion,
    tier_name,
)
from alpclusters.reports.evaluation.weighting import weighting_lead
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    by_agreement,
    by_mean,
    is_vote,
    named,
    rated_items,
    reason_sentences,
    short,
)
from alpclusters.reports.numbers import format_integer

# --- The finding of an evaluation: its headline, whether there are camps, what is surely best -----


MAX_END: Final = 70

type Descriptions = Mapping[str, Description]


def headline(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    found: CriterionResults | None,
    view: RankingView | None,
) -> str:
    """Say how many items have the best answer; without answers what leads by tiers, else by means.

    Parameters
    ----------
    found, view : CriterionResults, RankingView or None
        Of the first criterion.
    """
    first = next(iter(by_criterion.values()))
    items = rated_items(first, subject)
    if found and found.decisions and found.decisions.status != "undefined":
        said = decision_title(found.decisions, language, is_vote=is_vote(first)).text
    elif view is not None and not is_vote(first):
        return tier_title(view)
    elif is_vote(first):
        said = vote_title(items, language, description=first).text
    elif subject.best_k:
        return unranked_title(language)
    else:
        said = stated(first, items, subject, language).text
    criterion = next(iter(by_criterion)) if len(by_criterion) > 1 else ""
    return named(said, subject.criterion_names.get(criterion, criterion), language)


def finding(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
) -> str:
    """Say whether there are camps, and what surely is among the best; of old results means."""
    first = next(iter(by_criterion.values()))
    if results is None:
        items = rated_items(first, subject)
        if is_vote(first):
            return " ".join(one.text for one in vote_lead(items, language, description=first))
        if subject.best_k:
            return unranked_lead(language)
        words = stated(first, items, subject, language).text + "."
        return means_lead(items, language) if items else words
    said = camp_sentences(results, subject, language)
    if not is_vote(first):
        ranking = next(iter(results.by_criterion.values())).ranking
        said += [one.text for one in among_best(ranking, subject, language)]
    return " ".join(said)


def camp_sentences(
    results: EvaluationResults, subject: EvaluationSubject, language: str
) -> list[str]:
    """State the verdict on camps in one sentence, of a gradient with its ends."""
    if results.joint_opinion is not None:
        claims = list(joint_claims(results.joint_opinion, subject, language))
        texts = {claim.kind: claim.text for claim in claims}
        ends = texts.get("opinion.from_to") or texts.get("opinion.strictness")
        verdicts = [f"{claim.text}." for claim in claims[:1]]
        return [ends] if ends else verdicts or [unasked(language).text]
    found = next(iter(results.by_criterion.values()))
    if found.opinion is None:
        return reason_sentences("opinion", found.missing.get("opinion", ()), language)[:1] or [
            unasked(language).text
        ]
    return [_verdict(found.opinion, subject, language)]


def _verdict(opinion: Opinion, subject: EvaluationSubject, language: str) -> str:
    structure = opinion.groups.structure
    if structure is None:
        return f"{opinion_title(opinion.groups, language).text}."
    rising, falling = structure.ends()
    ends = None
    if rising.size and falling.size:
        first, last = (subject.item(opinion.items[end[0]]) for end in (rising, falling))
        ends = (short(first, MAX_END), short(last, MAX_END))
    along = along_axis(
        structure.verdict,
        ends,
        language,
        is_strictness=structure.is_strictness,
        reasons=structure.reasons,
    )
    if along is not None:
        return along.text
    is_yes_saying = "yes_saying" in structure.reasons
    return f"{verdict(structure.verdict, language, is_yes_saying=is_yes_saying).text}."


# --- One answer per item on the first page of a brief ---------------------------------------------


MAX_BESIDE: Final = 2  # further criteria there is room for

type Views = Mapping[str, RankingView | None]


def answers_table(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
    views: Views,
    room: Room,
) -> Table | None:
    """Return one answer per item: what is decided, else tiers, else means or shares."""
    name, first = next(iter(by_criterion.items()))
    found = results.by_criterion.get(name) if results else None
    beside = _beside(by_criterion, subject, language, results, views)
    view = views[name]
    if found and found.decisions and found.decisions.status != "undefined":
        return decisions_table(
            found.decisions,
            subject,
            language,
            is_vote=is_vote(first),
            room=room,
            beside=beside,
            criterion=subject.criterion_names.get(name, name),
        )
    if view is not None:
        return _tier_table(view, beside, room)
    return _plain_table(first, subject, language, room) if rated_items(first, subject) else None


def _beside(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
    views: Views,
) -> list[Beside]:
    """Return the answers on the further criteria."""
    found: list[Beside] = []
    for name in list(by_criterion)[1 : 1 + MAX_BESIDE]:
        one = results.by_criterion.get(name) if results else None
        answers = _answer_words(one, views[name], language)
        if answers:
            found.append(Beside(subject.criterion_names.get(name, name), answers))
    return found


def _answer_words(
    found: CriterionResults | None, view: RankingView | None, language: str
) -> dict[Id, str]:
    if found and found.decisions:
        has_groups = bool(found.decisions.groups)
        return {
            one.measure: outcome_words(one.outcome, language, is_vote=False, has_groups=has_groups)
            for one in found.decisions.measures
        }
    if view is None:
        return {}
    words = translator(language).gettext("Tier %(tier)s")
    return {
        item: words % {"tier": tier_name(tier.number)}
        for tier in view.ranking.tiers
        for item in tier.measures
    }


def _tier_table(view: RankingView, beside: list[Beside], room: Room) -> Table:
    """List the first items by tier, where nothing could be decided."""
    text, language = translator(view.language), view.language
    head = [Column(text.gettext("No."), "code")] if view.is_vote else []
    columns = (
        *head,
        Column(text.gettext("Statement") if view.is_vote else text.gettext("Measure")),
        Column(text.gettext("Estimate"), "number", strong=True),
        Column(text.gettext("90% interval"), "number"),
        Column("n", "number", decimals=0),
        *(Column(one.title) for one in beside),
    )
    rows: list[Row | RowGroup] = []
    n_shown = 0
    for tier, items in first_rows(view.ranking, MOST_ROWS):
        shown: list[Row] = []
        for item in items:
            words = [one.answers.get(item.measure, "") for one in beside]
            name = short(view.subject.item(item.measure), MAX_NAME)
            if (not shown and not room.take("")) or not room.take(name, *words):
                break
            ends = item.interval
            interval = Interval(ends.low, ends.high) if ends else None
            code = [str(item.measure)] if view.is_vote else []
            shown.append((*code, name, item.shown, interval, item.n, *words))
        if shown:
            rows.append(RowGroup(text.gettext("Tier %(tier)s") % {"tier": tier_name(tier.number)}))
        rows += shown
        n_shown += len(shown)
    caption = view.named(text.gettext("Tiers, places and how sure they are"))
    note = " ".join(_more(len(view.ranking.order) - n_shown, language))
    return Table(columns, tuple(rows), caption, note, row_head=len(head))


def _plain_table(
    description: Description, subject: EvaluationSubject, language: str, room: Room
) -> Table:
    """List the first items by share that agrees or by mean, where there are no tiers."""
    text, vote = translator(language), is_vote(description)
    items = rated_items(description, subject)
    ordered = by_agreement(items) if vote else by_mean(items)
    columns = (
        Column(text.gettext("Statement") if vote else text.gettext("Measure")),
        Column(text.gettext("Agree"), "percent", decimals=0, strong=True)
        if vote
        else Column(text.gettext("Mean"), "number", decimals=2, strong=True),
        Column(text.gettext("90% interval"), *(("percent",) if vote else ("number",))),
        Column("n", "number", decimals=0),
    )
    rows: list[Row] = []
    for item in ordered[:MOST_ROWS]:
        name, summary = short(item.name, MAX_NAME), item.summary
        if not room.take(name):
            break
        ends = summary.agree_interval if vote else summary.mean_interval
        value = summary.agree_share if vote else summary.mean
        interval = Interval(ends.low, ends.high) if ends else None
        rows.append((name, value, interval, summary.n))
    caption = (
        text.gettext("The statements with most agreement")
        if vote
        else text.gettext("The measures by mean rating")
    )
    note = " ".join(_more(len(ordered) - len(rows), language))
    return Table(columns, tuple(rows), caption, note)


def _more(n: int, language: str) -> list[str]:
    sentence = translator(language).ngettext(
        "%(n)s more item is in the data of this evaluation.",
        "%(n)s more items are in the data of this evaluation.",
        n,
    )
    return [sentence % {"n": format_integer(n, language)}] if n > 0 else []


# --- The brief: two pages that answer what was asked, the first thing of report, page and protocol


@dataclass(frozen=True, slots=True)
class Brief:
    """What report, page and protocol of an evaluation begin with.

    Attributes
    ----------
    title : str
        The finding: how many items have the best answer that any has.
    lead : str
        Whether there are camps, and what surely is among the best.
    figures : KeyFigures
        Who took part.
    note : str
        Whose figures these are.
    answers : Table or None
        One answer per item; None where nothing was rated.
    doubts : tuple of Block
        What divides, who was not there, what would change it, the method in short.
    """

    title: str
    lead: str
    figures: KeyFigures
    note: str
    answers: Table | None
    doubts: tuple[Block, ...]

    def pages(self) -> list[Block]:
        """Return the two pages below the title, each with the break that ends it."""
        return [
            Paragraph(self.lead, "lead"),
            self.figures,
            Paragraph(self.note, "note"),
            *([self.answers] if self.answers else []),
            PageBreak(),
            *self.doubts,
            PageBreak(),
        ]


def evaluation_brief(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
    *,
    above: str = "",
) -> Brief:
    """Sum an evaluation up on two pages.

    Parameters
    ----------
    by_criterion : mapping of str to Description
        The first criterion leads.
    subject : EvaluationSubject
    language : str
    results : EvaluationResults or None
        Without them means stand in for answers.
    above : str
        What stands above the finding on the first page, such as the title of a protocol.
    """
    found = next(iter(results.by_criterion.values()), None) if results else None
    views = views_of(by_criterion, subject, language, results)
    title = headline(by_criterion, subject, language, found, next(iter(views.values())))
    notes = [*weighting_lead(found.weighting if found else None, subject, language)]
    if results:
        notes += results.notices
    lead = finding(by_criterion, subject, language, results)
    room = room_below(title, lead, notes, above=above)
    return Brief(
        title=title,
        lead=lead,
        figures=key_figures(
            by_criterion, subject, language, n_people=results.n_people if results else None
        ),
        note=" ".join(notes),
        answers=answers_table(by_criterion, subject, language, results, views, room),
        doubts=tuple(doubt_blocks(by_criterion, subject, language, results)),
    )
