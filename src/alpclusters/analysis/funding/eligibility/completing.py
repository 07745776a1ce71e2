"""The best possible answer: what all ways to answer the open questions agree on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Final

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.eligibility.answers import (
    Answer,
    Question,
    answers_to,
    filled,
    open_questions,
)
from alpclusters.analysis.funding.eligibility.evaluating import scope_of
from alpclusters.analysis.funding.eligibility.faults import TooManyAnswersError
from alpclusters.analysis.funding.eligibility.nodes import Node
from alpclusters.analysis.funding.eligibility.places import Ground
from alpclusters.analysis.funding.eligibility.reading import read_node
from alpclusters.analysis.funding.eligibility.scopes import Scope
from alpclusters.analysis.funding.eligibility.truth import FALSE, TRUE, UNKNOWN, Truth

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
