"""What the methods say about rated items, beside the description: ranking, agreement, groups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from alpclusters.analysis.consensus import AgreementSummary, MeasureDescription, Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decisions
from alpclusters.analysis.denominators import Denominators
from alpclusters.analysis.opinion import (
    ConsensusStatements,
    GroupConsensus,
    OpinionGroups,
    Representativeness,
)
from alpclusters.analysis.ranking import RankedMeasure, Ranking
from alpclusters.analysis.second_round import Comparison
from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult
from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.evaluation.domain.science import Arrivals, TopThreeResult
from alpclusters.platform.evaluation.domain.weighting_results import Weighting
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    WITHHELD,
    Block,
    Cell,
    Column,
    Heading,
    Interval,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.charts.groups import PlacedPeople

# --- Statements about the person in an AlpCafé: their own answers, apart from all opinions --------


_DISAGREE, _BETWEEN, _AGREE = slice(0, 2), slice(2, 3), slice(3, 5)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """What everybody answered to one statement on one criterion; ``status`` as stored."""

    name: str
    criterion: str
    status: str
    answers: MeasureDescription


def person_lines(evaluation: Evaluation, language: str) -> tuple[PersonLine, ...]:
    """Return the statements about the person, criterion by criterion."""
    known = {one.item.pk: one for one in evaluation.persons}
    return tuple(
        PersonLine(
            word(known[int(item.measure)].item.names, language),
            word(result.names, language),
            known[int(item.measure)].status,
            item,
        )
        for result in evaluation.criteria
        for item in result.persons
    )


def person_items_section(lines: Sequence[PersonLine], language: str) -> list[Block]:
    """Return heading, rule and tables; empty where no statement is about the person."""
    if not lines:
        return []
    text = translator(language)
    heading = Heading(text.gettext("Statements about the people themselves"))
    lead = Paragraph(" ".join(person_sentences(language)))
    return [heading, lead, *person_tables(lines, language)]


def person_sentences(language: str) -> list[str]:
    """Say why they stand apart, and why nobody is grouped by them."""
    text = translator(language)
    return [
        text.gettext(
            "These statements say what somebody is, has or did, not what should be. They are in no "
            "ranking, no list of opinions and no headline."
        ),
        text.gettext(
            "The opinions are not divided by them: that would join two answers of the same person, "
            "and could give somebody away."
        ),
    ]


def person_tables(lines: Sequence[PersonLine], language: str) -> list[Table]:
    """Return one table of what was marked, and one of proposals nobody has decided about."""
    text = translator(language)
    captions = {
        "marked": (text.gettext("What people say of themselves"), ""),
        "proposed": (
            text.gettext("Proposals that are not yet confirmed"),
            text.gettext(
                "Found by their wording and not yet decided by the organisers. Until then they are "
                "kept out of rankings and headlines like the confirmed ones."
            ),
        ),
    }
    return [
        _table(own, language, caption=caption, note=note)
        for status, (caption, note) in captions.items()
        if (own := [line for line in lines if line.status == status])
    ]


def _table(lines: Sequence[PersonLine], language: str, *, caption: str, note: str) -> Table:
    text = translator(language)
    several = len({line.criterion for line in lines}) > 1
    columns = (
        Column(text.gettext("Statement")),
        *([Column(text.gettext("Criterion"))] if several else ()),
        Column(text.gettext("Agree (4–5)"), "percent", decimals=0, strong=True),
        Column(text.gettext("90% interval"), "percent", decimals=0),
        Column(text.gettext("In between (3)"), "percent", decimals=0),
        Column(text.gettext("Disagree (1–2)"), "percent", decimals=0),
        Column(text.gettext("Cannot judge"), "number", decimals=0),
        Column("n", "number", decimals=0),
    )
    rows: list[Row] = [
        (line.name, *([line.criterion] if several else ()), *_cells(line.answers)) for line in lines
    ]
    return Table(columns, tuple(rows), caption, note, name="persons")


def _cells(item: MeasureDescription) -> tuple[Cell, ...]:
    if item.summary is not None:
        return _shares(item.summary)
    if item.coarse is not None and item.coarse.counts is not None:
        disagree, between, agree = item.coarse.counts
        n = sum(item.coarse.counts)
        return (agree / n, None, between / n, disagree / n, WITHHELD, n)
    return (WITHHELD,) * 6


def _shares(summary: Summary) -> tuple[Cell, ...]:
    n = summary.n
    if not n:
        return (None, None, None, None, summary.cannot_judge, 0)
    disagree, between, agree = (
        sum(summary.counts[part]) / n for part in (_DISAGREE, _BETWEEN, _AGREE)
    )
    ends = summary.agree_interval
    interval = Interval(ends.low, ends.high) if ends else None
    return (agree, interval, between, disagree, summary.cannot_judge, n)


# --- What the methods say about rated items, beside the description: ranking, agreement, groups


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """Opinion groups and what they share; columns of all parts are ``items``.

    Attributes
    ----------
    items : tuple
        Id of each column.
    groups, consensus, representative, majority
        Results of the four functions of `analysis.opinion`.
    listed : frozenset
        Items whose counts by group may be shown: in results, 5 votes in every group, and no
        cell of a declared split withheld; none without groups.
    places : tuple of tuple of PlacedPeople
        Per group where its people lie, at least five to a place; empty for declared groups.
    per_mark : int
        Least people behind one mark of the map.
    split : str
        Name of the split that gave declared groups; empty for found ones.
    polis : OpinionGroups or None
        The cut that Polis would make, where it was asked for.
    """

    items: tuple[Id, ...]
    groups: OpinionGroups
    consensus: GroupConsensus
    representative: Representativeness
    majority: ConsensusStatements
    listed: frozenset[Id]
    places: tuple[tuple[PlacedPeople, ...], ...] = ()
    per_mark: int = 1
    split: str = ""
    polis: OpinionGroups | None = None

    @property
    def is_trusted(self) -> bool:
        """Whether lists by group may be shown to people: the groups come back."""
        return self.groups.k > 1 and "groups_not_stable" not in self.groups.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonGround:
    """What holds across borders, and what of it may be shown.

    Attributes
    ----------
    found : Denominators or None
        None where the rule could not be applied: ``reasons`` say why.
    reasons : tuple of str
    regions : mapping of str to str
        Country of each region with at least five people; others are named nowhere.
    n_regions : int
        All regions with an answer.
    cells : mapping
        Per item the regions whose probability may be shown: five people rated it there, and no
        other region could be worked out from it.
    n_people : mapping of str to int
        People per region, where they are told.
    split : str
        The split whose groups the regions are, for their names.
    """

    found: Denominators | None = None
    reasons: tuple[str, ...] = ()
    regions: Mapping[Id, Id] = field(default_factory=dict)
    n_regions: int = 0
    cells: Mapping[Id, frozenset[Id]] = field(default_factory=dict)
    n_people: Mapping[Id, int] = field(default_factory=dict)
    split: str = "region"

    def probabilities(self, item: Id) -> dict[Id, float]:
        """Return the probability of passing per region that may be shown for an item."""
        if self.found is None:
            return {}
        single = next(one for one in self.found.measures if one.measure == item)
        pairs = zip(self.found.regions, single.region_probabilities, strict=True)
        shown = self.cells.get(item, frozenset())
        return {region: p for region, p in pairs if p is not None and region in shown}


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResults:
    """The results on one criterion; a part that is None has its reasons in ``missing``.

    ``decisions`` are one answer per item, None where nothing can be decided. ``second_round`` and
    ``common_ground`` are None where the data have no rounds, no regions.
    ``informed`` tells of an informed second round: answers given after first results were shown,
    and all answers of that round. ``n_aside`` is the greatest number of pairs of one item that
    were set aside by chance to protect those who rated once.
    """

    agreement: AgreementSummary
    decisions: Decisions | None = None
    ranking: Ranking | None = None
    opinion: Opinion | None = None
    second_round: Comparison | None = None
    informed: tuple[int, int] | None = None
    n_aside: int = 0
    common_ground: CommonGround | None = None
    weighting: Weighting | None = None
    weighted_further: tuple[Weighting, ...] = ()
    missing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def order(self) -> tuple[Id, ...]:
        """Items in the order of every list and chart: as decided, else as ranked."""
        if self.decisions is not None:
            return tuple(one.measure for one in self.decisions.measures)
        return self.ranking.order if self.ranking else ()

    def ranked(self, item: Id) -> RankedMeasure | None:
        """Return the rank figures of one item, None if it is not ranked."""
        return ranked_by_id(self.ranking).get(item)


@dataclass(frozen=True, slots=True, kw_only=True)
class JointOpinion:
    """Opinion groups over all criteria, with the words of each criterion by its number."""

    found: OpinionResult
    criteria: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationResults:
    """The results per criterion, and all criteria added up where there are several.

    Attributes
    ----------
    by_criterion : mapping of str to CriterionResults
    combined : Ranking or None
    left_out : mapping
        Why an item is in no result list: ``rejected``, ``small_group``, ``no_ratings``.
    n_people : int or None
        People who rated on any criterion; None where that is not known.
    rounds : tuple of str
        Names of the first and the last round, where there are two.
    counts_people : bool
        Whether n of ``combined`` counts people instead of ratings.
    joint_opinion, top_three, arrivals : record or None
        Of an AlpCafé: opinion groups over all criteria, the top three, how answers came in.
    persons : tuple of PersonLine
        Of an AlpCafé: answers to statements about the person, which are no opinions.
    notices : tuple of str
        What must be known before any figure, such as the round the figures are of.
    remarks : tuple of str
        Further sentences on how this was computed.
    """

    by_criterion: Mapping[str, CriterionResults]
    combined: Ranking | None = None
    left_out: Mapping[str, Mapping[Id, str]] = field(default_factory=dict)
    n_people: int | None = None
    rounds: tuple[str, ...] = ()
    counts_people: bool = False
    joint_opinion: JointOpinion | None = None
    top_three: TopThreeResult | None = None
    arrivals: Arrivals | None = None
    persons: tuple[PersonLine, ...] = ()
    notices: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def ranked_by_id(ranking: Ranking | None) -> dict[Id, RankedMeasure]:
    """Return the ranked items by their id."""
    return {} if ranking is None else {item.measure: item for item in ranking.measures}


def has_tiers(ranking: Ranking | None) -> bool:
    """Tell whether there is an order to show."""
    return ranking is not None and bool(ranking.tiers)


def top_counts(ranking: Ranking | None) -> tuple[int, ...]:
    """Return each k of "among the first k"; empty where nothing is ranked."""
    shares = (item.top for item in ranking.measures if item.top) if ranking else iter(())
    return tuple(k for k, _ in next(shares, ()))


def tier_name(number: int) -> str:
    """Return the letter of a tier: A is the first, AA follows Z.

    Examples
    --------
    >>> tier_name(1), tier_name(26), tier_name(27)
    ('A', 'Z', 'AA')
    """
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
