"""What was rated: sources, tiers with intervals, agreement, heat table, top three, second round."""

from alpclusters.platform.evaluation.domain.protocol_records import ProtocolRecord
from alpclusters.platform.evaluation.domain.records import CriterionResult, Evaluation
from alpclusters.platform.evaluation.domain.science import AgreementResult, TopThreeResult
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Column, Heading, Paragraph, Table
from alpclusters.reports.charts.heat import build_heat_table
from alpclusters.reports.evaluation.decisions import answers_table, answers_title
from alpclusters.reports.evaluation.joint_opinion import joint_opinion_of, joint_words
from alpclusters.reports.evaluation.ranking import tier_figure, tier_table
from alpclusters.reports.evaluation.results import (
    CriterionResults,
    person_lines,
    person_sentences,
    person_tables,
)
from alpclusters.reports.evaluation.second_round import second_round_section
from alpclusters.reports.evaluation.tables import rating_table
from alpclusters.reports.evaluation.top_three import (
    top_three_few,
    top_three_rows,
    top_three_section,
)
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    cannot_judge_in,
    cannot_judge_words,
    named,
    reason_sentences,
)
from alpclusters.reports.numbers import format_integer, format_interval, format_number
from alpclusters.reports.protocol.opening import sources_words
from alpclusters.reports.protocol.people import part
from alpclusters.reports.stored_results import subject_in, view_of

# Lower ends of the shade classes 2 to 6, as parts of the way from the lowest step to the highest.
HEAT_LIMITS = (0.25, 0.4, 0.55, 0.7, 0.85)


def ratings(record: ProtocolRecord, evaluation: Evaluation, language: str) -> list[Block]:
    """Return all results of the rating; one that is withheld says so."""
    text = translator(language)
    subject = subject_in(evaluation, language)
    blocks: list[Block] = [Heading(text.gettext("Ratings")), *_sources(evaluation, language)]
    for result in evaluation.criteria:
        blocks += _criterion(result, subject, language)
    blocks += _heat(evaluation, subject, language)
    blocks += _opinions(evaluation, subject, language)
    blocks += _persons(evaluation, language)
    if evaluation.top_three is not None:
        blocks += _top_three(evaluation.top_three, subject, language)
    for result in evaluation.criteria:
        blocks += _second_round(result, subject, language)
    del record
    return blocks


def _persons(evaluation: Evaluation, language: str) -> list[Block]:
    """Return what people say of themselves, below a heading of the ratings."""
    lines = person_lines(evaluation, language)
    if not lines:
        return []
    name = translator(language).gettext("Statements about the people themselves")
    said = Paragraph(" ".join(person_sentences(language)))
    return [Heading(name, level=3), said, *person_tables(lines, language)]


def _sources(evaluation: Evaluation, language: str) -> list[Block]:
    text = translator(language)
    if evaluation.n_people is None or evaluation.arrivals is None:
        words = text.gettext("Fewer than five people rated; no figure is shown.")
        return [part(text.gettext("Sources"), words)]
    people = text.ngettext("%(n)s person", "%(n)s people", evaluation.n_people) % {
        "n": format_integer(evaluation.n_people, language)
    }
    words = text.gettext("%(people)s rated: %(sources)s. “Cannot judge”: %(share)s (%(base)s).")
    share, base = cannot_judge_words(
        cannot_judge_in(result.description for result in evaluation.criteria), language
    )
    values = {
        "people": people,
        "sources": sources_words(evaluation, language),
        "share": share,
        "base": base,
    }
    blocks = [part(text.gettext("Sources"), words % values)]
    if 2 in evaluation.rounds:  # noqa: PLR2004 - the second of two
        words = text.gettext("Everybody counts with their last answer to each question.")
        blocks.append(part(text.gettext("Second rating"), words))
    return list(blocks)


def _criterion(result: CriterionResult, subject: EvaluationSubject, language: str) -> list[Block]:
    text = translator(language)
    name = subject.criterion_names[result.key]
    view = view_of(result, subject, language)
    blocks: list[Block] = [Heading(name, level=3)]
    title = answers_title(result, language)
    table = answers_table(
        result, subject, language, caption=named(title, name, language), has_cannot_judge=True
    )
    if view is not None:
        blocks += [table, tier_figure(view)] if table else [tier_figure(view), tier_table(view)]
    else:
        reasons = result.ranking.reasons if result.ranking else ()
        doubts = reason_sentences("ranking", reasons, language)
        blocks.append(Paragraph(" ".join([text.gettext("No tiers are given."), *doubts]), "note"))
        caption = text.gettext("All measures with n, interval and “cannot judge”")
        described = result.description
        blocks.append(
            rating_table(
                described.measures,
                described,
                subject,
                language,
                caption=caption,
                scale=result.scale,
            )
        )
    if result.agreement is not None:
        words = _agreement(result.agreement, language)
        blocks += [part(text.gettext("Agreement"), words)] if words else []
    return blocks


def _agreement(found: AgreementResult, language: str) -> str:
    text = translator(language)
    sentences = []
    if found.alpha is not None:
        value = format_number(found.alpha, language, 2)
        if found.alpha_low is None or found.alpha_high is None:
            words = text.gettext("Over all measures: Krippendorff’s alpha %(value)s, no interval.")
            sentences.append(words % {"value": value})
        else:
            ends = format_interval(found.alpha_low, found.alpha_high, language, 2)
            words = text.gettext(
                "Over all measures: Krippendorff’s alpha %(value)s (90%% interval %(ends)s; 1 full "
                "agreement, 0 as by chance)."
            )
            sentences.append(words % {"value": value, "ends": ends})
    codes = (*found.reasons, *found.alpha_reasons)
    return " ".join([*sentences, *reason_sentences("agreement", codes, language)])


def _opinions(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> list[Block]:
    """Say whether people stand in camps, in the words of the page."""
    opinion = joint_opinion_of(evaluation, language)
    words = " ".join(joint_words(opinion, subject, language)) if opinion else ""
    return [part(translator(language).gettext("Opinions"), words)] if words else []


def _heat(evaluation: Evaluation, subject: EvaluationSubject, language: str) -> list[Block]:
    """Return measures by criteria of one scale; of one there is nothing to put beside."""
    by_steps: dict[tuple[int, ...], list[CriterionResult]] = {}
    for result in evaluation.criteria:
        if result.scale.has_mean:
            by_steps.setdefault(result.scale.steps, []).append(result)
    return [
        block
        for results in by_steps.values()
        if len(results) > 1
        for block in _heat_table(evaluation, results, subject, language)
    ]


def _heat_table(
    evaluation: Evaluation,
    results: list[CriterionResult],
    subject: EvaluationSubject,
    language: str,
) -> list[Block]:
    text = translator(language)
    low, high = results[0].scale.ends
    cells = [[_heat_cell(result, item.pk) for result in results] for item in evaluation.in_order]
    if not any(cell for row in cells for cell in row):
        return []
    table = build_heat_table(
        language=language,
        corner=text.gettext("Measure"),
        rows=[subject.item(item.pk) for item in evaluation.in_order],
        columns=[subject.criterion_names[result.key] for result in results],
        cells=cells,
        limits=[round(low + part * (high - low), 6) for part in HEAT_LIMITS],
        caption=text.gettext("Measures by criteria: mean and n"),
        note=text.gettext(
            "Mean of all who judged, scale %(low)s to %(high)s; “cannot judge” does not count."
        )
        % {"low": low, "high": high},
    )
    return [table]


def _heat_cell(result: CriterionResult, measure: int) -> tuple[float, int] | None:
    summary = result.summary(measure)
    if summary is None or summary.mean is None:
        return None
    return summary.mean, summary.n


def _top_three(found: TopThreeResult, subject: EvaluationSubject, language: str) -> list[Block]:
    text = translator(language)
    if not found.lines:
        return top_three_section(found, subject, language)
    columns = (
        Column(text.gettext("Measure")),
        Column(text.gettext("Points"), "number", decimals=0, strong=True),
    )
    caption = text.gettext("What people would do first; n = %(n)s") % {
        "n": format_integer(found.n_people or 0, language)
    }
    weights = " / ".join(format_integer(points, language) for points in found.points)
    note = text.gettext(
        "Points for the first, second and third place: %(weights)s; fewer than three places are "
        "allowed. It stands beside the rating and is not mixed into it."
    ) % {"weights": weights}
    if any(line.points is None for line in found.lines):
        note = f"{note} {top_three_few(language)}"
    table = Table(columns, top_three_rows(found, subject), caption, note)
    return [Heading(text.gettext("Top three")), table]


def _second_round(
    result: CriterionResult, subject: EvaluationSubject, language: str
) -> list[Block]:
    found = result.second_round
    if found is None or found.comparison is None:
        return []
    # Only the comparison is read of these results.
    results = CriterionResults(
        agreement=None,  # type: ignore[arg-type]
        second_round=found.comparison,
        n_aside=found.n_aside,
    )
    return second_round_section(results, result.description, subject, result.key, language)
