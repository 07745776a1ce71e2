"""One answer per item on the first page of a brief."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Column, Interval, Row, RowGroup, Table
from alpclusters.reports.claims.decisions import outcome_words
from alpclusters.reports.evaluation_brief_room import MAX_NAME, Room
from alpclusters.reports.evaluation_decisions import MOST_ROWS, Beside, decisions_table
from alpclusters.reports.evaluation_ranking import RankingView, first_rows
from alpclusters.reports.evaluation_results import CriterionResults, EvaluationResults, tier_name
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    by_agreement,
    by_mean,
    is_vote,
    rated_items,
    short,
)
from alpclusters.reports.numbers import format_integer

MAX_BESIDE: Final = 2  # further criteria there is room for

type Views = Mapping[str, RankingView | None]
type Descriptions = Mapping[str, Description]


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
