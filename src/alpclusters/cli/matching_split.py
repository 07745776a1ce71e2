"""Ties of earlier and of later years, from one table of participations."""

from dataclasses import dataclass

from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.network import Stamp, Ties, Weights, Window, in_window, project_ties
from alpclusters.cli.network_windows import GROUP, Territory, choose_territory
from alpclusters.sources.participations import Participations


@dataclass(frozen=True, slots=True)
class TimeSplit:
    """What was known, and what came later.

    Attributes
    ----------
    train, fractional : Ties
        Of the train years inside the territory, with ``full`` and ``fractional`` weights.
    wide : Ties
        Of the train years among everybody in the file, with ``full`` weights.
    test : Ties
        Of the test years inside the territory.
    territory : Territory
    """

    train: Ties
    fractional: Ties
    wide: Ties
    test: Ties
    territory: Territory


def split_in_time(
    read: Participations, codes: tuple[str, ...], *, train: Window, test: Window, max_size: int
) -> TimeSplit:
    """Count the ties of two windows of which one ends before the other begins.

    Raises
    ------
    AnalysisError
        The test years do not begin after the train years.
    """
    if train.end is None or test.start is None or test.start < train.end:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument="--test"), expected=f"> {train.name}")
    inside, everybody = choose_territory(read, codes), choose_territory(read, ())
    return TimeSplit(
        train=_ties(inside, train, "full", max_size),
        fractional=_ties(inside, train, "fractional", max_size),
        wide=_ties(everybody, train, "full", max_size),
        test=_ties(inside, test, "binary", max_size),
        territory=inside,
    )


def _ties(territory: Territory, window: Window, weights: Weights, max_size: int) -> Ties:
    return project_ties(
        territory.found,
        territory.size,
        territory.group,
        territory.codes,
        weights=weights,
        max_size=max_size,
        keep=in_window(territory.start, territory.end, window),
        stamp=Stamp(group=GROUP, window=window),
    )
