"""``alpclusters export``: what is published, as a file for other programs."""

import argparse
import json
import sys
from pathlib import Path

from alpclusters.platform.languages.catalogues import gettext_noop as _

HELP = _("write what is published as a file for other programs")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to write and where."""
    parser.add_argument(
        "what",
        choices=["evidence"],
        help=_("evidence: initiatives, activities, lessons and sources as a data package"),
    )
    parser.add_argument("file", type=Path, metavar="FILE.zip", help=_("the file to write"))


def run(args: argparse.Namespace) -> int:
    """Write the file, and close with one line of JSON that says what is in it."""
    from alpclusters.cli.django_setup import setup_django

    configuration = setup_django()
    from alpclusters.platform.evidence.domain.archive.keeping import export_package
    from alpclusters.platform.files import file_digest

    package = export_package(args.file, base=configuration.address, progress=_tell)
    closing = {
        "file": str(args.file),
        "version": package.version,
        "sha256": file_digest(args.file),
        "bytes": args.file.stat().st_size,
        "rows": package.n_rows,
        "files": package.n_files,
    }
    print(json.dumps(closing, ensure_ascii=False))
    return 0


def _tell(done: int, every: int) -> None:
    """Count the tables where somebody looks."""
    if sys.stderr.isatty():
        end = "\n" if done == every else ""
        print(f"\r{done} / {every}", end=end, file=sys.stderr, flush=True)
