"""What a drill found out, for people as Markdown and for programs as JSON."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from alpclusters import __version__
from alpclusters.cli.drill.exercises import EXERCISES
from alpclusters.cli.drill.findings import Check, Outcome
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_number, needed_decimals

SCHEMA: Final = "alpclusters-drill/1"
MARKDOWN: Final = "drill.md"
RECORD: Final = "drill.json"
HELD: Final = _("passed")
FAILED: Final = _("not passed")
ABSENT: Final = "–"
TITLES: Final = {exercise.name: exercise.title for exercise in EXERCISES}


@dataclass(frozen=True, slots=True)
class Drill:
    """A drill that is over: when it was, and what came of each exercise."""

    made_at: datetime
    outcomes: Sequence[Outcome]

    @property
    def failed(self) -> list[Outcome]:
        """The exercises that failed."""
        return [outcome for outcome in self.outcomes if not outcome.held]

    def as_record(self) -> dict[str, Any]:
        """Return it as a plain mapping for JSON."""
        return {
            "schema": SCHEMA,
            "version": __version__,
            "made_at": self.made_at.isoformat(timespec="seconds"),
            "machine": {
                "system": f"{platform.system()} {platform.machine()}",
                "cores": os.cpu_count(),
                "python": platform.python_version(),
                "load": round(os.getloadavg()[0], 1),
            },
            "held": not self.failed,
            "failed": [outcome.name for outcome in self.failed],
            "exercises": [outcome.as_record() for outcome in self.outcomes],
        }


def write_report(drill: Drill, folder: Path, speech: Speech) -> None:
    """Write both forms into a folder."""
    record = json.dumps(drill.as_record(), ensure_ascii=False, indent=1)
    (folder / RECORD).write_text(record + "\n", encoding="utf-8")
    (folder / MARKDOWN).write_text("\n".join(markdown(drill, speech)) + "\n", encoding="utf-8")


def markdown(drill: Drill, speech: Speech) -> list[str]:
    """Return the report as lines of Markdown in the language of the reader."""
    say = speech.gettext
    heads = [say(_("Exercise")), say(_("Result")), say(_("Main figure")), say(_("Seconds"))]
    return [
        f"# {say(_('Drill of AlpClusters'))}",
        "",
        say(
            _(
                "On %(date)s, version %(version)s, on a throwaway installation of this machine. "
                "All answers are simulated; the real installation was not touched."
            )
        )
        % {"date": format_date(drill.made_at.date(), speech.language), "version": __version__},
        "",
        f"**{summary(drill, speech)}**",
        "",
        _row(heads),
        _row(["---", "---", "---", "---:"]),
        *(_row(_cells(outcome, speech)) for outcome in drill.outcomes),
        *(line for outcome in drill.outcomes for line in _section(outcome, speech)),
    ]


def summary(drill: Drill, speech: Speech) -> str:
    """Say in a sentence whether everything held, or what did not."""
    if not drill.failed:
        text = speech.gettext("Exercises: %(n)s. All of them held.")
        return text % {"n": len(drill.outcomes)}
    names = ", ".join(_title(outcome, speech) for outcome in drill.failed)
    text = speech.gettext("Exercises: %(n)s. Failed: %(failed)s (%(names)s).")
    return text % {"n": len(drill.outcomes), "failed": len(drill.failed), "names": names}


def line(outcome: Outcome, speech: Speech) -> str:
    """Say in a line how an exercise ended, with its main figure."""
    return f"{_mark(outcome.held)} {_title(outcome, speech)}: {_main(outcome, speech)}"


def _cells(outcome: Outcome, speech: Speech) -> list[str]:
    verdict = speech.gettext(HELD if outcome.held else FAILED)
    seconds = format_number(round(outcome.seconds), speech.language)
    return [_title(outcome, speech), verdict, _main(outcome, speech), seconds]


def _section(outcome: Outcome, speech: Speech) -> list[str]:
    lines = [f"- {_mark(check.held)} {_sentence(check, speech)}" for check in outcome.checks]
    return ["", f"## {_title(outcome, speech)} ({outcome.name})", "", *lines]


def _main(outcome: Outcome, speech: Speech) -> str:
    """Return the first check that failed, or the first one."""
    failed = [check for check in outcome.checks if not check.held]
    return _sentence((failed or list(outcome.checks))[0], speech)


def _title(outcome: Outcome, speech: Speech) -> str:
    return speech.gettext(TITLES[outcome.name])


def _sentence(check: Check, speech: Speech) -> str:
    return speech.gettext(check.says) % _shown(check.values, speech.language)


def _shown(values: Mapping[str, Any], language: str) -> dict[str, str]:
    return {name: _value(value, language) for name, value in values.items()}


def _value(value: Any, language: str) -> str:
    if value is None:
        return ABSENT
    if isinstance(value, str):
        # A reason may have lines and bars, which a table cannot hold.
        return " ".join(value.replace("|", "/").split())
    return format_number(value, language, needed_decimals([value], most=1))


def _mark(held: bool) -> str:  # noqa: FBT001 - the one thing it is about
    return "✓" if held else "✗"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
