"""What a monitoring report is made of: one snapshot, the one before, and the words of reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

type Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReportedWords:
    """What a body wrote: cause, what comes next, in its language; no name of a person.

    Attributes
    ----------
    language : str
    obstacles, next_step : str
        In the words of the body.
    """

    language: str
    obstacles: str
    next_step: str


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One snapshot in the chain of a plan."""

    number: int
    made_on: date
    digest: str
    corrects: int | None


@dataclass(frozen=True, slots=True)
class MonitoringSubject:
    """A report of a plan.

    Attributes
    ----------
    content : mapping
        Of the snapshot, as it was hashed.
    before : mapping or None
        Of the snapshot before; None in the first report.
    number : int
    digest : str
    made_at : datetime
    words : mapping of str to ReportedWords
        By code of the action, of its latest report up to the snapshot.
    chain : tuple of ChainLink
        All snapshots up to this one.
    is_whole : bool
        Whether the chain holds when it is recomputed.
    project : str
        Key of the project.
    acronym : str
    """

    content: Content
    before: Content | None
    number: int
    digest: str
    made_at: datetime
    words: Mapping[str, ReportedWords]
    chain: tuple[ChainLink, ...]
    is_whole: bool
    project: str
    acronym: str

    @property
    def day(self) -> date:
        """The day of the report, in the time zone of the plan."""
        return date.fromisoformat(self.content["at"])

    @property
    def plan(self) -> Content:
        """The plan itself."""
        found: Content = self.content["plan"]
        return found

    @property
    def actions(self) -> list[Content]:
        """The actions by code."""
        return list(self.content["actions"])

    @property
    def missing(self) -> list[str]:
        """Codes of the actions nobody reported on in the round."""
        round_ = self.content["round"]
        return list(round_["missing"]) if round_ else []
