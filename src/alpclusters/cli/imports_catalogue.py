"""``alpclusters import calls|programmes|offers``: the catalogue of funding from files."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech

if TYPE_CHECKING:
    from alpclusters.platform.funding.domain.importing import CatalogueReport

CATALOGUE: Final = ("calls", "programmes", "offers")


def run_catalogue(args: argparse.Namespace) -> int:
    """Check or import; end with one line of JSON."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from django.db import transaction

    from alpclusters.platform.operation.prepare import prepare

    prepare(configuration.home, say=speech.step)
    with transaction.atomic():
        report = _import(args)
        transaction.set_rollback(args.dry_run)
    if args.report:
        _write(report, args.report)
        speech.step(speech.gettext("Rows one by one: %(path)s") % {"path": args.report})
    record = {
        **report.counts,
        "dry_run": args.dry_run,
        "reasons": report.reasons,
        "report": str(args.report or ""),
    }
    print(json.dumps(record, ensure_ascii=False))
    return 0


def _import(args: argparse.Namespace) -> "CatalogueReport":
    from django.utils import timezone

    from alpclusters.platform.funding.domain.importing import (
        import_calls,
        import_offers,
        import_programmes,
    )

    now = timezone.now()
    if args.what == "calls":
        return import_calls(args.file, now=now, programme="".join(args.programme[:1]))
    take = import_programmes if args.what == "programmes" else import_offers
    return take(args.file, now=now)


def _write(report: "CatalogueReport", folder: Path) -> None:
    from alpclusters.platform.funding.domain.importing import report_files

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in report_files(report).items():
        (folder / name).write_text(text, encoding="utf-8")
