"""The section on common denominators: the rule, what meets it, and how surely."""

from alpclusters.analysis.denominators import Denominator
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Cell, Column, Heading, Paragraph, Row, Table
from alpclusters.reports.evaluation_denominators_data import rule_of
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import CommonGround, CriterionResults
from alpclusters.reports.evaluation_subject import EvaluationSubject
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
    name = subject.criterion_names.get(criterion, criterion)
    title = text.gettext("Common denominators (proposal)")
    heading = Heading(f"{name}: {title}" if name else title)
    if ground.found is None or ground.found.status == "undefined":
        reasons = ground.found.reasons if ground.found else ground.reasons
        intro = text.gettext("No common denominators are given.")
        doubts = reason_sentences("denominators", reasons, language)
        return [heading, Paragraph(" ".join([intro, *doubts]), "note")]
    return [
        heading,
        Paragraph(" ".join(_rule(ground, language))),
        _table(ground, subject, language),
    ]


def _rule(ground: CommonGround, language: str) -> list[str]:
    text, rule = translator(language), rule_of(ground)
    n_small = ground.n_regions - len(ground.regions)
    words = {
        "threshold": format_number(rule["threshold"], language, 1),
        "countries": format_integer(rule["min_countries"], language),
        "regions": format_integer(rule["min_regions"], language),
        "certain": format_percent(rule["certain"], language),
        "rest": format_percent(1 - rule["certain"], language),
        "small": format_integer(n_small, language),
    }
    sentences = [
        text.gettext(
            "Rule: on the scale from 1 to 5 an item reaches %(threshold)s in at least "
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
                "%(small)s region has fewer than five people: it is not estimated and not named. "
                "A verdict holds whether it reaches the value or not.",
                "%(small)s regions have fewer than five people: they are not estimated and not "
                "named. A verdict holds whether they reach the value or not.",
                n_small,
            )
        )
    sentences.append(
        text.gettext("This is a proposal to talk about; threshold and rule are conventions.")
    )
    return [sentence % words for sentence in sentences]


def _table(ground: CommonGround, subject: EvaluationSubject, language: str) -> Table:
    text = translator(language)
    is_statement = subject.item_word == "statement"
    columns = (
        Column(text.gettext("Statement") if is_statement else text.gettext("Measure")),
        Column(text.gettext("Verdict")),
        Column(text.gettext("Probability"), "percent", decimals=0, strong=True),
        *(Column(str(name), "percent", decimals=0) for name in ground.regions),
    )
    found = ground.found.measures if ground.found else ()
    ordered = sorted(found, key=lambda item: (-(item.low or 0.0), -(item.high or 0.0)))
    rows = tuple(_row(item, ground, subject, language) for item in ordered)
    note = text.gettext(
        "Probability: that the rule is met, given the answers; two numbers where regions are not "
        "estimated. By region: probability that the region reaches the value; empty where fewer "
        "than five people rated the item there, or where another region could be worked out. "
        "“Regions differ”: some region surely reaches the value while another lies clearly below."
    )
    return Table(columns, rows, text.gettext("What holds across borders, and how surely"), note)


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
    return format_share_interval(item.low, item.high, language)
