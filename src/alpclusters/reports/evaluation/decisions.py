"""One answer per item: the table that opens the report."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus import Description, MeasureDescription
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import CLASSES, Decision, Decisions, Outcome
from alpclusters.platform.evaluation.domain.coarsening import UNIT_STEP
from alpclusters.platform.evaluation.domain.opinion_results import OTHERS
from alpclusters.platform.evaluation.domain.records import REGION, CriterionResult
from alpclusters.platform.evaluation.domain.science import Ranked, RankingResult
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Cell, Column, Heading, Interval, Row, RowGroup, Table
from alpclusters.reports.claims.votes import (
    decision_title,
    not_judged,
    outcome_words,
    rule_sentences,
)
from alpclusters.reports.evaluation.figures import vote_distribution_figure
from alpclusters.reports.evaluation.results import CriterionResults, tier_name
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    in_order,
    is_vote,
    named,
    rated_items,
    short,
)
from alpclusters.reports.numbers import format_integer, format_percent

# --- How much of the first page the table of answers may take, so that the brief keeps its pages


# Points; measured on paper with our fonts. What is left of a page of A4 for rows of the table.
_PAGE: Final = 498.0
_TITLE: Final = 23.0
_TITLE_LETTERS: Final = 36
_LEAD: Final = 16.0
_LEAD_LETTERS: Final = 72
_NOTE: Final = 12.0
_NOTE_LETTERS: Final = 105
_ROW: Final = 6.6
_LINE: Final = 9.9
MAX_NAME: Final = 118  # letters of an item, two lines
# Letters of a line: of the item, then of each column of words beside it.
_LETTERS: Final = ((58,), (36, 20), (26, 16, 16))


@dataclass(slots=True)
class Room:
    """What is left of the first page, in points."""

    left: float

    def take(self, *texts: str) -> bool:
        """Take a row with these texts side by side, if there is room; say whether there was."""
        letters = _LETTERS[min(len(texts), len(_LETTERS)) - 1]
        pairs = zip(texts, letters, strict=False)
        height = _ROW + _LINE * max(1, *(_lines(text, most) for text, most in pairs))
        if height > self.left:
            return False
        self.left -= height
        return True


def room_below(title: str, lead: str, notes: Sequence[str], *, above: str = "") -> Room:
    """Return the room below a title, a key message and small print, and what is ``above`` them."""
    used = _TITLE * _lines(above, _TITLE_LETTERS)
    used += _TITLE * _lines(title, _TITLE_LETTERS) + _LEAD * _lines(lead, _LEAD_LETTERS)
    return Room(_PAGE - used - _NOTE * _lines(" ".join(notes), _NOTE_LETTERS))


def _lines(text: str, letters: int) -> int:
    return -(-len(text) // letters)


# --- One answer per item: the table that opens the report -----------------------------------------


MOST_ROWS: Final = 12
MOST_CERTAIN: Final = 0.99  # draws cannot tell more


@dataclass(frozen=True, slots=True)
class Beside:
    """The answers on a further criterion: its name, and words per item."""

    title: str
    answers: Mapping[Id, str]


def decisions_table(
    decisions: Decisions,
    subject: EvaluationSubject,
    language: str,
    *,
    is_vote: bool,
    room: Room,
    beside: Sequence[Beside] = (),
    criterion: str = "",
) -> Table:
    """Return the answers in their order, at most twelve rows, the others counted.

    ``beside`` are the answers on further criteria, one column each; ``criterion`` names the first,
    and ``room`` is what the page has for rows.
    """
    text = translator(language)
    head = [Column(text.gettext("No."), "code")] if is_vote else []
    columns = (
        *head,
        Column(text.gettext("Statement") if is_vote else text.gettext("Measure")),
        _value_column(language, is_vote=is_vote),
        Column(text.gettext("Certain"), "percent", decimals=0),
        Column(text.gettext("Answers"), "number", decimals=0),
        *(Column(one.title) for one in beside),
    )
    shown = _shown(decisions, subject, beside, room)
    rows: list[Row | RowGroup] = []
    for place, one in enumerate(shown):
        if not place or shown[place - 1].outcome != one.outcome:
            rows.append(_group(decisions, one, language, is_vote=is_vote))
        row = _decision_row(one, subject, language, is_vote=is_vote)
        rows.append((*row, *(other.answers.get(one.measure, "") for other in beside)))
    caption = named(_caption(language, is_vote=is_vote), criterion, language)
    note = _note(decisions, len(shown), language)
    return Table(columns, tuple(rows), caption, note, row_head=len(head))


def _caption(language: str, *, is_vote: bool) -> str:
    text = translator(language)
    if is_vote:
        return text.gettext("What people think of each statement")
    return text.gettext("What people think of each measure")


def _shown(
    decisions: Decisions, subject: EvaluationSubject, beside: Sequence[Beside], room: Room
) -> list[Decision]:
    """Return the first of every answer in turn, so that none fills the table alone."""
    outcomes: tuple[Outcome, ...] = (*CLASSES, "open")
    kinds = [found for outcome in outcomes if (found := decisions.of(outcome))]
    taken: list[list[Decision]] = [[] for _ in kinds]
    for turn in range(max(map(len, kinds), default=0)):
        for kind, own in zip(kinds, taken, strict=True):
            if turn >= len(kind) or sum(map(len, taken)) == MOST_ROWS:
                continue
            words = [one.answers.get(kind[turn].measure, "") for one in beside]
            name = short(subject.item(kind[turn].measure), MAX_NAME)
            if (own or room.take("")) and room.take(name, *words):
                own.append(kind[turn])
    return [one for own in taken for one in own]


def _value_column(language: str, *, is_vote: bool) -> Column:
    text = translator(language)
    if is_vote:
        return Column(text.gettext("Agree"), "percent", decimals=0)
    return Column(text.gettext("Estimate"), "number", decimals=1)


def _group(decisions: Decisions, one: Decision, language: str, *, is_vote: bool) -> RowGroup:
    words = outcome_words(one.outcome, language, is_vote=is_vote, has_groups=bool(decisions.groups))
    return RowGroup(words, format_integer(len(decisions.of(one.outcome)), language))


def _decision_row(
    one: Decision, subject: EvaluationSubject, language: str, *, is_vote: bool
) -> Row:
    code: Sequence[Cell] = [str(one.measure)] if is_vote else []
    certain = max(part.value for part in one.probabilities)
    words = translator(language).gettext("over %(share)s")
    most = words % {"share": format_percent(MOST_CERTAIN, language)}
    told: Cell = most if certain > MOST_CERTAIN else certain
    return (*code, short(subject.item(one.measure), MAX_NAME), one.value, told, one.n)


def _note(decisions: Decisions, n_shown: int, language: str) -> str:
    text = translator(language)
    judged = [one for one in decisions.measures if one.probabilities]
    n_more = len(judged) - n_shown
    sentences = [
        text.gettext("Certain: probability of the answer, of open items that of the likeliest.")
    ]
    if n_more:
        sentence = text.ngettext(
            "%(n)s more item is in the data of this evaluation.",
            "%(n)s more items are in the data of this evaluation.",
            n_more,
        )
        sentences.append(sentence % {"n": format_integer(n_more, language)})
    sentences += [claim.text for claim in not_judged(decisions, language)]
    return " ".join(sentences)


# --- One answer per item for summary.json and decisions.csv, with the same cells withheld ---------


COLUMNS: Final = (
    *("item", "text", "criterion", "state", "place", "outcome"),
    *CLASSES,
    *("n", "n_against", "tier", "tier_name", "estimate", "estimate_low", "estimate_high"),
    *("divides", "divides_probability"),
)

type Record = dict[str, object]
type Named = Callable[[Id], tuple[object, str]]


def decisions_record(found: CriterionResults) -> Record:
    """Return what holds for all items: how many are in each class, and how they were put there."""
    decisions = found.decisions
    if decisions is None:
        return {"status": "undefined", "reasons": list(found.missing.get("ranking", ()))}
    outcomes = [one.outcome for one in decisions.measures]
    return {
        "status": decisions.status,
        "reasons": list(decisions.reasons),
        "conventions": decisions.conventions.as_record(),
        "groups": list(decisions.groups),
        "are_camps": decisions.are_camps,
        "n": {word: outcomes.count(word) for word in dict.fromkeys(outcomes)},
        "order": [one.measure for one in decisions.measures],
        "unjudged": list(decisions.unjudged),
    }


def decision_record(found: CriterionResults, item: Id) -> Record | None:
    """Return the answer for one item; figures of groups only where its counts by group are told."""
    known = {one.measure: one for one in found.decisions.measures} if found.decisions else {}
    decision = known.get(item)
    if decision is None:
        return None
    is_listed = found.opinion is not None and item in found.opinion.listed
    return {
        "outcome": decision.outcome,
        "probabilities": {one.of: one.value for one in decision.probabilities},
        "likeliest": list(decision.likeliest) if decision.outcome == "open" else [],
        "divides": decision.divides if is_listed else None,
        "groups": _groups_as_data(decision) if is_listed else [],
    }


def _groups_as_data(decision: Decision) -> list[Record]:
    return [
        {
            "group": view.group,
            "n": view.n,
            "value": view.value,
            "interval": view.interval.as_record(),
            "n_against": view.n_against,
            "lower": view.lower,
        }
        for view in decision.groups
    ]


# --- one table ----------------------------------------------------------------------------


def decision_rows(
    descriptions: Mapping[str, Description],
    results: Mapping[str, CriterionResults],
    named: Named,
) -> Iterable[Sequence[object]]:
    """Yield one row per item and criterion, in the order of every list; first the columns.

    Items without an answer stand at the end of their criterion: their ``state`` is ``withheld``
    or ``empty``, or they are in no result. ``named`` gives the id that people know, and the words.
    """
    yield COLUMNS
    for criterion, description in descriptions.items():
        described = {item.measure: item for item in description.measures}
        found = results.get(criterion)
        decisions = found.decisions if found else None
        for place, one in enumerate(decisions.measures if decisions else (), start=1):
            item = described.pop(one.measure)
            head = (*named(one.measure), criterion, item.state, place)
            yield (*head, *_answer(one, item, description, found))
        for item in described.values():
            gap = (None,) * (len(COLUMNS) - 4)
            yield (*named(item.measure), criterion, item.state, *gap)


def _answer(
    one: Decision,
    item: MeasureDescription,
    description: Description,
    found: CriterionResults | None,
) -> Sequence[object]:
    chances: dict[str, float] = {part.of: part.value for part in one.probabilities}
    tier = tier_name(one.tier) if one.tier else None
    return (
        *(one.outcome, *(chances.get(name) for name in CLASSES), one.n, one.n_against),
        *(one.tier, tier, one.value, *_ends(one, item, description, found)),
        *_divides(one, description, found),
    )


def _ends(
    one: Decision,
    item: MeasureDescription,
    description: Description,
    found: CriterionResults | None,
) -> tuple[float | None, float | None]:
    """Return the interval of the estimate: of votes that of the share that agrees."""
    ranked = found.ranked(one.measure) if found else None
    of_share = item.summary.agree_interval if item.summary else None
    ends = of_share if is_vote(description) else ranked and ranked.interval
    return (ends.low, ends.high) if ends else (None, None)


def _divides(
    one: Decision, description: Description, found: CriterionResults | None
) -> tuple[str | None, float | None]:
    """Return the mark and its probability, where figures by group may be told."""
    decisions = found.decisions if found else None
    if one.divides is None or found is None or decisions is None:
        return None, None
    if not tells_groups(one, found, description):
        return None, None
    return "yes" if divides(one, decisions) else "no", one.divides


def divides(one: Decision, decisions: Decisions) -> bool:
    """Say whether groups surely lie a quarter of the scale apart or more on an item."""
    return (one.divides or 0.0) >= dict(decisions.conventions.thresholds)["certain"]


def tells_groups(one: Decision, found: CriterionResults, description: Description) -> bool:
    """Say whether figures of an item by group may be shown."""
    if found.decisions is None:
        return False
    if found.opinion is not None:
        return one.measure in found.opinion.listed
    item = next(item for item in description.measures if item.measure == one.measure)
    # Of an AlpCafé all others are a group too.
    groups = {None if group == OTHERS else group for group in found.decisions.groups}
    return any(
        groups <= {cell.group for cell in cells} and all(cell.state == "shown" for cell in cells)
        for cells in item.splits.values()
    )


# --- One answer per measure of an AlpCafé: the table that opens its page and its protocol ---------


def answers_title(result: CriterionResult, language: str) -> str:
    """Say how many measures have the best answer that any has; empty without decisions."""
    found = result.decisions
    return decision_title(found, language, is_vote=False).text if found else ""


def answers_table(
    result: CriterionResult,
    subject: EvaluationSubject,
    language: str,
    *,
    caption: str,
    has_cannot_judge: bool = False,
) -> Table | None:
    """Return one row per measure, in the order of every list; None without decisions.

    ``has_cannot_judge`` adds how many cannot judge it, where no other table says so.
    """
    found = result.decisions
    if found is None:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Measure")),
        Column(text.pgettext("what people think of a measure", "Answer")),
        Column(text.gettext("Estimate"), "number", decimals=1, strong=True),
        Column(text.gettext("90% interval"), "number", decimals=1),
        Column(text.gettext("Certain"), "percent", decimals=0),
        Column("n", "number", decimals=0),
        *([Column(text.gettext("Cannot judge"), "percent", decimals=0)] * has_cannot_judge),
    )
    rows = tuple(
        _row_of_answers(one, found, result.ranking, subject, language)[: len(columns)]
        for one in found.measures
    )
    return Table(columns, rows, caption, " ".join(_notes(found, subject, language)))


def _row_of_answers(
    one: Decision,
    decisions: Decisions,
    ranking: RankingResult | None,
    subject: EvaluationSubject,
    language: str,
) -> Row:
    ranked = ranking.of(int(one.measure)) if ranking else None
    return (
        subject.item(one.measure),
        answer_words(one, decisions, language),
        one.value,
        _interval(ranked),
        _certain(one, language),
        one.n,
        ranked.cannot_judge_share if ranked else None,
    )


def _interval(ranked: Ranked | None) -> Interval | None:
    if ranked is None or ranked.low is None or ranked.high is None:
        return None
    return Interval(ranked.low, ranked.high)


def answer_words(one: Decision, decisions: Decisions, language: str) -> str:
    """Return the answer in words; of an open measure its two likeliest answers."""
    has_groups = bool(decisions.groups)
    words = outcome_words(one.outcome, language, is_vote=False, has_groups=has_groups)
    if one.outcome != "open":
        return words
    likely = [
        outcome_words(kind, language, is_vote=False, has_groups=has_groups)
        for kind in one.likeliest
    ]
    if len(likely) == 1:
        return f"{words}: {likely[0]}"
    return translator(language).gettext("%(open)s: “%(first)s” or “%(second)s”") % {
        "open": words,
        "first": likely[0],
        "second": likely[1],
    }


def _certain(one: Decision, language: str) -> Cell:
    """Return the chance of the answer; draws cannot tell that it is beyond doubt."""
    if not one.probabilities:
        return None
    chance = max(part.value for part in one.probabilities)
    if chance < MOST_CERTAIN:
        return chance
    words = translator(language).gettext("over %(share)s")
    return words % {"share": format_percent(MOST_CERTAIN, language)}


def _notes(decisions: Decisions, subject: EvaluationSubject, language: str) -> list[str]:
    text = translator(language)
    return [
        text.gettext("Certain: probability of the answer, of open items that of the likeliest."),
        text.gettext("It is rounded down to steps of %(share)s.")
        % {"share": format_percent(UNIT_STEP, language)},
        *rule_sentences(decisions, language, is_vote=False),
        _groups_of_answers(decisions, subject, language),
    ]


def _groups_of_answers(decisions: Decisions, subject: EvaluationSubject, language: str) -> str:
    text = translator(language)
    if not decisions.groups:
        return text.gettext(
            "All people are taken together, because the answers by region are not shown for every "
            "measure."
        )
    own = sorted(decisions.groups, key=lambda group: group == OTHERS)
    names = ", ".join(group_name(group, subject) for group in own)
    return text.gettext("Groups that are looked at: %(names)s.") % {"names": names}


def group_name(group: Id, subject: EvaluationSubject) -> str:
    """Return the name of a region, or of the group of all others."""
    key = None if group == OTHERS else group
    return subject.group_names.get((REGION, key)) or str(group)


# --- Votes in an evaluation: how people answered, in the order of the decisions -------------------


TOP: Final = 14  # what fits on a page


def vote_blocks(
    description: Description,
    subject: EvaluationSubject,
    language: str,
    found: CriterionResults | None,
) -> list[Block]:
    """Show how people answered the first statements."""
    order = found.order if found else ()
    items = in_order(rated_items(description, subject), order, is_vote=True)
    if not items:
        return []
    caption = translator(language).gettext("How people answered")
    figure = vote_distribution_figure(items[:TOP], language, caption=caption)
    return [Heading(caption), figure]
