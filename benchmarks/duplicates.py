"""Looking for duplicates among made-up organisations: seconds, memory, planted pairs found."""

import random
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.django_setup import setup_django
from benchmarks._memory import peak_mb

if TYPE_CHECKING:
    from alpclusters.platform.actors.domain.likeness import Body

Say = Callable[[str], None]

FULL: Final = (10_000, 30_000, 100_000)
SMALL: Final = (1_000, 3_000)
SYLLABLES: Final = (
    *("ka", "ro", "mi", "tel", "ver", "no", "sa", "lin", "dor", "pe"),
    *("ul", "gra", "ben", "zo", "fi", "mar", "tu", "hol", "stei", "ri"),
)
HEADS: Final = (
    *("Institut für", "Holzbau", "Universität", "Comune di", "Società", "Agence de", "Cluster"),
    *("Zavod", "Technik", "Gruppe", "Systems", "Energie", "Forschung", "Netzwerk", "Innovation"),
)
FORMS: Final = ("GmbH", "AG", "S.p.A.", "SAS", "d.o.o.", "e.V.", "S.r.l.", "")
COUNTRIES: Final = ("AT", "CH", "DE", "FR", "IT", "SI")
N_WORDS: Final = 8_000
EVERY: Final = 20  # one in so many is the same body as an earlier one, written otherwise


def run(small: bool, say: Say) -> dict[str, Any]:  # noqa: FBT001 - the form of every benchmark
    """Look for duplicates in lists of growing length."""
    setup_django()
    sizes = SMALL if small else FULL
    return {"sizes": [_measure(n, say) for n in sizes], "peak_mb": peak_mb()}


def _measure(n: int, say: Say) -> dict[str, Any]:
    from alpclusters.platform.actors.domain.duplicates import find_likely  # noqa: PLC0415 - after setup_django()

    started = time.process_time()
    bodies, planted = _make(n)
    read = time.process_time()
    found = {(one.first, one.second) for one in find_likely(bodies)}
    ended = time.process_time()
    say(f"{n} organisations: {read - started:.1f} s for names, {ended - read:.1f} s for pairs")
    return {
        "organisations": n,
        "cpu_s_names": round(read - started, 2),
        "cpu_s_pairs": round(ended - read, 2),
        "proposed": len(found),
        "planted": len(planted),
        "planted_found": sum(pair in found for pair in planted),
    }


def _make(n: int) -> tuple[list["Body"], list[tuple[int, int]]]:
    chance = random.Random(1)  # noqa: S311 - repeatable, nothing secret
    words = [_word(chance, chance.choice((2, 3, 3, 4))) for _ in range(N_WORDS)]
    weights = [1 / (rank + 1) ** 0.8 for rank in range(N_WORDS)]
    bodies: list[Body] = []
    planted = []
    for pk in range(n):
        if pk % EVERY == EVERY - 1:
            twin = chance.choice(bodies)
            planted.append((twin.pk, pk))
            bodies.append(_twin(twin, pk, chance))
        else:
            bodies.append(_new(pk, chance, words, weights))
    return bodies, planted


def _new(pk: int, chance: random.Random, words: list[str], weights: list[float]) -> "Body":
    from alpclusters.platform.actors.domain.likeness import Body  # noqa: PLC0415 - likewise

    own = chance.choices(words, weights, k=chance.choice((1, 2, 2, 3)))
    name = " ".join([chance.choice(HEADS), *own, chance.choice(FORMS)]).strip()
    postcode = str(chance.randrange(1000, 9999))
    return Body(pk, (name,), chance.choice(COUNTRIES), postcode, _word(chance, 2))


def _twin(twin: "Body", pk: int, chance: random.Random) -> "Body":
    from alpclusters.platform.actors.domain.likeness import Body  # noqa: PLC0415 - likewise

    loud = twin.names[0].upper().replace("Ü", "UE").replace("Ä", "AE")
    name = loud if chance.random() < 0.5 else f"{twin.names[0]} {chance.choice(FORMS)}"  # noqa: PLR2004
    return Body(pk, (name,), twin.country, twin.postcode, twin.town)


def _word(chance: random.Random, length: int) -> str:
    return "".join(chance.choice(SYLLABLES) for _ in range(length)).capitalize()
