"""The ratings by region and by group, and what holds across borders."""

from datetime import date

from alpclusters.platform.evaluation.domain.across import AcrossCriterion
from alpclusters.platform.evaluation.domain.records import (
    REGION,
    ROLE,
    CriterionResult,
    Evaluation,
    word,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.denominators import Proposal
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.blocks import Block, Column, Counted, Heading, Paragraph, Row, Table
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.evaluation.tables import split_section
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.reports.plan.words import choice_word
from alpclusters.reports.plan_evaluation.reading import RecommendationsSubject
from alpclusters.reports.plan_words.strength import bar_text

_MOST_REGIONS = 6


def rating_blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    """Return the ratings of all AlpCafés together by region, then of each by group."""
    text = translator(language)
    blocks: list[Block] = [Heading(text.gettext("Ratings by region and group"), level=1)]
    if not subject.across.released:
        return [*blocks, Paragraph(text.gettext("No evaluation has been released yet."))]
    for criterion in subject.across.criteria:
        blocks += region_tables(criterion, subject, language)
    for released in subject.across.released:
        blocks += _groups(released.evaluation, language)
    return blocks


def region_tables(
    criterion: AcrossCriterion, subject: RecommendationsSubject, language: str
) -> list[Block]:
    """Show one value with n per measure and region, at most six regions a table."""
    text = translator(language)
    names = list(criterion.regions)
    figures = {(f.measure, f.region): Counted(f.value, f.n) for f in criterion.figures}
    if not names or not figures:
        return []
    note = text.gettext(
        "Value of the model on the scale of the criterion and n. Empty: nobody rated, or "
        "withheld to protect small groups. Withheld regions: %(n)s."
    ) % {"n": format_integer(criterion.n_hidden, language)}
    name = word(criterion.names, language)
    found: list[Block] = []
    for first in range(0, len(names), _MOST_REGIONS):
        part = names[first : first + _MOST_REGIONS]
        columns = (
            Column(text.gettext("Measure")),
            *(
                Column(word(subject.region_names.get(code, {}), language) or code, "number",
                       decimals=1)
                for code in part
            ),
        )  # fmt: skip
        rows: tuple[Row, ...] = tuple(
            (word(item.names, language), *(figures.get((item.pk, code)) for code in part))
            for item in criterion.measures
        )
        caption = text.gettext("%(aspect)s by region") % {"aspect": name}
        found.append(Table(columns, rows, caption, note, name=text.gettext("Regions")))
    return found


def denominator_blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    """Show which recommendations the numbers propose as common denominators, and the decision."""
    text = translator(language)
    proposals = subject.proposals
    heading = Heading(text.gettext("Common denominators"), level=1)
    if not proposals.lines:
        return [heading, Paragraph(text.gettext("No recommendation can be judged."))]
    rule = text.gettext(
        "A recommendation is proposed where the probability is at least 80%% that it passes "
        "%(threshold)s in %(regions)s regions or more of at least %(countries)s countries. "
        "Regions that can be estimated: %(n)s."
    ) % {
        "threshold": " / ".join(bar_text(one, language) for one in proposals.scales),
        "regions": format_integer(proposals.min_regions, language),
        "countries": format_integer(proposals.min_countries, language),
        "n": format_integer(proposals.n_regions, language),
    }
    false = text.gettext(
        "Proposed: %(n)s; expected number of false ones among them: %(false)s."
    ) % {
        "n": format_integer(proposals.n_proposed, language),
        "false": format_number(proposals.expected_false, language, 2),
    }
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Recommendation")),
        Column(text.gettext("Probability"), "percent", decimals=0),
        Column("n", "number", decimals=0),
        Column(text.gettext("The numbers say")),
        Column(text.gettext("Decided")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            one.recommendation.code,
            _title(one.recommendation, language),
            one.rated.probability if one.rated else None,
            one.rated.n if one.rated else None,
            _proposal(one.proposal, language),
            choice_word(Recommendation.Denominator, one.recommendation.denominator, language),
        )
        for one in proposals.lines
    )
    caption = text.gettext("Recommendations as common denominators")
    name = text.gettext("Common denominators")
    table = Table(columns, rows, caption, false, row_head=1, name=name)
    return [heading, Paragraph(rule), table]


def _groups(evaluation: Evaluation, language: str) -> list[Block]:
    """Show the means by region and stakeholder group of one AlpCafé."""
    tables = split_section(
        {result.key: result.description for result in evaluation.criteria},
        _subject_of(evaluation, language),
        language,
    )[1:]
    if not tables:
        return []
    name = word(evaluation.title, language)
    shown = [_shown(table, language) for table in tables]
    return [Heading(f"{name} ({_day(evaluation, language)})", level=2), *shown]


def _shown(block: Block, language: str) -> Block:
    """Replace a table in which everything is withheld by a sentence that says so."""
    if not isinstance(block, Table):
        return block
    cells = [cell for row in block.value_rows for cell in row[1:]]
    if any(isinstance(cell, Counted) for cell in cells):
        return block
    words = translator(language).gettext("%(table)s: all withheld to protect small groups.")
    return Paragraph(words % {"table": block.caption}, "note")


def _subject_of(evaluation: Evaluation, language: str) -> EvaluationSubject:
    text = translator(language)
    return EvaluationSubject(
        name=word(evaluation.title, language),
        date=_date(evaluation),
        item_names={item.pk: word(item.names, language) for item in evaluation.measures},
        criterion_names={r.key: word(r.names, language) for r in evaluation.criteria},
        answers={r.key: _answers(r, language) for r in evaluation.criteria},
        scales={r.key: r.scale for r in evaluation.criteria},
        split_names={REGION: text.gettext("Region"), ROLE: text.gettext("Stakeholder group")},
        group_names={
            (split, group.key or None): word(group.names, language)
            for split, groups in evaluation.groups.items()
            for group in groups
        },
    )


def _answers(result: CriterionResult, language: str) -> tuple[str, ...]:
    return tuple(word(anchor, language) for anchor in result.anchors)


def _date(evaluation: Evaluation) -> date:
    return date.fromisoformat(evaluation.held_on)


def _day(evaluation: Evaluation, language: str) -> str:
    return format_date_short(_date(evaluation), language)


def _title(recommendation: Recommendation, language: str) -> str:
    return str(recommendation.title.read_in(language))


def _proposal(proposal: Proposal, language: str) -> str:
    text = translator(language)
    return {
        Proposal.PROPOSED: text.gettext("proposed as common denominator"),
        Proposal.OPEN: text.gettext("open: the numbers do not decide"),
        Proposal.REGIONAL: text.gettext("not common, but fit for single regions"),
        Proposal.NOT_COMMON: text.gettext("not common"),
        Proposal.DIVIDED: text.gettext("divided: some regions are for it, others against"),
        Proposal.UNDEFINED: text.gettext(
            "cannot be told: too few regions or countries with results"
        ),
    }[proposal]
