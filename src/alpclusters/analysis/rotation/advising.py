"""What a facilitator may want to change about a plan; the program never does it by itself."""

from alpclusters.analysis.rotation.affine import is_prime_power
from alpclusters.analysis.rotation.certificate import Certificate
from alpclusters.analysis.rotation.reasons import Advice

FEW_GUESTS = 6
SMALL_TABLE = 3
LARGE_TABLE = 8
GUESTS_PER_TABLE = 4


def advise(certificate: Certificate, *, tables: int, rounds: int) -> tuple[Advice, ...]:
    """Name tables that are empty, small or large, and a number of tables that does better.

    Sizes after domain rules of a World Café: four to five guests, hard warning above eight and
    below three; with six guests or fewer one table and no rotation.
    """
    n = certificate.guests
    found = []
    if n <= FEW_GUESTS:
        found.append(Advice("few_guests", (("guests", n),)))
    elif n < tables:
        found.append(Advice("empty_tables", (("tables", max(n // GUESTS_PER_TABLE, 1)),)))
    sizes = [size for row in certificate.sizes for size in row]
    small = sum(size < SMALL_TABLE for size in sizes)
    large = sum(size > LARGE_TABLE for size in sizes)
    if small and n > FEW_GUESTS and n >= tables:
        found.append(Advice("small_tables", (("n", small),)))
    if large:
        found.append(Advice("large_tables", (("n", large),)))
    if certificate.repeats:
        found.extend(_fewer_tables(n, tables, rounds))
    return tuple(found)


def _fewer_tables(guests: int, tables: int, rounds: int) -> list[Advice]:
    """Name the next prime power below, if it seats all without repeats at bearable tables."""
    for fewer in range(tables - 1, rounds - 1, -1):
        if is_prime_power(fewer):
            fits = guests <= fewer * min(fewer - 1, LARGE_TABLE)
            return [Advice("fewer_tables", (("tables", fewer),))] if fits else []
    return []
