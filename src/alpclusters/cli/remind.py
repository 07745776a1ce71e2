"""``alpclusters remind``: what is due every day; the server does it by itself.

Letters of all kinds, and deletion by time (`platform.operation.daily` has the jobs).
"""

import argparse
import contextlib
import io
import os
from typing import Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

POLITE: Final = 5
# The jobs that delete names of people.
NAMES: Final = (
    "forget_invited",
    "forget_consents",
    "forget_attendants",
    "forget_reporters",
    "forget_consulted",
    "forget_researchers",
    "forget_log",
)
HELP: Final = _("send reminders and yearly questions that are due, and delete old names")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the dry run."""
    parser.add_argument(
        "--dry-run", action="store_true", help=_("say what would be sent, and send nothing")
    )
    parser.add_argument(
        "--due",
        action="store_true",
        help=_("do only what was not done today, without a word; the server calls it so"),
    )


def run(args: argparse.Namespace) -> int:
    """Remind guests, ask keepers of profiles; forget names 30 days after the day."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from django.utils import timezone

    from alpclusters.cli.remind_jobs import calls, tell_all
    from alpclusters.platform.operation.daily import run_jobs

    now = timezone.now()
    if args.dry_run:
        tell_all(now, speech)
        return 0
    if args.due:
        os.nice(POLITE)
        with contextlib.redirect_stdout(io.StringIO()):
            done = run_jobs(calls(speech), home=configuration.home, now=now, only_due=True)
    else:
        done = run_jobs(calls(speech), home=configuration.home, now=now, only_due=False)
        n_names = sum(done.get(name) or 0 for name in NAMES)
        print(speech.gettext("Names deleted: %(n)s") % {"n": n_names})
    return 1 if None in done.values() else 0
