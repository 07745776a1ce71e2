"""Evaluate one condition over the facts of one partner, project and offer."""

from collections.abc import Mapping

from alpclusters.analysis.funding.case.territory import Territory
from alpclusters.analysis.funding.eligibility.places import Ground
from alpclusters.analysis.funding.eligibility.reading import read_node
from alpclusters.analysis.funding.eligibility.scopes import Scope
from alpclusters.analysis.funding.eligibility.traces import Trace

_NO_SOURCES: Mapping[str, str] = {}


def evaluate(
    expression: object,
    facts: Mapping[str, object],
    territory: Territory,
    *,
    sources: Mapping[str, str] = _NO_SOURCES,
) -> Trace:
    """Judge a condition in three values and say why.

    Parameters
    ----------
    expression : JSON value
        A condition.
    facts : mapping
        ``partner``, ``project`` and ``offer``: mappings from field names to values, days as ISO
        texts; ``partners``: a list of such mappings. What is missing or None is unknown.
        ``offer.place`` of ``site`` lets every site of a partner count as its place.
    territory : Territory
        Codes, recoding and areas.
    sources : mapping of str to str, optional
        Where conditions are from, by JSON Pointer ("" is the whole).

    Returns
    -------
    Trace
        Its ``result`` and the tree of all conditions, each judged, none left out.

    Raises
    ------
    ExpressionError
        The condition has faults; ``faults`` lists them with pointers.

    Notes
    -----
    Kleene's strong logic: a comparison with something unknown is unknown, also ``ne``; ``all`` is
    the least and ``any`` the greatest in false < unknown < true. Only ``known`` is two-valued. One
    walk over the tree; ``count`` walks its condition once for each item.

    References
    ----------
    .. [1] S. C. Kleene, Introduction to Metamathematics (1952), section 64.

    Examples
    --------
    >>> land = Territory({2016: frozenset({"DE", "DE1", "DE11"})})
    >>> asked = {"all": [{"eq": ["partner.size", "small"]}, {"lt": ["partner.turnover_ct", 5]}]}
    >>> evaluate(asked, {"partner": {"size": "small"}}, land).result.letter
    'U'
    """
    ground = Ground(territory)
    return read_node(expression, ground).trace(scope_of(facts, ground), sources)


def scope_of(facts: Mapping[str, object], ground: Ground) -> Scope:
    """Return the scope of facts as mappings; what is no mapping is unknown."""
    records = {
        root: record
        for root in ("partner", "project", "offer")
        if isinstance(record := facts.get(root), Mapping)
    }
    partners = facts.get("partners")
    items = None
    if isinstance(partners, list | tuple):
        items = tuple(one for one in partners if isinstance(one, Mapping))
    by_site = records.get("offer", {}).get("place") == "site"
    return Scope(records, items, ground, by_site)
