"""What is wrong with a case: where, what, with which figures, and what may have been meant."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any, Final

from alpclusters.analysis.errors import AnalysisError, Where, shown

# --- What is wrong with a case: where, what, and with which figures; all of it at once ------------


MAX_FAULTS: Final = 200
HUGE: Final = 10**30

type Pointer = tuple[str | int, ...]
type Params = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class CaseFault:
    """One thing to mend in a case.

    Attributes
    ----------
    pointer : str
        JSON Pointer (RFC 6901) into the case; empty for the whole of it.
    code : str
        Stable code such as ``negative_cost``.
    params : mapping of str to str or int
        ``found``, ``expected``, ``nearest`` and what else its sentence names.
    """

    pointer: str
    code: str
    params: Params = field(default_factory=dict)

    @property
    def message_key(self) -> str:
        """Key of its sentence."""
        return f"case.{self.code}"

    def as_record(self) -> dict[str, object]:
        """Return it as plain data for JSON."""
        return {
            "pointer": self.pointer,
            "code": self.code,
            "params": dict(self.params),
            "message_key": self.message_key,
        }


class CaseError(AnalysisError):
    """A case that cannot be taken; nothing of it is.

    Attributes
    ----------
    faults : tuple of CaseFault
        In the order of the file, at most 200.
    n_more : int
        How many were found beyond those.
    """

    def __init__(self, faults: Sequence[CaseFault], *, n_more: int = 0) -> None:
        super().__init__(
            "case.faults",
            where=Where(path=faults[0].pointer),
            found=faults[0].code,
            values={"n": len(faults) + n_more},
        )
        self.faults = tuple(faults)
        self.n_more = n_more


class Faults:
    """The faults found so far, at most 200 kept and the rest counted."""

    def __init__(self) -> None:
        self._found: list[tuple[Pointer, CaseFault]] = []
        self.n_all = 0

    def add(self, pointer: Pointer, code: str, **params: str | int) -> None:
        """Note one."""
        self.n_all += 1
        if len(self._found) < MAX_FAULTS:
            self._found.append((pointer, CaseFault(written(pointer), code, params)))

    def refuse(self) -> None:
        """Raise all that were found, in the order of the file; nothing found is fine."""
        if not self.n_all:
            return
        in_order = sorted(self._found, key=lambda one: _place(one[0]))
        faults = [fault for _, fault in in_order]
        raise CaseError(faults, n_more=self.n_all - len(faults))


def written(pointer: Pointer) -> str:
    """Return a pointer as RFC 6901 writes it.

    Examples
    --------
    >>> written(("lines", 17, "a/b"))
    '/lines/17/a~1b'
    """
    steps = (shown(str(step)).replace("~", "~0").replace("/", "~1") for step in pointer)
    return "".join(f"/{step}" for step in steps)


def told(value: object) -> str:
    """Return a value as a fault names it: short, and safe for a terminal."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, int) and not -HUGE < value < HUGE:
        # Python refuses to write out whole numbers of more than 4,300 digits.
        return "> 10^30" if value > 0 else "< -10^30"
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list | tuple) else shown(str(value))


def _place(pointer: Pointer) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, str(step)) for step in pointer)


# --- What somebody may have meant who wrote an unknown name ---------------------------------------


N_NEAREST: Final = 3


def nearest(name: str, names: Iterable[str]) -> str:
    """Return up to three names that begin and end most alike, joined by commas.

    Cheap on purpose: a file may hold 200 unknown codes, and there are thousands of codes.

    Examples
    --------
    >>> nearest("DE99", ["AT11", "DE9", "DE94", "DEG"])
    'DE94, DE9, DEG'
    """
    likest = sorted((-_alike(name, other), abs(len(name) - len(other)), other) for other in names)
    return ", ".join(other for alike, _, other in likest[:N_NEAREST] if alike)


def _alike(one: str, other: str) -> int:
    begin = _common(one, other)
    return 2 * begin + _common(one[begin:][::-1], other[begin:][::-1])


def _common(one: str, other: str) -> int:
    """Return how many characters two texts share from their start."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


# --- A look into a case that is being read: parts that do not fit are gaps ------------------------


type Part = dict[str, Any]


def parts(data: Part, name: str) -> Iterator[tuple[Pointer, Part]]:
    """Yield the parts of one kind that have their shape, each with its pointer."""
    for place, part in enumerate(data.get(name) or ()):
        if isinstance(part, dict):
            yield (name, place), part


def ids(data: Part, name: str) -> dict[str, int]:
    """Return the identifiers of one kind of part with the place where each stands first."""
    found: dict[str, int] = {}
    for (_, place), part in parts(data, name):
        if "id" in part:
            found.setdefault(part["id"], int(place))
    return found


# --- Members that have two names: the one of the records and the one of the method's paper --------


BOTH: Final = (("work_packages", "themes", "theme"), ("offers", "articles", "article"))


def check_names(data: Part, faults: Faults) -> None:
    """Note parts that use both names, as they may say two things."""
    for kind, name, other in BOTH:
        for at, part in parts(data, kind):
            if name in part and other in part:
                faults.add((*at, other), "unwanted_field", field=other, kind=name)
