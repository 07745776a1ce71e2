"""A checker of seat plans in plain Python by tables; it shares no code with the library."""

from itertools import combinations, product


def check_rounds(rounds, *, guests=None):
    """Count repeats, revisits, most meetings, pairs met and sizes from the rounds alone."""
    met = {}
    seen = {}
    for tables in rounds:
        present = [guest for table in tables for guest in table]
        assert len(present) == len(set(present)), "a guest sits twice in one round"
        if guests is not None:
            assert sorted(present) == list(range(1, guests + 1)), "somebody has no seat"
        for place, table in enumerate(tables):
            for guest in table:
                seen.setdefault(guest, []).append(place)
            for pair in combinations(sorted(table), 2):
                met[pair] = met.get(pair, 0) + 1
    return {
        "repeats": sum(n - 1 for n in met.values()),
        "revisits": sum(len(places) - len(set(places)) for places in seen.values()),
        "max_meetings": max(met.values(), default=0),
        "pairs_met": len(met),
        "balanced": all(max(map(len, tables)) - min(map(len, tables)) <= 1 for tables in rounds),
    }


def count_wrong_seats(rounds, spoken, hosts):
    """Count seats at tables whose language the guest does not speak."""
    return sum(
        hosts[place] not in spoken[guest - 1]
        for tables in rounds
        for place, table in enumerate(tables)
        for guest in table
    )


def best_repeats(guests, tables, rounds, *, revisits_allowed):
    """Find the fewest repeats of any balanced plan by trying all of them."""
    sizes = {guests // tables, -(-guests // tables)}
    columns = [
        column
        for column in product(range(tables), repeat=guests)
        if {column.count(table) for table in range(tables)} <= sizes
    ]
    pairs = list(combinations(range(guests), 2))
    best = [guests * guests * rounds]

    def grow(chosen, met, cost):
        if cost >= best[0]:
            return
        if len(chosen) == rounds:
            best[0] = cost
            return
        for column in columns:
            if not revisits_allowed and any(
                old[guest] == column[guest] for old in chosen for guest in range(guests)
            ):
                continue
            now = [pair for pair in pairs if column[pair[0]] == column[pair[1]]]
            again = sum(pair in met for pair in now)
            grow([*chosen, column], met | set(now), cost + again)

    # The first round may be sorted: guests and tables have no names.
    for column in columns:
        if list(column) == sorted(column):
            now = {pair for pair in pairs if column[pair[0]] == column[pair[1]]}
            grow([column], now, 0)
    return best[0]
