"""Every recommendation, the rejected ones with their reason; strength, contradictions."""

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import RecommendationLine
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Run,
    Table,
)
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.findings import finding_line
from alpclusters.reports.plan.recommendations import bodies_blocks, reason_runs
from alpclusters.reports.plan.words import choice_word, level_name
from alpclusters.reports.plan_evaluation.reading import RecommendationsSubject
from alpclusters.reports.plan_words.strength import strength_sentences, strength_word


def recommendation_blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    """Return the chapter: a table of all, then one block each."""
    text = translator(language)
    heading = Heading(text.gettext("All recommendations"), level=1)
    if not subject.recommendations:
        return [heading, Paragraph(text.gettext("The project has no recommendation yet."))]
    blocks: list[Block] = [heading, overview_table(subject, language)]
    for line in subject.recommendations:
        blocks += _block(line, subject, language)
    return blocks


def overview_table(subject: RecommendationsSubject, language: str) -> Table:
    """List all recommendations with state, strength, level, findings and actions."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Recommendation")),
        Column(text.gettext("State")),
        Column(text.gettext("Strength")),
        Column(text.gettext("Level")),
        Column(text.gettext("Findings"), "number", decimals=0),
        Column(text.gettext("Action")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            line.code,
            word(line.title, language),
            choice_word(Recommendation.State, line.state, language),
            strength_word(subject.strengths[line.pk].shown, language),
            level_name(line.level, language),
            len(line.evidence),
            ", ".join(subject.actions.get(line.pk, ())),
        )
        for line in subject.recommendations
    )
    caption = text.gettext("All recommendations with state and strength")
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Recommendations"))


def contradiction_blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    """List the evidence that speaks against recommendations, and open conflicts."""
    text = translator(language)
    rows: list[Row] = []
    for line in subject.recommendations:
        shown = subject.strengths[line.pk]
        rows += [
            (line.code, text.gettext("evidence against it, not answered"), code)
            for code in shown.contradictions
        ]
        rows += [(line.code, text.gettext("conflicts with"), code) for code in shown.conflicts]
    heading = Heading(text.gettext("Contradictions and conflicts"), level=2)
    if not rows:
        return [heading, Paragraph(text.gettext("No contradiction and no conflict is open."))]
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("What is open")),
        Column(text.gettext("With"), "code"),
    )
    caption = text.gettext("What speaks against recommendations")
    name = text.gettext("Contradictions")
    return [heading, Table(columns, tuple(rows), caption, row_head=1, name=name)]


def _block(line: RecommendationLine, subject: RecommendationsSubject, language: str) -> list[Block]:
    text = translator(language)
    bodies = bodies_blocks(
        subject.endorsements.get(line.pk, ()), subject.logs.get(line.pk, ()), language
    )
    evidence = tuple(finding_line(one, language) for one in line.evidence)
    parts: tuple[tuple[str, list[Block]], ...] = (
        (text.gettext("State"), _state(line, language)),
        (text.gettext("Recommendation"), _said(line.text, language)),
        (text.gettext("Strength"), _strength(line, subject, language)),
        (text.gettext("Evidence"), [Bullets(evidence)] if evidence else []),
        (text.gettext("Endorsements"), bodies),
        (text.gettext("Carried out by"), _carried(line, subject, language)),
    )
    heading = Heading(word(line.title, language), level=2, code=line.code)
    return [heading, *(LabelledPart(label, tuple(found)) for label, found in parts if found)]


def _state(line: RecommendationLine, language: str) -> list[Block]:
    state = Run(choice_word(Recommendation.State, line.state, language), strong=True)
    closed = {
        Recommendation.State.REJECTED: line.rejected_reason,
        Recommendation.State.WITHDRAWN: line.state_reason,
    }
    why = reason_runs(closed.get(Recommendation.State(line.state)), language)
    return [Paragraph((state, Run(": "), *why) if why else (state,))]


def _strength(
    line: RecommendationLine, subject: RecommendationsSubject, language: str
) -> list[Block]:
    shown = subject.strengths[line.pk]
    text = translator(language)
    pieces = [Run(strength_word(shown.shown, language), strong=True)]
    if shown.override:
        computed = strength_word(str(shown.result.strength), language)
        pieces.append(Run("; " + text.gettext("computed: %(status)s") % {"status": computed}))
    blocks: list[Block] = [Paragraph(tuple(pieces))]
    why = reason_runs(shown.override_reason, language)
    if why:
        blocks.append(Paragraph(why))
    return [*blocks, Bullets(strength_sentences(shown.result, language))]


def _carried(
    line: RecommendationLine, subject: RecommendationsSubject, language: str
) -> list[Block]:
    codes = subject.actions.get(line.pk, ())
    if codes:
        words = translator(language).ngettext("%(n)s action: %(codes)s", "%(n)s actions: %(codes)s",
                                              len(codes))  # fmt: skip
        told = {"n": format_integer(len(codes), language), "codes": ", ".join(codes)}
        return [Paragraph(words % told)]
    why = reason_runs(line.no_action_reason, language)
    return [Paragraph(why)] if why else []


def _said(words: Words, language: str) -> list[Block]:
    said = word(words, language)
    return [Paragraph(part.strip()) for part in said.split("\n\n") if part.strip()]
