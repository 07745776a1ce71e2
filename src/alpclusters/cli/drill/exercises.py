"""What a drill can try, in its order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.cli.drill.findings import Check
    from alpclusters.cli.drill.installation import Installation


@dataclass(frozen=True, slots=True)
class Exercise:
    """One thing to try.

    Attributes
    ----------
    name : str
        For ``--only`` and for programs.
    title : str
        In English, to be translated.
    where : str
        Module of this package and function, ``module:function``.
    is_attack : bool
        Whether it runs only when it is asked for.
    """

    name: str
    title: str
    where: str
    is_attack: bool = False

    def run(self, installation: "Installation") -> "Sequence[Check]":
        """Try it on an installation that nothing has happened to."""
        module, name = self.where.split(":")
        function: Callable[[Installation], Sequence[Check]] = getattr(
            import_module(f"alpclusters.cli.drill.{module}"), name
        )
        return function(installation)


EXERCISES: Final = (
    Exercise("second-start", _("A second start on the same data directory"), "starts:start_twice"),
    Exercise("kills", _("Processes that are killed during votes"), "kills:kill_in_turn"),
    Exercise("full-disk", _("A full disk during votes"), "disks:fill_disk"),
    Exercise("damaged-journal", _("A damaged journal"), "journals:damage_journal"),
    Exercise("backup", _("Backup during votes, and restore"), "backups:back_up_and_restore"),
    Exercise("giant-request", _("One request of 500 MB"), "floods:flood_with_one", is_attack=True),
    Exercise(
        "half-sent-105",
        _("105 requests that stop in the middle"),
        "floods:flood_with_hundred",
        is_attack=True,
    ),
    Exercise(
        "half-sent-1000",
        _("1,000 requests that stop in the middle"),
        "floods:flood_with_thousand",
        is_attack=True,
    ),
    Exercise(
        "slow-requests",
        _("200 requests that come a byte a second"),
        "floods:flood_slowly",
        is_attack=True,
    ),
    Exercise(
        "sprayed",
        _("One password tried for 40 accounts"),
        "passwords:try_many_accounts",
        is_attack=True,
    ),
    Exercise(
        "wrong-sign-ins",
        _("100 wrong sign-ins at once"),
        "passwords:try_all_at_once",
        is_attack=True,
    ),
)
NAMES: Final = tuple(exercise.name for exercise in EXERCISES)


def chosen(only: Sequence[str] | None, *, attack: bool) -> list[Exercise]:
    """Return the exercises that were asked for, in their order."""
    if only:
        return [exercise for exercise in EXERCISES if exercise.name in only]
    return [exercise for exercise in EXERCISES if attack or not exercise.is_attack]
