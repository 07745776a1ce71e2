"""The section on common denominators: the rule, what meets it, and how surely."""

from collections.abc import Sequence

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.denominators import Denominator
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table
from alpclusters.reports.claims.denominators import across
from alpclusters.reports.evaluation_denominators_data import rule_of
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import CommonGround, CriterionResults
from alpclusters.reports.evaluation_subject import EvaluationSubject, named
from alpclusters.reports.numbers import (
    format_integer,
    format_number,
    format_percent,
    format_share_interval,
)


def denominators_section(
    found: CriterionResults, subject: EvaluationSubject, criterion: str, language: str
) -> list[Block]:
    """Return what holds across borders, or why that is not known; empty without regions."""
    ground = found.common_ground
    if ground is None:
        return []
    text = translator(language)
    title = text.gettext("Common denominators (proposal)")
    heading = Heading(named(title, subject.criterion_names.get(criterion, criterion), language))
    if ground.found is None or ground.found.status == "undefined":
        return [heading, Paragraph(" ".join(absence_sentences(ground, language)), "note")]
    return [
        heading,
        Paragraph(" ".join(rule_sentences(ground, subject, language))),
        verdict_table(ground, subject, language),
    ]


def common_title(ground: CommonGround, subject: EvaluationSubject, language: str) -> str:
    """Name the item that holds across borders, or count them."""
    return across(ground.found, subject, language).text


def absence_sentences(ground: CommonGround, language: str) -> list[str]:
    """Say why there is no verdict."""
    reasons = ground.found.reasons if ground.found else ground.reasons
    intro = translator(language).gettext("No common denominators are given.")
    return [intro, *reason_sentences("denominators", reasons, language)]


def rule_sentences(ground: CommonGround, subject: EvaluationSubject, language: str) -> list[str]:
    """State the rule, its words, who is not estimated, and that it is a convention."""
    text, rule = translator(language), rule_of(ground)
    n_small = ground.n_regions - len(ground.regions)
    words = {
        "threshold": format_number(rule["threshold"], language, 1),
        "countries": format_integer(rule["min_countries"], language),
        "regions": format_integer(rule["min_regions"], language),
        "certain": format_percent(rule["certain"], language),
        "rest": format_percent(1 - rule["certain"], language),
        "small": format_integer(n_small, language),
        "people": ", ".join(
            f"{_region(name, ground, subject)} {format_integer(n, language)}"
            for name, n in ground.n_people.items()
        ),
    }
    sentences = [
        text.gettext(
            "Rule: on the scale of the criterion an item reaches %(threshold)s in at least "
            "%(regions)s regions, in at least %(countries)s countries."
        ),
        text.gettext(
            "Common: the probability of that is at least %(certain)s. Not common: at most "
            "%(rest)s. Open: between them."
        ),
    ]
    if n_small:
        sentences.append(
            text.ngettext(
                "%(small)s region is not estimated: it has fewer than five people, or would give "
                "such a region away. A verdict holds whether it reaches the value or not.",
                "%(small)s regions are not estimated: they have fewer than five people, or would "
                "give such a region away. A verdict holds whether they reach the value or not.",
                n_small,
            )
        )
    if ground.n_people:
        sentences.append(text.gettext("People by region: %(people)s."))
    sentences.append(
        text.gettext("This is a proposal to talk about; threshold and rule are conventions.")
    )
    return [sentence % words for sentence in sentences]


def verdict_table(
    ground: CommonGround, subject: EvaluationSubject, language: str, *, order: Sequence[Id] = ()
) -> Table:
    """List the verdict on each item with the probability of each region.

    ``order`` is that of all lists; without one the surest stands first.
    """
    text = translator(language)
    is_statement = subject.item_word == "statement"
    columns = (
        Column(text.gettext("Statement") if is_statement else text.gettext("Measure")),
        Column(text.gettext("Verdict")),
        Column(text.gettext("Probability"), "percent", decimals=0, strong=True),
        *(Column(_region(name, ground, subject), "percent", decimals=0) for name in ground.regions),
    )
    found = ground.found.measures if ground.found else ()
    ordered = sorted(found, key=lambda item: (-(item.low or 0.0), -(item.high or 0.0)))
    places = {item: place for place, item in enumerate(order)}
    ordered.sort(key=lambda item: places.get(item.measure, len(places)))
    rows = tuple(_row(item, ground, subject, language) for item in ordered)
    note = text.gettext(
        "Probability: that the rule is met, given the answers; two numbers where regions are not "
        "estimated. By region: probability that the region reaches the value; empty where fewer "
        "than five people rated the item there, or where another region could be worked out. "
        "“Regions differ”: some region surely reaches the value while another lies clearly below."
    )
    return Table(columns, rows, common_title(ground, subject, language), note)


def _region(name: Id, ground: CommonGround, subject: EvaluationSubject) -> str:
    return subject.group_names.get((ground.split, name)) or str(name)


def _row(item: Denominator, ground: CommonGround, subject: EvaluationSubject, language: str) -> Row:
    shown = ground.probabilities(item.measure)
    return (
        subject.item(item.measure),
        _verdict(item, language),
        _probability(item, language),
        *(shown.get(name) for name in ground.regions),
    )


def _verdict(item: Denominator, language: str) -> str:
    text = translator(language)
    words = {
        "common": text.gettext("common"),
        "not_common": text.gettext("not common"),
        "open": text.pgettext("verdict", "open"),
    }
    verdict = words[item.verdict] if item.verdict else "–"
    return f"{verdict}; {text.gettext('regions differ')}" if item.is_divided else verdict


def _probability(item: Denominator, language: str) -> Cell:
    if item.probability is not None or item.low is None or item.high is None:
        return item.probability
    if format_percent(item.low, language) == format_percent(item.high, language):
        return item.low
    return format_share_interval(item.low, item.high, language)
