"""The commands of facilitators and hosts: each says how it is applied and how it is taken back.

A module registers its commands when it is imported; `MODULES` names the modules, and subjects above
this one add theirs with `add_commands`. ``apply`` gets
the locked AlpCafé and changes rows (the AlpCafé itself is saved by the caller); ``revert`` makes
what stood in ``before`` hold again where ``after`` holds now. Called with the two exchanged it
does the command again, so it must be written for both directions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe

MODULES: Final[tuple[str, ...]] = (
    "phases",
    "timers",
    "screens",
    "sealing",
    "seat_commands",
    "cards",
    "person_marks",
    "insights",
    "summaries",
    "similar",
    "helps",
    "margins",
)
"""Modules of this folder that register commands."""
# What a command only looked at: a later change of it does not depend on the command.
LOOKED_AT: Final = "?"

type State = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it was given.

    Attributes
    ----------
    cafe : AlpCafe
        Its row is locked; `apply` sets fields, the caller saves.
    arguments : mapping
        Of the command, already known to be JSON.
    now : datetime
    by, by_table
        Who gave it: a person with an account, or the host of a table.
    """

    cafe: AlpCafe
    arguments: Mapping[str, Any]
    now: datetime
    by: User | None = None
    by_table: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a command did, in JSON.

    Attributes
    ----------
    before, after : mapping
        What `revert` needs, in the words of the command's module.
    touches : list of str
        What it wrote ("phase", "card:12"); with a leading "?" what it only rests on. A later
        command that touches what this one wrote depends on it.
    """

    before: dict[str, Any]
    after: dict[str, Any]
    touches: list[str] = field(default_factory=list)


type Apply = Callable[[Order], Change]
type Revert = Callable[[AlpCafe, State, State, datetime], None]


@dataclass(frozen=True, slots=True)
class Command:
    """A registered command.

    Attributes
    ----------
    is_strict : bool
        A command of a screen that is behind is refused. Commands of many hosts at once are not
        strict: they are refused only if somebody else touched the same thing meanwhile.
    """

    name: str
    apply: Apply
    revert: Revert | None
    is_strict: bool = True

    @property
    def is_final(self) -> bool:
        """Say whether it cannot be undone."""
        return self.revert is None


_registered: dict[str, Command] = {}
_modules: list[str] = [f"{__package__}.{name}" for name in MODULES]


def register(name: str, apply: Apply, revert: Revert | None, *, is_strict: bool = True) -> None:
    """Add a command; without ``revert`` it is final."""
    _registered[name] = Command(name, apply, revert, is_strict)


def add_commands(module: str) -> None:
    """Name a module of a subject above this one that registers commands when it is imported."""
    if module not in _modules:
        _modules.append(module)


def find_command(name: str) -> Command:
    """Return a command by its name.

    Raises
    ------
    StateError
        ``cafe.unknown_command``.
    """
    if name not in _registered:
        _load()
    if name not in _registered:
        raise StateError("cafe.unknown_command", found=name)
    return _registered[name]


def written(touches: list[str]) -> set[str]:
    """Return what was written, without what was only looked at."""
    return {touch for touch in touches if not touch.startswith(LOOKED_AT)}


def rested_on(touches: list[str]) -> set[str]:
    """Return everything that was written or looked at."""
    return {touch.removeprefix(LOOKED_AT) for touch in touches}


def _load() -> None:
    for name in _modules:
        import_module(name)
