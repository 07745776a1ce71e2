"""What eligibility and checks must know of places; the tables come from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Area:
    """A programme area: included codes of one NUTS vintage."""

    codes: tuple[str, ...]
    vintage: int


@dataclass(frozen=True, slots=True)
class Territory:
    """Known codes by vintage, recoding between vintages, and programme areas.

    Attributes
    ----------
    codes : mapping of int to frozenset of str
        All codes of a vintage, countries and statistical regions of CH and LI included.
    changes : mapping of (str, int, int) to sequence of str
        Targets of a code from one vintage to another; a code that is in both vintages and not
        named here stays itself; otherwise no row means unknown.
    areas : mapping of str to Area
        Programme areas by their key.
    """

    codes: Mapping[int, frozenset[str]]
    changes: Mapping[tuple[str, int, int], Sequence[str]] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)

    def recoded(self, code: str, vintage: int, wanted: int) -> tuple[str, ...]:
        """Return the codes of another vintage that a code became; empty where nobody knows."""
        if vintage == wanted:
            return (code,) if code in self.codes.get(wanted, frozenset()) else ()
        if targets := self.changes.get((code, vintage, wanted)):
            return tuple(targets)
        stays = code in self.codes.get(vintage, frozenset())
        return (code,) if stays and code in self.codes.get(wanted, frozenset()) else ()
