"""What stands when people could rate twice: of each person the answer of their last round."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from alpclusters.analysis.consensus.ratings import Id, Ratings


def standing_answers[Key, Answer](
    first: Mapping[Key, Answer], second: Mapping[Key, Answer]
) -> dict[Key, Answer]:
    """Return per person and question the answer of the last round in which it was given.

    Whoever rated once keeps that answer: nobody drops out because others rated again.

    Parameters
    ----------
    first, second : mapping
        Answers of each round by person and question.

    Returns
    -------
    dict

    Examples
    --------
    >>> standing_answers({"Ana": 4, "Luca": 2, "paper": 5}, {"Ana": 3, "late": 1})
    {'Ana': 3, 'Luca': 2, 'paper': 5, 'late': 1}
    """
    return {**first, **second}


@dataclass(frozen=True, slots=True)
class TwoRounds[Person]:
    """Who answered one question in which round.

    Attributes
    ----------
    first, second : mapping of person to float or None
        Answers of each round; None is "cannot judge". Who gave no answer is missing.
    """

    first: Mapping[Person, float | None]
    second: Mapping[Person, float | None]

    @property
    def standing(self) -> dict[Person, float | None]:
        """The answers that count in every figure of the whole."""
        return standing_answers(self.first, self.second)

    @property
    def again(self) -> frozenset[Person]:
        """People whose value of the second round counts."""
        return frozenset(self._values(self.second))

    @property
    def paired(self) -> frozenset[Person]:
        """People with a value in both rounds: they alone enter figures of change."""
        return frozenset(self._values(self.first).keys() & self._values(self.second).keys())

    @property
    def unpaired(self) -> tuple[dict[Person, float], ...]:
        """Values outside the pairs: of the first round, of the second, of those that stand.

        Each is what the figures of a whole tell beyond those of the pairs.
        """
        both = self.paired
        return tuple(
            {who: value for who, value in self._values(part).items() if who not in both}
            for part in (self.first, self.second, self.standing)
        )

    @staticmethod
    def _values(answers: Mapping[Person, float | None]) -> dict[Person, float]:
        return {who: value for who, value in answers.items() if value is not None}


def rounds_by_item(first: Ratings, second: Ratings) -> dict[Id, TwoRounds[Id]]:
    """Say of each item who answered what in which round.

    Parameters
    ----------
    first, second : Ratings

    Returns
    -------
    dict of id to TwoRounds
        Items of either round.

    Examples
    --------
    >>> one = Ratings.from_rows([("Ana", "fair", 4)], scale=(1, 5))
    >>> two = Ratings.from_rows([("Ana", "fair", 3)], scale=(1, 5))
    >>> rounds_by_item(one, two)["fair"].standing
    {'Ana': 3.0}
    """
    before, after = _answers(first), _answers(second)
    items = dict.fromkeys((*first.measure_ids, *second.measure_ids))
    return {item: TwoRounds(before.get(item, {}), after.get(item, {})) for item in items}


def _answers(ratings: Ratings) -> dict[Id, dict[Id, float | None]]:
    found: dict[Id, dict[Id, float | None]] = defaultdict(dict)
    values = (*ratings.value.tolist(), *(None for _who in ratings.cannot[0]))
    raters = (*ratings.rater.tolist(), *ratings.cannot[0].tolist())
    measures = (*ratings.measure.tolist(), *ratings.cannot[1].tolist())
    for who, what, value in zip(raters, measures, values, strict=True):
        found[ratings.measure_ids[what]][ratings.rater_ids[who]] = value
    return found
