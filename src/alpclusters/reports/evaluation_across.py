"""Common denominators of a project: the rule on all its AlpCafés, and the tiers of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Heading,
    Panel,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.dates import format_date
from alpclusters.reports.evaluation_denominators import (
    absence_sentences,
    common_title,
    rule_sentences,
    verdict_table,
)
from alpclusters.reports.evaluation_results import CommonGround, tier_name
from alpclusters.reports.evaluation_subject import EvaluationSubject, named
from alpclusters.reports.numbers import format_integer, format_n


@dataclass(frozen=True, slots=True, kw_only=True)
class CafeTiers:
    """One AlpCafé in the table of tiers: its name, where, when, how many, its tiers."""

    name: str
    region: str
    country: str
    held_on: date
    n_people: int | None
    tiers: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossResults:
    """One criterion over all AlpCafés of a project."""

    name: str
    ground: CommonGround
    measures: tuple[int, ...]
    cafes: tuple[CafeTiers, ...]

    @property
    def has_verdict(self) -> bool:
        """Say whether the rule could be applied."""
        return self.ground.found is not None and self.ground.found.status != "undefined"


def build_across_document(
    results: Sequence[AcrossResults], *, subject: EvaluationSubject, language: str
) -> Document:
    """Build the report on the common denominators of a project."""
    text = translator(language)
    blocks: list[Block] = [Paragraph(_basis(results, language), "lead")]
    for one in results:
        blocks += across_blocks(one, subject, language)
    blocks += [
        Panel(
            (Bullets(tuple(across_conventions(language))),),
            title=text.gettext("How this was computed"),
        ),
        Heading(text.gettext("Source and remarks")),
        Bullets(subject.sources),
    ]
    return Document(
        title=across_title(results, subject, language),
        language=language,
        kind="denominators",
        date=subject.date,
        blocks=tuple(blocks),
        kicker=f"{text.gettext('Common denominators')} · {subject.name}",
        short_title=f"{text.gettext('Common denominators')}: {subject.name}",
        publisher=subject.publisher,
        version=subject.version,
        simulated=subject.simulated,
        description=subject.name,
        keywords=(text.gettext("Common denominators"), subject.name),
        project=subject.project,
    )


def _basis(results: Sequence[AcrossResults], language: str) -> str:
    """Say on how many AlpCafés and people it rests."""
    cafes = results[0].cafes if results else ()
    sentence = translator(language).ngettext(
        "From the evaluation of %(n)s AlpCafé with %(people)s people.",
        "From the evaluations of %(n)s AlpCafés with %(people)s people.",
        len(cafes),
    )
    people = sum(cafe.n_people or 0 for cafe in cafes)
    words = {"n": len(cafes), "people": people}
    return sentence % {name: format_integer(n, language) for name, n in words.items()}


def across_title(
    results: Sequence[AcrossResults], subject: EvaluationSubject, language: str
) -> str:
    """State what holds across borders on the first criterion with a verdict."""
    first = next((one for one in results if one.has_verdict), None)
    if first is None:
        return translator(language).gettext("Common denominators: no verdict yet")
    return f"{first.name}: {common_title(first.ground, subject, language)}"


def across_blocks(result: AcrossResults, subject: EvaluationSubject, language: str) -> list[Block]:
    """Return rule, verdicts and tiers of one criterion."""
    told = Paragraph(" ".join(across_sentences(result, subject, language)))
    verdict = across_verdict(result, subject, language)
    return [
        Heading(result.name),
        told,
        *([verdict] if verdict else []),
        *across_tiers(result, subject, language),
    ]


def across_verdict(
    result: AcrossResults, subject: EvaluationSubject, language: str
) -> Table | None:
    """List the verdicts of one criterion; None where the rule cannot be applied."""
    if not result.has_verdict:
        return None
    table = verdict_table(result.ground, subject, language)
    return replace(table, caption=named(table.caption, result.name, language))


def across_sentences(result: AcrossResults, subject: EvaluationSubject, language: str) -> list[str]:
    """State the rule and its conditions, or why it cannot be applied."""
    if not result.has_verdict:
        return absence_sentences(result.ground, language)
    return rule_sentences(result.ground, subject, language)


def across_tiers(result: AcrossResults, subject: EvaluationSubject, language: str) -> list[Table]:
    """Show the tier of each measure in each AlpCafé; empty where none has tiers."""
    text = translator(language)
    cafes = [cafe for cafe in result.cafes if cafe.tiers]
    if not cafes:
        return []
    columns = (
        Column(text.gettext("Measure")),
        Column(text.gettext("Top tier in"), strong=True),
        *(Column(_cafe_words(cafe, language)) for cafe in cafes),
    )
    rows = [
        _tier_row(measure, cafes, subject, language)
        for measure in _in_order(result.measures, cafes)
    ]
    note = text.gettext(
        "Tier of the measure in the evaluation of each AlpCafé, A is the first; empty where it was "
        "not on the table or may not be shown. Top tier in: AlpCafés and their countries."
    )
    caption = named(text.gettext("Tiers in each AlpCafé"), result.name, language)
    return [Table(columns, tuple(rows), caption, note)]


def across_conventions(language: str) -> list[str]:
    """Say how the figures of several AlpCafés are taken together."""
    text = translator(language)
    return [
        text.gettext(
            "Used are the newest released evaluations, one per AlpCafé, and of these only figures "
            "that are shown there."
        ),
        text.gettext(
            "Value of a region: the model of the ranking in the AlpCafé where its people rated, by "
            "the region they named. Where fewer than two regions can be shown, all people of the "
            "AlpCafé count for the region in which it was held."
        ),
        text.gettext(
            "A region in several AlpCafés: estimates weighted by precision (1 / standard error "
            "squared). Nobody can be followed from one AlpCafé to the next; who came to both "
            "counts twice."
        ),
        text.gettext(
            "Probability that a region reaches the value: normal, from estimate and standard "
            "error. Regions are taken as independent of each other; within one AlpCafé they share "
            "some uncertainty about a measure, which is left out here."
        ),
    ]


def _in_order(measures: Sequence[int], cafes: Sequence[CafeTiers]) -> list[int]:
    """Sort by AlpCafés in which a measure is in the top tier, most first."""
    return sorted(measures, key=lambda m: (-sum(c.tiers.get(m) == 1 for c in cafes), m))


def _cafe_words(cafe: CafeTiers, language: str) -> str:
    n = "" if cafe.n_people is None else f", {format_n(cafe.n_people, language)}"
    return f"{cafe.region}, {format_date(cafe.held_on, language)}{n}"


def _tier_row(
    measure: int, cafes: Sequence[CafeTiers], subject: EvaluationSubject, language: str
) -> Row:
    top = [cafe for cafe in cafes if cafe.tiers.get(measure) == 1]
    tiers = (cafe.tiers.get(measure) for cafe in cafes)
    return (
        subject.item(measure),
        _counted(len(top), len({cafe.country for cafe in top}), language),
        *(tier_name(tier) if tier else None for tier in tiers),
    )


def _counted(n_cafes: int, n_countries: int, language: str) -> str:
    text = translator(language)
    if not n_cafes:
        return "–"
    cafes = text.ngettext("%(n)s AlpCafé", "%(n)s AlpCafés", n_cafes)
    countries = text.ngettext("%(n)s country", "%(n)s countries", n_countries)
    return ", ".join(
        (
            cafes % {"n": format_integer(n_cafes, language)},
            countries % {"n": format_integer(n_countries, language)},
        )
    )
