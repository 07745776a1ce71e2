"""Which phone takes which place of the plan: own languages first, places without a name first."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from alpclusters.platform.cafe.domain.plan_records import Word
from alpclusters.platform.cafe.models import Guest, Participant

# A named place has a name card, and most likely its person needs no phone to find the table.
NAMED: Final = 1_000.0
# One round at a table in a language that is not the phone's.
FOREIGN_ROUND: Final = 10.0
FOREIGN_GUEST: Final = 100.0


def match_places(
    people: Sequence[Participant],
    places: Sequence[Guest],
    words: Mapping[int, Word],
    spoken_at: Mapping[int, Sequence[str]],
) -> list[tuple[Participant, Guest]]:
    """Give each person at most one place, the sum of what is amiss as small as possible.

    Parameters
    ----------
    people, places : sequences
        Where there are more people than places, the last people get none.
    words : mapping of int to sequence of int
        Tables of a place by the guest's number.
    spoken_at : mapping of int to sequence of str
        Languages of a table by its number.
    """
    from scipy.optimize import linear_sum_assignment

    seated = people[: len(places)]
    if not seated:
        return []
    costs = _costs(seated, places, words, spoken_at)
    rows, columns = linear_sum_assignment(costs)
    chosen = zip(rows.tolist(), columns.tolist(), strict=True)
    return [(seated[row], places[column]) for row, column in chosen]


def _costs(
    people: Sequence[Participant],
    places: Sequence[Guest],
    words: Mapping[int, Word],
    spoken_at: Mapping[int, Sequence[str]],
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    # People of one language cost the same, so that a full hall takes five rows of work.
    rows = {
        language: [
            _cost(language, place, words.get(place.number, []), spoken_at) + order / len(places)
            for order, place in enumerate(places)
        ]
        for language in {person.language for person in people}
    }
    return np.array([rows[person.language] for person in people])


def _cost(language: str, place: Guest, word: Word, spoken_at: Mapping[int, Sequence[str]]) -> float:
    cost = NAMED if place.name else 0.0
    if place.languages and language not in place.languages:
        cost += FOREIGN_GUEST
    foreign = [t for t in word if t is not None and language not in spoken_at.get(t, [language])]
    return cost + FOREIGN_ROUND * len(foreign)
