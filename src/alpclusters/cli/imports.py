"""``alpclusters import``: take in lists of organisations, projects or funding, row by row."""

import argparse
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from alpclusters.cli.bars import bar
from alpclusters.cli.imports_catalogue import CATALOGUE, run_catalogue
from alpclusters.cli.imports_wanted import PROJECTS, add_project_arguments
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.codes import LANGUAGE_CODES

if TYPE_CHECKING:
    from alpclusters.platform.actors.domain.importing import Choices, RunReport, TablePreview
    from alpclusters.platform.actors.models import ImportRun, ImportSource

HELP = _("import organisations, projects of CORDIS, keep.eu and Kohesio, or funding, from files")

type Work = Callable[..., "RunReport"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the file, how its columns are matched, and where the report goes."""
    parser.add_argument(
        "what",
        choices=["organisations", *PROJECTS, *CATALOGUE],
        help=_(
            "what the list holds: organisations, projects of a source, your own initiatives, or "
            "calls, programmes and offers of funding"
        ),
    )
    parser.add_argument(
        "file", type=Path, metavar="FILE", help=_("CSV, TSV, XLSX, JSON, YAML, archive or a folder")
    )
    parser.add_argument(
        "--columns",
        type=Path,
        metavar="MAP.json",
        help=_("which column holds which field, as JSON; without it the heads are guessed"),
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=_("check every row and store nothing")
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help=_("folder for accepted.csv and rejected.csv")
    )
    parser.add_argument(
        "--source",
        metavar="KEY",
        help=_("under which name the list is known; the same one finds its rows again"),
    )
    parser.add_argument(
        "--kind",
        choices=["auto", "table", "keep", "cordis", "kohesio"],
        default="auto",
        help=_("layout of the list"),
    )
    parser.add_argument("--sheet", metavar="NAME", help=_("sheet of a workbook"))
    parser.add_argument(
        "--listed",
        action=argparse.BooleanOptionalAction,
        default=None,
        help=_("whether the organisations are shown in the public directory"),
    )
    _add_defaults(parser)


def _add_defaults(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--type", default="", metavar="TYPE", help=_("type of rows that say none"))
    parser.add_argument(
        "--country", default="", metavar="CODE", help=_("country of rows that say none")
    )
    parser.add_argument(
        "--text-language",
        choices=LANGUAGE_CODES,
        default="en",
        help=_("language of the descriptions in the list"),
    )
    parser.add_argument(
        "--natural-persons",
        action="store_true",
        help=_("take single persons too, whom their legal form tells"),
    )
    parser.add_argument("--simulated", action="store_true", help=_("mark the rows as simulated"))
    add_project_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Look, match, check or import; end with one line of JSON."""
    from alpclusters.cli.django_setup import setup_django

    if args.what in CATALOGUE:
        return run_catalogue(args)
    if args.what in PROJECTS:
        from alpclusters.cli.imports_projects import run_projects

        return run_projects(args)
    speech = Speech(args.language)
    configuration = setup_django()
    from alpclusters.platform.actors.domain.importing import read_preview
    from alpclusters.platform.operation.prepare import prepare

    prepare(configuration.home, say=speech.step)
    preview = read_preview(args.file, name=args.file.name, sheet=args.sheet)
    kind = _kind(args, preview)
    if args.dry_run:
        _check(args, preview, kind, speech)
    else:
        _import(args, preview, kind, speech)
    return 0


def _check(args: argparse.Namespace, preview: "TablePreview", kind: str, speech: Speech) -> None:
    """Check with a run and a source of its own, which leave nothing."""
    from django.db import transaction

    from alpclusters.platform.actors.domain.importing import check_run
    from alpclusters.platform.actors.models import ImportSource

    is_new = not ImportSource.objects.filter(key=_key(args, kind)).exists()
    source = _source(args, kind)
    before = source.columns
    begun = None
    try:
        begun = _begin(args, preview, source, kind)
        report = _with_bar(check_run, begun, speech, _("Checking"))
    finally:
        with transaction.atomic():
            if begun is not None:
                begun.delete()
            if is_new:
                source.delete()
            else:
                ImportSource.objects.filter(pk=source.pk).update(columns=before)
    _tell(report, source, speech)


def _import(args: argparse.Namespace, preview: "TablePreview", kind: str, speech: Speech) -> None:
    from alpclusters.platform.actors.domain.importing import perform_run
    from alpclusters.platform.actors.domain.importing.runs import unfinished_run
    from alpclusters.platform.actors.tasks import look_for_duplicates

    source = _source(args, kind)
    begun = _begin(args, preview, source, kind)
    earlier = unfinished_run(begun)
    if earlier is not None:
        speech.step(_("An earlier import of this file was cut off: it goes on."))
        begun.delete()
        begun = earlier
    report = _with_bar(perform_run, begun, speech, _("Importing"))
    # The worker of the site proposes them; the command does not wait for it.
    look_for_duplicates.enqueue(begun.pk)
    _tell(report, source, speech)


def _begin(
    args: argparse.Namespace, preview: "TablePreview", source: "ImportSource", kind: str
) -> "ImportRun":
    from alpclusters.platform.actors.domain.importing import start_run

    return start_run(
        source,
        args.file,
        name=args.file.name,
        columns=_columns(args, preview, source, kind),
        by=None,
        choices=_choices(args, kind),
    )


def _choices(args: argparse.Namespace, kind: str) -> "Choices":
    from alpclusters.platform.actors.domain.importing import Choices

    return Choices(
        sheet=args.sheet,
        kind=kind,
        report_folder=str(args.report.resolve()) if args.report else "",
        language=args.language,
        text_language=args.text_language,
        default_type=args.type,
        default_country=args.country.upper(),
        natural_persons=args.natural_persons,
        is_simulated=args.simulated,
    )


def _columns(
    args: argparse.Namespace, preview: "TablePreview", source: "ImportSource", kind: str
) -> dict[str, str]:
    from alpclusters.platform.actors.domain.importing import guess_columns

    if kind != "table":
        return {}
    if args.columns:
        return _read_columns(args.columns)
    # An empty guess would mean that nobody has matched the columns yet.
    return guess_columns(preview, source) or {"external_id": ""}


def _read_columns(path: Path) -> dict[str, str]:
    """Read field and column; the other way round is understood too."""
    from alpclusters.analysis.errors import FileFormatError, Where
    from alpclusters.platform.actors.domain.importing.fields import list_fields
    from alpclusters.sources.texts import read_bytes

    try:
        found: Any = json.loads(read_bytes(path).decode("utf-8-sig"))
    except ValueError:
        found = None
    if not isinstance(found, dict) or not all(isinstance(head, str) for head in found.values()):
        code = "import.columns_file"
        raise FileFormatError(code, where=Where(file=path.name), expected='{"name": "Name"}')
    columns: Mapping[str, str] = found
    known = {field.name for field in list_fields()}
    if columns and set(columns.values()) <= known and not set(columns) <= known:
        return {field: head for head, field in columns.items()}
    return dict(columns)


def _kind(args: argparse.Namespace, preview: "TablePreview") -> str:
    if args.kind != "auto":
        return str(args.kind)
    return "table" if args.columns else preview.kind


def _key(args: argparse.Namespace, kind: str) -> str:
    from django.utils.text import slugify

    if args.source:
        return slugify(args.source)[:50] or "list"
    return kind if kind != "table" else slugify(args.file.stem)[:50] or "list"


def _source(args: argparse.Namespace, kind: str) -> "ImportSource":
    from alpclusters.platform.actors.domain.importing import ensure_source
    from alpclusters.platform.actors.domain.importing.supplies import SOURCE_NAMES

    name = args.source or SOURCE_NAMES.get(kind) or args.file.stem
    source = ensure_source(_key(args, kind), name=name[:120], is_public=bool(args.listed))
    if args.listed is not None and source.is_public != args.listed:
        source.is_public = args.listed
        source.save(update_fields=["is_public"])
    return source


def _with_bar(work: Work, begun: "ImportRun", speech: Speech, label: str) -> "RunReport":
    with bar(speech.gettext(label)) as advance:
        return work(begun, progress=advance)


def _tell(report: "RunReport", source: "ImportSource", speech: Speech) -> None:
    """Say what is noted about the file, and end with the counts."""
    for note in report.file_notes:
        speech.step(note)
    speech.step(speech.gettext("Rows one by one: %(path)s") % {"path": report.folder})
    record = {
        **report.counts,
        "dry_run": report.is_dry,
        "complete": report.is_complete,
        "source": source.key,
        "notes": dict(report.notes),
        "reasons": dict(report.reasons),
        "report": report.folder,
    }
    print(json.dumps(record, ensure_ascii=False))
