"""The answers of an AlpCafé as open data: counts of people, never the answers of one person.

A table and nothing else: no key links one question to another, so nobody can be followed through
the file. Everything follows from the released snapshot, which the disclosure audit has passed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus import Coarse, Description, GroupCell, MeasureDescription
from alpclusters.platform.evaluation.domain.records import SPLITS, Evaluation

CANNOT_JUDGE: Final = "cannot_judge"
SUPPRESSED: Final = "suppressed"
NEARLY_ALL: Final = "90 % or more"
ALL: Final = "all"
NOT_IN_A_GROUP: Final = "other"


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """How many people of a group gave an answer.

    Attributes
    ----------
    measure, criterion : int and str
        Number of the measure, key of the criterion.
    split, group : str
        ``all`` and empty for everybody; else the way of grouping and the key of the group.
    answer : str
        A step of the scale, steps joined such as ``4-5``, or ``cannot_judge``; empty where
        everything is withheld.
    people : str
        A number, ``suppressed``, or ``90 % or more``.
    """

    measure: int
    criterion: str
    split: str
    group: str
    answer: str
    people: str


def open_answers(evaluation: Evaluation) -> Iterator[OpenAnswer]:
    """Yield the counts of every measure on every criterion, of all people and of each group.

    Statements about the person come last on each criterion, without groups.
    """
    for result in evaluation.criteria:
        description = result.description
        for item in (*description.measures, *result.persons):
            place = (int(item.measure), result.key)
            for answer, people in _told(item, description):
                yield OpenAnswer(*place, ALL, "", answer, people)
            for split in SPLITS:
                for cell in item.splits.get(split, ()):
                    group = str(cell.group or NOT_IN_A_GROUP)
                    for answer, people in _told(cell, description):
                        yield OpenAnswer(*place, split, group, answer, people)


def _told(
    found: MeasureDescription | GroupCell, description: Description
) -> Iterator[tuple[str, str]]:
    summary = found.summary
    if found.state == "empty":
        return
    if summary is not None:
        for point, n in zip(description.conventions.scale, summary.counts, strict=True):
            yield f"{point:g}", str(n)
        yield CANNOT_JUDGE, str(summary.cannot_judge)
    elif found.coarse is not None:
        yield from _coarse(found.coarse)
    else:
        yield "", SUPPRESSED


def _coarse(found: Coarse) -> Iterator[tuple[str, str]]:
    for place, band in enumerate(found.bands):
        answer = f"{band[0]:g}" if len(band) == 1 else f"{band[0]:g}-{band[-1]:g}"
        if found.counts is not None:
            yield answer, str(found.counts[place])
        elif place == found.nearly_all:
            yield answer, NEARLY_ALL
