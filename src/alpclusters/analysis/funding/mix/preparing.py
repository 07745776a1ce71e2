"""From a case to a problem: cells by the judgements, ceilings by the rule-books."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from alpclusters.analysis.funding.case import Case, Territory
from alpclusters.analysis.funding.mix.ceilings import Ceilings
from alpclusters.analysis.funding.mix.cells import Judged, find_cells, line_table
from alpclusters.analysis.funding.mix.freezing import freeze
from alpclusters.analysis.funding.mix.judging import judge
from alpclusters.analysis.funding.mix.law import Law
from alpclusters.analysis.funding.mix.partnerships import least_partnership, silent_partners
from alpclusters.analysis.funding.mix.problem import BoolArray, Looser, Problem
from alpclusters.analysis.funding.mix.reductions import drop_offers, merge_lines
from alpclusters.analysis.funding.rulebooks.records import RuleBook


def prepare(
    case: Case,
    territory: Territory,
    *,
    books: Sequence[RuleBook] | None = None,
    rejected: Sequence[str] = (),
    judged: Judged | None = None,
) -> Problem:
    """Turn a case into the optimiser's problem.

    Parameters
    ----------
    case : Case
    territory : Territory
        For conditions of place.
    books : sequence of RuleBook, optional
        By default those of the program.
    rejected : sequence of str
        Offers that are refused (a scenario); a Seal offer of a refused one is then open.
    judged : Judged, optional
        Judgements made otherwise, instead of reading the eligibility expressions.

    Returns
    -------
    Problem
        Arrays are read-only.

    Examples
    --------
    >>> import datetime as dt
    >>> from alpclusters.analysis.funding.case import Periods
    >>> nothing = Case("Nothing yet", Periods(dt.date(2025, 1, 1), 4), (), (), (), (), ())
    >>> len(prepare(nothing, Territory({})).cells)
    0
    """
    law = Law(case, _books(books))
    found = find_cells(case, law, judged or judge(case, territory), rejected)
    cells, dropped = drop_offers(case, law, found.cells)
    averages = _averages(law, found.articles)
    cells, lines = merge_lines(case, cells, line_table(case).kind, averages)
    ceilings = Ceilings(case, law, found.articles, lines, cells)
    problem = Problem(
        case=case,
        lines=lines,
        cells=cells,
        cumulations=tuple(ceilings.cumulations()),
        pools=tuple(ceilings.pools()),
        averages=tuple(ceilings.averages()),
        rejected=tuple(rejected),
        seals=tuple(_seals(case, rejected)),
        dropped=dropped,
        assumptions=found.assumptions,
        once=law.origins("union_once"),
        one_grant=law.origins("one_grant"),
        silent=silent_partners(case, law),
        least=tuple(least_partnership(law, offer) for offer in case.offers),
    )
    freeze((problem.lines, problem.cells, problem.cumulations, problem.pools))
    freeze((problem.averages, problem.silent))
    return _with_looser(problem, ceilings) if ceilings.is_strict() else problem


def _with_looser(problem: Problem, ceilings: Ceilings) -> Problem:
    loose = replace(ceilings, is_loose=True)
    found = replace(
        problem, cumulations=tuple(loose.cumulations()), averages=tuple(loose.averages())
    )
    freeze((found.cumulations, found.averages))
    return replace(
        problem, looser=Looser(found, ceilings.days(), partial(_narrowed, problem, ceilings))
    )


def _narrowed(problem: Problem, ceilings: Ceilings, kept: BoolArray) -> Problem:
    cells = problem.cells.where(kept)
    here = replace(ceilings, cells=cells)
    found = replace(
        problem,
        cells=cells,
        cumulations=tuple(here.cumulations()),
        pools=tuple(here.pools()),
        averages=tuple(here.averages()),
    )
    freeze((found.cells, found.cumulations, found.pools, found.averages))
    return found


def _averages(law: Law, articles: Sequence[str]) -> set[int]:
    """Return articles whose intensity holds over a period, by their number."""
    return {
        number
        for number, name in enumerate(articles)
        for day in law.days
        if (rule := law.rule(name, day)) and rule.params.get("average_over_period")
    }


def _seals(case: Case, rejected: Sequence[str]) -> Iterator[tuple[int, int]]:
    numbers = {offer.id: i for i, offer in enumerate(case.offers)}
    for i, offer in enumerate(case.offers):
        taken_up = offer.seal_of
        if taken_up is not None and taken_up in numbers and taken_up not in rejected:
            yield i, numbers[taken_up]


def _books(books: Sequence[RuleBook] | None) -> Sequence[RuleBook]:
    if books is not None:
        return books
    from alpclusters.analysis.funding.rulebooks import BOOKS  # noqa: PLC0415 - read when needed

    found: Sequence[RuleBook] = BOOKS
    return found
