"""The shapes that data of a case may have; reader and JSON Schema are both made from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

# A dollar sign alone would also match before a line feed at the end.
END = "$(?!\n)"


@dataclass(frozen=True, slots=True)
class Text:
    """A text of one line; ``code`` is the fault where the pattern does not match."""

    longest: int = 500
    shortest: int = 0
    pattern: str = r"^[^\u0000-\u001f\u007f\ud800-\udfff]*" + END
    code: str = "bad_text"


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day from 1900 to 2099 as ``2025-03-01``; ``first`` of a month only."""

    first: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number with its bounds and the faults of leaving them."""

    low: int
    high: int
    below: str = "out_of_range"
    above: str = "out_of_range"


@dataclass(frozen=True, slots=True)
class Fraction:
    """A number between two bounds."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Null:
    """Nothing, said aloud."""


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of some texts or whole numbers."""

    values: tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list; ``code`` is the fault of too many."""

    item: "Shape"
    longest: int
    shortest: int = 0
    code: str = "too_many_items"


@dataclass(frozen=True, slots=True)
class TupleOf:
    """A list with one shape for each place."""

    items: "tuple[Shape, ...]"


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with free keys and values of one shape."""

    value: "Shape"
    key: Text
    longest: int = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A member of an object: its shape, and whether it may be missing or null."""

    shape: "Shape"
    is_required: bool = False
    is_nullable: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """An object with these members and no others."""

    members: Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class OneMember:
    """An object with exactly one of these members."""

    members: Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several shapes; ``choose`` looks at the data and says which, by its place."""

    shapes: "tuple[Shape, ...]"
    choose: Callable[[object], int] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Named:
    """A shape by its name, so that shapes can hold themselves."""

    name: str


type Shape = (
    Text
    | Day
    | Whole
    | Fraction
    | Flag
    | Null
    | OneOf
    | ListOf
    | TupleOf
    | MapOf
    | Members
    | OneMember
    | Choice
    | Named
)


def need(shape: Shape) -> Member:
    """Return a member that must be there."""
    return Member(shape, is_required=True)


def may(shape: Shape) -> Member:
    """Return a member that may be missing or null, which mean the same."""
    return Member(shape, is_nullable=True)
