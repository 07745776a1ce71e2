"""What the checker finds: every ceiling with its room, and what is violated."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

type CeilingKind = Literal["ceiling", "floor"]
# A limit binds when less than this part of it, one twentieth, is left.
TIGHT_PART: Final = 20


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One limit, how much of it is used, and the room that is left.

    ``subject`` says of whom or what: ``line:L3``, ``partner:P1``, ``offer:X``,
    ``undertaking:U1/DE``. ``rule`` is an id of the rule-books or of the case (``case.cap``,
    ``case.own_means``, ...); ``book`` the rule-book, ``status`` how sure the figure is. Amounts are
    cents, or whole numbers where ``unit`` is ``count``. ``slack`` is negative where it is violated;
    for a floor used minus limit. ``set_by`` names the article that sets the limit of a line.
    ``is_by_construction`` says that one offer alone is counted against its own cost: no single
    grant can pass it, so a cost declared in full uses it up and nothing is refused by it.
    """

    kind: CeilingKind
    subject: str
    rule: str
    act: str
    article: str
    limit_ct: int
    used_ct: int
    slack_ct: int
    book: str
    status: Literal["verified", "unverified", "case"]
    unit: Literal["ct", "count"] = "ct"
    note_key: str = ""
    set_by: str = ""
    is_by_construction: bool = False

    @property
    def is_tight(self) -> bool:
        """Say whether the limit binds: in use, kept, and less than 5 per cent of it left."""
        is_kept = 0 <= self.slack_ct * TIGHT_PART < self.limit_ct
        return bool(self.used_ct) and is_kept and not self.is_by_construction


@dataclass(frozen=True, slots=True)
class Violation:
    """What is against a rule; ``pointer`` leads into the case (JSON Pointer)."""

    code: str
    pointer: str
    rule: str
    over_ct: int | None = None
    missing: str | None = None
    params: Mapping[str, int | str] = field(default_factory=dict)
    message_key: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader should know though nothing is violated: flags, warnings, information."""

    code: str
    subject: str
    rule: str
    params: Mapping[str, int | str] = field(default_factory=dict)
    message_key: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """The checker's word on a mix.

    ``valid`` is None where nothing is violated and the law of a grant's day is not known: whether
    all that is offered was weighed can then not be said.
    """

    valid: bool | None
    violations: tuple[Violation, ...]
    ceilings: tuple[Ceiling, ...]
    notes: tuple[Note, ...] = ()
    undecided: tuple[Note, ...] = ()
