"""What an exercise found out: checks with figures, and what becomes of them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes
    ----------
    name : str
        For programs.
    says : str
        Sentence with the figures as ``%(name)s``, in English, to be translated.
    held : bool
    values : mapping
        The figures.
    """

    name: str
    says: str
    held: bool
    values: Mapping[str, Any]

    def as_record(self) -> dict[str, Any]:
        """Return it as a plain mapping for JSON."""
        return {"name": self.name, "held": self.held, "values": dict(self.values)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """One exercise that was run: its name, its checks, and how long it took."""

    name: str
    checks: Sequence[Check]
    seconds: float

    @property
    def held(self) -> bool:
        """Whether every check held."""
        return all(check.held for check in self.checks)

    def as_record(self) -> dict[str, Any]:
        """Return it as a plain mapping for JSON."""
        return {
            "name": self.name,
            "held": self.held,
            "seconds": round(self.seconds, 1),
            "checks": [check.as_record() for check in self.checks],
        }
