"""Whose own means or credit do not suffice for a wish, and how much more would."""

from dataclasses import replace

from alpclusters.analysis.funding.case import Case, Partner
from alpclusters.analysis.funding.mix.infeasible import explain_infeasible
from alpclusters.analysis.funding.mix.obstacles import Found, Obstacle
from alpclusters.analysis.funding.mix.ways import Forced, Way


def means_found(forced: Forced) -> Found | None:
    """Find the own means or the credit lines that let a wish not hold.

    Parameters
    ----------
    forced : Forced
        A wish that no mix fulfils as the case stands.

    Returns
    -------
    tuple of lists, or None
        Obstacles with what is needed and what there is, and the least that has to be added; None
        where means of partners are not what is missing.
    """
    return _of_own_means(forced) or _of_credit(forced)


def _of_own_means(forced: Forced) -> Found | None:
    missing = {
        one.subject.partition(":")[2]: one.missing_ct
        for one in explain_infeasible(forced.problem()).missing
        if one.group == "own_means" and one.missing_ct
    }
    short = [one for one in forced.case.partners if one.id in missing and one.own_ct is not None]
    if not short:
        return None
    richer = _with(
        forced.case,
        [replace(one, own_ct=(one.own_ct or 0) + (missing[one.id] or 0)) for one in short],
    )
    found = forced.way(Way("own_means"), richer)
    if found is None:
        return None
    obstacles = [
        Obstacle(
            "own_means",
            one.id,
            needed=(one.own_ct or 0) + (missing[one.id] or 0),
            found=one.own_ct,
        )
        for one in short
    ]
    whose = short[0].id if len(short) == 1 else ""
    amount = sum(missing[one.id] or 0 for one in short)
    return obstacles, [replace(found, subject=whose, amount=amount)]


def _of_credit(forced: Forced) -> Found | None:
    limited = [one for one in forced.case.partners if one.credit_ct is not None]
    for one in limited:
        freed = _with(forced.case, [replace(one, credit_ct=None)])
        way = forced.way(Way("credit", one.id), freed)
        if way is not None:
            return [Obstacle("credit", one.id, found=one.credit_ct)], [way]
    return None


def _with(case: Case, changed: list[Partner]) -> Case:
    new = {one.id: one for one in changed}
    return replace(case, partners=tuple(new.get(one.id, one) for one in case.partners))
