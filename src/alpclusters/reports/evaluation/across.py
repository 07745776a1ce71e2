"""Common denominators of a project: the rule on all its AlpCafés, and the tiers of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.denominators import Denominator
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Panel,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.claims.ratings import across
from alpclusters.reports.dates import format_date
from alpclusters.reports.evaluation.results import (
    CommonGround,
    CriterionResults,
    EvaluationResults,
    tier_name,
)
from alpclusters.reports.evaluation_subject import EvaluationSubject, named, reason_sentences
from alpclusters.reports.numbers import (
    format_integer,
    format_n,
    format_number,
    format_percent,
    format_share_interval,
)

# --- Common denominators as data: summary.json and denominators.csv, no small region in either


FIGURES: Final = ("verdict", "probability", "low", "high")
RULE: Final = ("threshold", "min_countries", "min_regions")

type Record = dict[str, object]


def rule_of(ground: CommonGround) -> dict[str, float]:
    """Return threshold, countries and regions the rule asks for; empty where it was not applied."""
    if ground.found is None:
        return {}
    return {name: dict(ground.found.conventions.thresholds)[name] for name in (*RULE, "certain")}


def denominators_record(ground: CommonGround) -> Record:
    """Return rule, regions with enough people, and the verdict on each item."""
    found = ground.found
    head: Record = {
        "status": found.status if found else "undefined",
        "reasons": list(found.reasons if found else ground.reasons),
        "regions": [
            {"region": name, "country": country} for name, country in ground.regions.items()
        ],
        "not_estimated": ground.n_regions - len(ground.regions) if ground.regions else None,
    }
    if found is None:
        return head
    return {
        **head,
        "conventions": found.conventions.as_record(),
        "rule": rule_of(ground),
        "common": list(found.common()),
        "items": [_item(item, ground) for item in found.measures],
    }


def _item(item: Denominator, ground: CommonGround) -> Record:
    return {
        "item": item.measure,
        **{name: getattr(item, name) for name in FIGURES},
        "divided": item.is_divided,
        "regions": {str(name): p for name, p in ground.probabilities(item.measure).items()},
        "status": item.status,
        "reasons": list(item.reasons),
    }


def denominator_rows(results: EvaluationResults) -> Iterable[Sequence[object]]:
    """Yield the verdict per item and criterion, then the probability of each region shown."""
    grounds = {
        name: found.common_ground
        for name, found in results.by_criterion.items()
        if found.common_ground
    }
    regions = list(dict.fromkeys(name for one in grounds.values() for name in one.regions))
    heads = [f"reaches_{name}" for name in regions]
    yield ("item", "criterion", *FIGURES, "divided", *RULE, "status", "reasons", *heads)
    for name, ground in grounds.items():
        yield from _rows(ground, name, regions)


def _rows(
    ground: CommonGround, criterion: str, regions: Sequence[Id]
) -> Iterable[tuple[object, ...]]:
    rule = rule_of(ground)
    for item in ground.found.measures if ground.found else ():
        shown = ground.probabilities(item.measure)
        divided = None if item.is_divided is None else ("yes" if item.is_divided else "no")
        yield (
            *(item.measure, criterion, *(getattr(item, name) for name in FIGURES), divided),
            *(rule[name] for name in RULE),
            *(item.status, " ".join(item.reasons), *(shown.get(name) for name in regions)),
        )


# --- The section on common denominators: the rule, what meets it, and how surely ------------------


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


# --- Common denominators of a project: the rule on all its AlpCafés, and the tiers of each --------


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
