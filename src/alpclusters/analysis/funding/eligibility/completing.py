"""The best possible answer: what all ways to answer the open questions agree on."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Final

from alpclusters.analysis.funding.case import Territory
from alpclusters.analysis.funding.eligibility.checking import TooManyAnswersError
from alpclusters.analysis.funding.eligibility.evaluating import read_node, scope_of
from alpclusters.analysis.funding.eligibility.fields import ORDERED, Field
from alpclusters.analysis.funding.eligibility.nodes import (
    FILLED,
    Branch,
    Const,
    Count,
    Leaf,
    Node,
    Record,
    Scope,
    is_missing,
    items,
    name_of,
    value_of,
)
from alpclusters.analysis.funding.eligibility.places import Ground, Place
from alpclusters.analysis.funding.eligibility.truth import FALSE, TRUE, UNKNOWN, Truth

# --- Every answer that could make a difference to an open question --------------------------------


MAX_WORDS: Final = 8
# Any word that no condition names.
OTHER: Final = "\0"
# At a cut of `lt` and `ge` the upper side begins with the constant, at one of `le` and `gt` one
# step above it; `eq` and `ne` cut on both sides.
_CUTS: Final = {
    "lt": (0,),
    "ge": (0,),
    "le": (1,),
    "gt": (1,),
    "eq": (0, 1),
    "ne": (0, 1),
    "in": (0, 1),
}

type Answer = str | int | bool | Place | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One open field where a condition asks it.

    ``path`` is the field as it is asked in this case, the same for the judged partner and for the
    item of a count that is the judged partner; ``leaf`` None means the key of a count.
    """

    path: str
    field: Field
    leaf: Leaf | None
    scope: Scope
    rivals: tuple[str, ...] = ()

    @property
    def is_fillable(self) -> bool:
        """Say whether answers can be listed; a list of sites or partners cannot."""
        return "[*]" not in self.path and ".sites[" not in self.path and self.field.type != "items"


def open_questions(node: Node, scope: Scope) -> Iterator[Question]:
    """Find the questions of all parts that are open; decided parts stay what they are."""
    if isinstance(node, Const) or node.truth(scope) is not UNKNOWN:
        return
    if isinstance(node, Branch):
        for child in node.children:
            yield from open_questions(child, scope)
    elif isinstance(node, Leaf):
        for one in node.asked():
            if is_missing(scope, one):
                yield Question(scope.named(one), one, node, scope)
    else:
        yield from _of_count(node, scope)


def _of_count(node: Count, scope: Scope) -> Iterator[Question]:
    inside = items(scope, node.field) or []
    for one in inside:
        yield from open_questions(node.where, one)
    if node.key is None:
        return
    may = [one for one in inside if node.where.truth(one) is not FALSE]
    known = {str(value) for one in may if (value := value_of(one, node.key)) is not None}
    for one in may:
        if is_missing(one, node.key):
            yield Question(one.named(node.key), node.key, None, one, tuple(sorted(known)))


def answers_to(questions: Sequence[Question], *, n_linked: int = 1) -> tuple[Answer, ...] | None:
    """List one answer of each kind that the questions to one field can tell apart.

    ``n_linked`` fields are compared with one another: so many different values are needed between
    two constants. None where the kinds are too many to list.
    """
    first = questions[0].field
    if not questions[0].is_fillable:
        return None
    if first.type == "bool":
        return (True, False)
    if first.type == "enum":
        return first.values
    if first.type == "text":
        fresh = (OTHER, *(f"{OTHER}{number}" for number in range(1, n_linked)))
        return (*sorted({str(one) for one in _constants(questions)}), *fresh)
    if first.type == "texts":
        return _selections(sorted({str(one) for one in _constants(questions)}))
    return _places(questions) if first.type == "code" else _numbers(questions, n_linked)


def same_kind(value: Answer, own: Sequence[Answer], field: Field) -> Answer:
    """Return the answer among those of one condition that a value of several amounts to."""
    if field.type in ORDERED:
        # One for each interval, in order: ISO days and whole numbers both sort.
        return own[max(0, bisect_right(own, value) - 1)]
    if value in own:
        return value
    if field.type == "text":
        return OTHER
    if field.type == "texts":
        words = {word for one in own for word in _words(one)}
        some = tuple(sorted(words.intersection(_words(value))))
        return some if some in own else own[-1]
    return own[0]


def _words(value: Answer) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, tuple) else ()


def filled(scope: Scope, answers: Iterable[tuple[str, Answer]]) -> Scope:
    """Return the scope as it would be with these answers, marked as not known."""
    told: dict[str, dict[str, object]] = {}
    for path, answer in answers:
        root, _, name = path.rpartition(".")
        record = told.setdefault(root, {})
        if name == "nuts" and isinstance(answer, tuple):
            record["nuts"], record["vintage"] = answer
        else:
            record[name] = answer
    roots = (*scope.records, *(root for root in told if "[" not in root))
    records = {root: _with(scope.records.get(root, {}), told.get(root)) for root in roots}
    inside = scope.items
    if inside is not None:
        inside = tuple(
            _with(one, told.get(name_of(scope, one, at))) for at, one in enumerate(inside)
        )
    return Scope(records, inside, scope.ground, scope.by_site, scope.it)


def _with(record: Record, told: dict[str, object] | None) -> Record:
    return {**record, **told, FILLED: frozenset(told)} if told else record


def _constants(questions: Sequence[Question]) -> Iterator[object]:
    """Return what the questions compare the field with."""
    for one in questions:
        yield from one.rivals
        if one.leaf is not None:
            yield from (value for value, _ in _compared(one, one.leaf))


def _compared(question: Question, leaf: Leaf) -> Iterator[tuple[object, str]]:
    """Return constants with the operator; of another field its value, where there is one."""
    if leaf.other is not None:
        for other in leaf.asked():
            value = value_of(question.scope, other)
            if value is not None:
                # From either side: the order between the two may be read both ways.
                yield from ((value, op) for op in ("lt", "le"))
    elif isinstance(leaf.operand, list | tuple):
        yield from ((value, leaf.op) for value in leaf.operand)
    elif leaf.op != "within":
        yield leaf.operand, leaf.op


def _numbers(questions: Sequence[Question], n_linked: int) -> tuple[Answer, ...]:
    is_day = questions[0].field.type == "date"
    cuts = {
        number + shift
        for one in questions
        if one.leaf is not None
        for value, op in _compared(one, one.leaf)
        if (number := _number(value, is_day=is_day)) is not None
        for shift in _CUTS[op]
    }
    steps = range(-n_linked, n_linked)
    spread = {cut + step for cut in cuts or {n_linked} for step in steps}
    wanted = sorted({min(cuts) - 1, *cuts}) if n_linked == 1 and cuts else sorted(spread)
    if is_day:
        return tuple(
            dt.date.fromordinal(one).isoformat()
            for one in wanted
            if dt.date.min.toordinal() <= one <= dt.date.max.toordinal()
        )
    return tuple(one for one in wanted if one >= 0)


def _number(value: object, *, is_day: bool) -> int | None:
    if is_day and isinstance(value, str):
        try:
            return dt.date.fromisoformat(value).toordinal()
        except ValueError:
            return None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _selections(words: Sequence[str]) -> tuple[Answer, ...] | None:
    if len(words) > MAX_WORDS:
        return None
    return tuple(some for n in range(len(words) + 1) for some in combinations(words, n))


def _places(questions: Sequence[Question]) -> tuple[Answer, ...] | None:
    """Return one place for each way in which the questions can turn out together."""
    ground = questions[0].scope.ground
    told = value_of(questions[0].scope, questions[0].field)
    if isinstance(told, str):
        # The code is known, its vintage is not: any that has it.
        return tuple((told, one) for one, codes in ground.territory.codes.items() if told in codes)
    leaves = [one.leaf for one in questions if one.leaf is not None]
    named = frozenset(
        str(code)
        for leaf in leaves
        if leaf.op != "within"
        for code in (leaf.operand if isinstance(leaf.operand, list | tuple) else (leaf.operand,))
    )
    zones = tuple(dict.fromkeys(leaf.zone for leaf in leaves if leaf.op == "within"))
    return ground.kinds(zones, named) or None


# --- The best possible answer: what all ways to answer the open questions agree on ----------------


MAX_COMPLETIONS: Final = 4096


def decide_exactly(expression: object, facts: Mapping[str, object], territory: Territory) -> Truth:
    """Decide a condition over all ways to answer its open questions.

    Parameters
    ----------
    expression : JSON value
        A condition.
    facts : mapping
        As in ``evaluate``.
    territory : Territory
        Codes, recoding and areas.

    Returns
    -------
    Truth
        Kleene's value where that is decided; else what every answer gives, unknown where answers
        differ. ``any`` of "below 5" and "5 or more" is true whatever the figure is.

    Raises
    ------
    ExpressionError
        The condition has faults.
    TooManyAnswersError
        More than 4,096 ways to answer, or a list that cannot be tried out.

    Notes
    -----
    A condition in which every open field is asked once is decided by Kleene's logic exactly, so
    only fields that are asked more than once, or whose answers cannot turn out both ways, are tried
    out: one answer for each interval between the constants, each value of an enumeration, one code
    for each way in which the territories can turn out. ``known`` keeps the value that it has today.
    A region whose place is open for lack of a recoding stays open.

    Examples
    --------
    >>> below = {"lt": ["partner.turnover_ct", 5]}
    >>> above = {"ge": ["partner.turnover_ct", 5]}
    >>> decide_exactly({"any": [below, above]}, {"partner": {}}, Territory({})).letter
    'T'
    """
    ground = Ground(territory)
    return decide_node(read_node(expression, ground), scope_of(facts, ground))


def decide_node(node: Node, scope: Scope) -> Truth:
    """Decide a condition that is read already."""
    truth = node.truth(scope)
    if truth is not UNKNOWN:
        return truth
    choices = _choices(list(open_questions(node, scope)))
    n_ways = prod(len(answers) for answers in choices.values())
    if n_ways > MAX_COMPLETIONS:
        raise TooManyAnswersError(
            "eligibility.too_many_answers",
            values={"n": n_ways, "limit": MAX_COMPLETIONS},
        )
    return _agreed(node, scope, choices) if choices else UNKNOWN


def _agreed(node: Node, scope: Scope, choices: Mapping[str, Sequence[Answer]]) -> Truth:
    seen = set()
    for answers in product(*choices.values()):
        seen.add(node.truth(filled(scope, zip(choices, answers, strict=True))))
        if UNKNOWN in seen or len(seen) > 1:
            return UNKNOWN
    return TRUE if seen == {TRUE} else FALSE


def _choices(questions: Sequence[Question]) -> dict[str, Sequence[Answer]]:
    """Return the answers to try, by field; fields that Kleene's logic treats exactly are left."""
    by_path: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        by_path[question.path].append(question)
    chosen: dict[str, Sequence[Answer]] = {}
    for group in _linked(by_path):
        asked = [question for path in group for question in by_path[path]]
        if not any(_needs_trying(by_path[path]) for path in group):
            continue
        answers = answers_to(asked, n_linked=len(group))
        if answers is None:
            if all(question.is_fillable for question in asked):
                raise TooManyAnswersError("eligibility.too_many_answers")
            continue
        chosen |= dict.fromkeys(group, answers)
    return chosen


def _needs_trying(questions: Sequence[Question]) -> bool:
    """Say whether a field is asked more than once, or once with an answer that is foregone."""
    if len(questions) > 1 or questions[0].leaf is None:
        return True
    leaf = questions[0].leaf
    if leaf.other is not None:
        return False
    answers = answers_to(questions)
    if answers is None:
        return False
    truths = {leaf.truth(_tried(questions[0], answer)) for answer in answers}
    return not {TRUE, FALSE} <= truths


def _tried(question: Question, answer: Answer) -> Scope:
    """Return the scope of the question's own condition with an answer."""
    scope, root = question.scope, question.field.root
    told: dict[str, object] = {question.field.name: answer}
    if question.field.type == "code" and isinstance(answer, tuple):
        told = {"nuts": answer[0], "vintage": answer[1]}
    records = {**scope.records, root: {**scope.records.get(root, {}), **told}}
    return Scope(records, scope.items, scope.ground, scope.by_site, scope.it)


def _linked(by_path: Mapping[str, Sequence[Question]]) -> list[list[str]]:
    """Group the open fields that are compared with one another, or are keys of counts."""
    groups = {path: [path] for path in by_path}
    keys = [path for path, asked in by_path.items() if any(one.leaf is None for one in asked)]
    pairs = [(keys[0], path) for path in keys[1:]]
    for path, asked in by_path.items():
        for one in asked:
            if one.leaf is not None:
                pairs += [(path, other) for other in one.leaf.missing(one.scope)]
    for first, second in pairs:
        if second in groups and groups[first] is not groups[second]:
            groups[first].extend(groups[second])
            for path in groups[second]:
                groups[path] = groups[first]
    return list({id(group): group for group in groups.values()}.values())
