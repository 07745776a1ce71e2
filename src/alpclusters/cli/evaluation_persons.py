"""Statements about the person in votes: left out of opinions, used to divide the people."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import numpy as np

from alpclusters.analysis.consensus import Ratings
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import AnalysisError, Where
from alpclusters.analysis.opinion import person_statements
from alpclusters.analysis.opinion.persons import PersonStatus

ANSWERS: Final = {1.0: "agree", 0.0: "pass", -1.0: "disagree"}
MAX_LISTED: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons:
    """Which statements are about the person, and what those that are sure say of each person.

    Attributes
    ----------
    status : mapping
        Per statement about the person who says so; opinions are not in it.
    profiles : mapping of str to mapping
        Per confirmed statement a group column: answer of each person who gave one.
    """

    status: Mapping[Id, PersonStatus] = field(default_factory=dict)
    profiles: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        votes: Ratings,
        texts: Mapping[Id, str],
        *,
        meta: frozenset[Id] = frozenset(),
        marks: "Marks",
    ) -> Self:
        """Look through the statements that belong into results.

        Raises
        ------
        AnalysisError
            A mark for a statement that is not among them.
        """
        marks.check(texts)
        items = list(texts)
        found = person_statements(
            [texts[item] for item in items],
            meta=[item in meta for item in items],
            marked=[marks.of(item) for item in items],
        )
        status = {items[place]: found.statuses[place] for place in found.about_person}
        profiles = {
            split_name(items[place]): _profile(votes, items[place]) for place in found.confirmed
        }
        return cls(status=status, profiles=profiles)

    def as_record(self) -> dict[str, list[Id]]:
        """Return the statements by who says so."""
        return {
            kind: [item for item, status in self.status.items() if status == kind]
            for kind in ("marked", "meta", "proposed")
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What the organiser says of statements, as typed: number or words."""

    about_person: Sequence[str] = ()
    opinion: Sequence[str] = ()

    def of(self, item: Id) -> bool | None:
        """Return yes, no, or None where nothing is said."""
        if str(item) in self.about_person:
            return True
        return False if str(item) in self.opinion else None

    def check(self, items: Mapping[Id, str]) -> None:
        """Refuse a mark that belongs to no statement."""
        known = {str(item) for item in items}
        for argument, named in (
            ("--about-person", self.about_person),
            ("--opinion", self.opinion),
        ):
            for name in named:
                if name not in known:
                    code = "evaluate.unknown_statement"
                    first = ", ".join(list(known)[:MAX_LISTED])
                    where = Where(argument=argument)
                    raise AnalysisError(code, where=where, found=name, expected=first)


NO_PERSONS: Final = Persons()


def split_name(item: Id) -> str:
    """Return the name of the column a statement about the person becomes."""
    return f"statement-{item}"


def _profile(votes: Ratings, item: Id) -> dict[str, str | None]:
    """Return what each person answered; None is "not known"."""
    column = votes.measure_ids.index(item)
    rows = np.flatnonzero(votes.measure == column)
    said = {votes.rater_ids[votes.rater[row]]: ANSWERS[float(votes.value[row])] for row in rows}
    return {str(who): said.get(who) for who in votes.rater_ids}
