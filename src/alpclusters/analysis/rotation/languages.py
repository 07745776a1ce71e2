"""Languages of guests and tables: wrong seats, their bound, interpreters."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.rotation.fields import IntArray, check_count

BoolArray = NDArray[np.bool_]
MAX_TABLES = 128


@dataclass(frozen=True, slots=True)
class Languages:
    """Who speaks what, and which language each table has.

    Attributes
    ----------
    guests : tuple of frozenset of str
        Languages of each guest, in the order of the guests; may be empty.
    tables : tuple of str
        The host's language of each table. Sign languages are languages of guests only.
    event : frozenset of str or None
        Languages for which there may be interpreters; None means all that anybody names.
    """

    guests: tuple[frozenset[str], ...]
    tables: tuple[str, ...]
    event: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        guests: Sequence[Collection[str]],
        tables: Sequence[str] | int,
        *,
        event: Collection[str] | None = None,
    ) -> "Languages":
        """Build from plain collections; a number of tables asks for a proposal.

        Parameters
        ----------
        guests : sequence of collection of str
        tables : sequence of str or int
            Per table its language, or how many tables there are: then each language gets
            tables in proportion to its speakers (`propose_table_languages`).
        event : collection of str, optional

        Raises
        ------
        AnalysisError
            A guest's languages are one text instead of a collection, or a language is empty.

        Examples
        --------
        >>> Languages.of([["de"], ["de", "it"], ["it"]], 2).tables
        ('de', 'it')
        """
        spoken = tuple(_spoken(languages, row) for row, languages in enumerate(guests))
        hosts = propose_table_languages(spoken, tables) if isinstance(tables, int) else tables
        named = None if event is None else frozenset(event)
        return cls(spoken, tuple(_code(host, row) for row, host in enumerate(hosts)), named)


def _spoken(languages: Collection[str], row: int) -> frozenset[str]:
    if isinstance(languages, str):
        code = "languages.not_a_collection"
        raise AnalysisError(code, where=Where(argument="languages", row=row))
    return frozenset(_code(language, row) for language in languages)


def _code(language: str, row: int) -> str:
    if not isinstance(language, str) or not language.strip():
        code = "languages.not_a_language"
        where = Where(argument="languages", row=row)
        raise AnalysisError(code, where=where, found=str(language))
    return language.strip()


def propose_table_languages(guests: Sequence[Collection[str]], tables: int) -> tuple[str, ...]:
    """Share the tables out among the languages in proportion to their speakers.

    Parameters
    ----------
    guests : sequence of collection of str
        Languages of each guest; at least one guest names one.
    tables : int

    Returns
    -------
    tuple of str
        One language per table.

    Raises
    ------
    AnalysisError
        Nobody names a language, or no whole number of tables.

    Notes
    -----
    A guest of several languages counts as a part of each. Shared out by D'Hondt's rule, ties
    by language code, tables in the order in which the rule hands them out.

    Examples
    --------
    >>> propose_table_languages([["de"]] * 6 + [["fr"]] * 3, 3)
    ('de', 'de', 'fr')
    """
    check_count(tables, "tables", most=MAX_TABLES)
    weight: dict[str, float] = {}
    for spoken in guests:
        for language in spoken:
            weight[language] = weight.get(language, 0) + 1 / len(spoken)
    if not weight:
        code = "languages.none"
        raise AnalysisError(code, where=Where(argument="guests"))
    given: Counter[str] = Counter()
    order = []
    for _ in range(tables):
        best = min(weight, key=lambda code: (-weight[code] / (given[code] + 1), code))
        given[best] += 1
        order.append(best)
    return tuple(order)


def check_languages(languages: Languages, *, guests: int, tables: int) -> None:
    """Refuse languages of another number of guests or tables."""
    for name, found, expected in (
        ("languages.guests", len(languages.guests), guests),
        ("languages.tables", len(languages.tables), tables),
    ):
        if found != expected:
            code = "languages.lengths"
            where = Where(argument=name)
            raise ShapeError(code, where=where, found=str(found), expected=str(expected))


def wrong_matrix(languages: Languages) -> BoolArray:
    """Tell for every guest and table whether the guest does not speak its language.

    Returns
    -------
    array of shape (n_guests, n_tables)
    """
    rows = [[host not in spoken for host in languages.tables] for spoken in languages.guests]
    return np.array(rows, dtype=np.bool_).reshape(len(languages.guests), len(languages.tables))


def count_wrong_seats(seats: IntArray, languages: Languages) -> int:
    """Count the (guest, round) seats at a table whose language the guest does not speak."""
    wrong = wrong_matrix(languages)
    guest, round_ = np.nonzero(seats >= 0)
    return int(wrong[guest, seats[guest, round_]].sum())


def count_unserved(languages: Languages) -> int:
    """Count the guests who speak no language of the event."""
    return sum(not _served(spoken, languages) for spoken in languages.guests)


def _served(spoken: frozenset[str], languages: Languages) -> frozenset[str]:
    return spoken if languages.event is None else spoken & languages.event


def interpreters(seats: IntArray, languages: Languages) -> Mapping[str, tuple[int, ...]]:
    """Count per language and round the tables that need an interpreter of it.

    For the guests in a wrong seat at a table, the language that most of them speak is taken
    first (ties by code) until all are served; guests without a language of the event are not.

    Returns
    -------
    mapping of str to tuple of int
        Per language one number for each round; demand is the greatest of them.
    """
    found: dict[str, list[int]] = {}
    n_rounds = seats.shape[1]
    for round_ in range(n_rounds):
        for place, host in enumerate(languages.tables):
            guests = np.flatnonzero(seats[:, round_] == place)
            needs = [_served(languages.guests[g], languages) for g in guests]
            for language in _cover([need for need in needs if need and host not in need]):
                found.setdefault(language, [0] * n_rounds)[round_] += 1
    return {language: tuple(found[language]) for language in sorted(found)}


def _cover(needs: Sequence[frozenset[str]]) -> list[str]:
    """Choose languages greedily until every need is met."""
    chosen = []
    open_needs = list(needs)
    while open_needs:
        counts = Counter(language for need in open_needs for language in need)
        best = min(counts, key=lambda code: (-counts[code], code))
        chosen.append(best)
        open_needs = [need for need in open_needs if best not in need]
    return chosen


def wrong_seat_bound(languages: Languages, rounds: int) -> int:
    """Return a lower bound of wrong-language seats of a plan without revisits.

    The greater of two: what each guest lacks in tables of own languages; and, per round, how
    many guests cannot have such a table at once (largest flow from guests to seats).
    """
    known = (~wrong_matrix(languages)).sum(axis=1)
    by_guest = int(np.maximum(rounds - known, 0).sum())
    return max(by_guest, wrong_at_once(languages, rounds))


def wrong_at_once(languages: Languages, rounds: int) -> int:
    """Return the part of the bound that holds with revisits too: seats of each round."""
    return rounds * (len(languages.guests) - served_at_once(languages))


def served_at_once(languages: Languages) -> int:
    """Return how many guests can sit at a table of their language in one balanced round."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import
    from scipy.sparse.csgraph import maximum_flow  # noqa: PLC0415

    capacity, sink = _network(languages)
    return int(maximum_flow(csr_array(capacity), 0, sink).flow_value)


def _network(languages: Languages) -> tuple[NDArray[np.int32], int]:
    """Return source, sets of languages, languages, the larger tables and sink as capacities."""
    sets = Counter(languages.guests)
    hosts = Counter(languages.tables)
    size, larger = divmod(len(languages.guests), len(languages.tables))
    first_host = 1 + len(sets)
    extra, sink = first_host + len(hosts), first_host + len(hosts) + 1
    capacity = np.zeros((sink + 1, sink + 1), dtype=np.int32)
    for i, (spoken, n) in enumerate(sets.items(), start=1):
        capacity[0, i] = n
        for j, host in enumerate(hosts, start=first_host):
            capacity[i, j] = n if host in spoken else 0
    for j, n in enumerate(hosts.values(), start=first_host):
        capacity[j, sink], capacity[j, extra] = n * size, n
    capacity[extra, sink] = larger
    return capacity, sink
