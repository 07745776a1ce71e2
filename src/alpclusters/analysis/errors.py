"""One tree of errors: each says what happened and where; the sentence is made late, elsewhere.

The classes carry a stable code and fields. No prose lives here: `alpclusters.reports.errors`
turns code and fields into a sentence and a remedy in the reader's language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

MAX_COLLECTED: Final = 50
MAX_FOUND: Final = 80


@dataclass(frozen=True, slots=True)
class Where:
    """A place in somebody's data, as exactly as it is known.

    Attributes
    ----------
    file, sheet : str or None
        Name of the file (without folders) and of its sheet.
    line : int or None
        1-based physical line on which the record starts, header included.
    column : str or None
        Column as the user's program names it: a letter in a sheet, a number in a text.
    field : str or None
        Name of the field or column head.
    path : str or None
        JSON Pointer.
    argument : str or None
        Name of a function's or command's argument.
    row : int or None
        0-based position in an array.
    """

    file: str | None = None
    sheet: str | None = None
    line: int | None = None
    column: str | None = None
    field: str | None = None
    path: str | None = None
    argument: str | None = None
    row: int | None = None

    def known(self) -> dict[str, str | int]:
        """Return what is known as a plain mapping."""
        return {key: value for key, value in asdict(self).items() if value is not None}


class AlpClustersError(Exception):
    """The root: a stable code, a place, what was found and what was expected.

    Parameters
    ----------
    code : str
        Stable code such as ``table.not_a_number``; it selects sentence and remedy.
    where : Where, optional
        The place.
    found : str, optional
        What stands there; cut at 80 characters, control characters escaped.
    expected : str, optional
        What should stand there, as data (a name, a list of values), not as a sentence.
    values : mapping of str to str or int, optional
        Further values that the sentence names.
    """

    severity: Final = "error"

    def __init__(
        self,
        code: str,
        *,
        where: Where | None = None,
        found: str | None = None,
        expected: str | None = None,
        values: Mapping[str, str | int] | None = None,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.where = where or Where()
        self.found = None if found is None else shown(found)
        self.expected = expected
        self.values = dict(values or {})

    def __str__(self) -> str:
        """Return a line for developers and logs; people read the phrased sentence."""
        parts = {**self.where.known(), "found": self.found, "expected": self.expected}
        told = ", ".join(f"{key}={value!r}" for key, value in parts.items() if value is not None)
        return f"{self.code} ({told})" if told else self.code

    def as_record(self) -> dict[str, str | int]:
        """Return the error as a plain mapping for JSON, without sentence and remedy."""
        record: dict[str, str | int] = {"code": self.code, **self.where.known()}
        if self.found is not None:
            record["seen"] = self.found
        if self.expected is not None:
            record["expected"] = self.expected
        return {**record, **self.values, "severity": self.severity}


class InputError(AlpClustersError):
    """The user's data or arguments; exit status 2, HTTP 422."""


class FileFormatError(InputError):
    """A whole file: encoding, kind, size, header."""


class RecordError(InputError):
    """One row and field of a file.

    Attributes
    ----------
    cells : tuple of str
        The row as it stands, where a reader keeps it for a list of rejected rows; else empty.
    """

    cells: tuple[str, ...] = ()


class RecordsError(InputError):
    """Several record errors of one file, at most 50 kept and the rest counted.

    Parameters
    ----------
    errors : sequence of RecordError
        In the order of the file.
    n_all : int
        How many were found in all.
    """

    def __init__(self, errors: Sequence[RecordError], *, n_all: int) -> None:
        super().__init__("table.several_errors", values={"n": n_all})
        self.errors: tuple[RecordError, ...] = tuple(errors[:MAX_COLLECTED])
        self.n_all = n_all

    @property
    def n_more(self) -> int:
        """How many errors were found beyond those kept."""
        return self.n_all - len(self.errors)


class AnalysisError(InputError, ValueError):
    """An argument of the analysis layer; never carries data values of people."""


class ShapeError(AnalysisError):
    """Unequal lengths or a wrong number of dimensions."""


class ScaleError(AnalysisError):
    """A value outside the scale, or a scale that is none."""


class NotFiniteError(AnalysisError):
    """Infinity, or NaN where a missing value is not allowed."""


class DuplicateError(AnalysisError):
    """The same rater and measure twice without a time that says which answer stands."""


class IncompleteRankingsError(AnalysisError):
    """A rater left an item out; `krippendorff_alpha` allows that."""


class TooFewError(AnalysisError):
    """Fewer raters or items than the method needs."""


class NotAllowedError(AlpClustersError):
    """Somebody may not do this; HTTP 403; ``expected`` names the role that may."""


class StateError(AlpClustersError):
    """The right thing at the wrong moment; HTTP 409."""


class SourceError(AlpClustersError):
    """An outside source cannot be reached or changed its format; ``found`` is its address."""


class SetupError(AlpClustersError):
    """The machine lacks something; `doctor` prints the same text."""


def shown(value: str) -> str:
    r"""Cut a foreign text to 80 characters and escape what could harm a terminal or a page.

    Examples
    --------
    >>> shown("a\x00b")
    'a\\x00b'
    >>> len(shown("x" * 500))
    80
    """
    safe = "".join(char if char.isprintable() else _escaped(char) for char in value[:MAX_FOUND])
    return safe if len(value) <= MAX_FOUND else safe[: MAX_FOUND - 1] + "…"


def _escaped(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


def check_range(argument: str, is_fine: bool, expected: str) -> None:  # noqa: FBT001 - a check
    """Refuse an argument that is out of range.

    Raises
    ------
    AnalysisError
        Where it is not fine.
    """
    if not is_fine:
        code = "argument.out_of_range"
        raise AnalysisError(code, where=Where(argument=argument), expected=expected)
