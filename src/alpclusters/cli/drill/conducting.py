"""One exercise after the other, each on an installation that nothing has happened to."""

import http.client
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.cli.drill.exercises import Exercise
from alpclusters.cli.drill.findings import Check, Outcome
from alpclusters.cli.drill.grounds import Grounds
from alpclusters.cli.drill.waiting import TookTooLongError
from alpclusters.platform.languages.catalogues import gettext_noop as _

# What the program under trial can do to who tries it.
BROKEN: Final = (
    AlpClustersError,
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    TookTooLongError,
    ValueError,
    http.client.HTTPException,
    subprocess.SubprocessError,
)


def conduct(
    exercises: Sequence[Exercise], grounds: Grounds, announce: Callable[[int, Exercise], None]
) -> Iterator[Outcome]:
    """Run exercises; one that cannot be finished has failed, and the next one follows.

    Parameters
    ----------
    exercises : sequence of Exercise
    grounds : Grounds
        Set up.
    announce : callable
        Is told number and exercise before each.
    """
    for number, exercise in enumerate(exercises, start=1):
        announce(number, exercise)
        began = time.monotonic()
        checks = _checks(exercise, grounds)
        yield Outcome(exercise.name, checks, time.monotonic() - began)
    grounds.clear()


def _checks(exercise: Exercise, grounds: Grounds) -> Sequence[Check]:
    try:
        return exercise.run(grounds.fresh())
    except BROKEN as error:
        reason = f"{type(error).__name__}: {error}"
        return [
            Check(
                "finished",
                _("It could not be carried through: %(reason)s"),
                held=False,
                values={"reason": reason},
            )
        ]
