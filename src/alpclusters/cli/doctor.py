"""``alpclusters doctor``: what is installed, configured, reachable."""

import argparse
import json
from dataclasses import asdict
from typing import Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("check what is installed, configured and reachable")
MARKS: Final = {"ok": "✓", "warning": "!", "error": "✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the form of the report."""
    parser.add_argument("--json", action="store_true", help=_("print the report as JSON"))


def run(args: argparse.Namespace) -> int:
    """Print one line a check; status 1 if one is an error."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django(needs_database=False)
    from alpclusters.live.checkup import examine_live
    from alpclusters.platform.operation.checkup import examine, is_database_reached

    checks = examine(configuration, speech.texts)
    is_reached = is_database_reached(checks)
    checks += examine_live(configuration, speech.texts, has_database=is_reached)
    if args.json:
        print(json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            _print(MARKS[check.state], check.finding, check.remedy)
    return 1 if any(check.state == "error" for check in checks) else 0


def _print(mark: str, finding: str, remedy: str) -> None:
    print(f"{mark} {finding}")
    if remedy:
        print(f"    {remedy}")
