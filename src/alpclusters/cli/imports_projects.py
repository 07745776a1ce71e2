"""``alpclusters import cordis|keep|kohesio|initiatives``: projects become initiatives."""

import argparse
import json
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING

from alpclusters.cli.bars import bar
from alpclusters.cli.imports_wanted import PROJECTS, wanted_of
from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.actors.models import ImportRun, ImportSource
    from alpclusters.platform.evidence.domain.importing import ProjectChoices, ProjectReport

OK = 0
INTERRUPTED = 130

type Work = Callable[..., "ProjectReport"]


def run_projects(args: argparse.Namespace) -> int:
    """Check or import; end with one line of JSON."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    configuration = setup_django()
    from alpclusters.platform.evidence.domain.importing import ReadingCancelled
    from alpclusters.platform.operation.prepare import prepare

    wanted_of(args)  # a wrong option is said before anything is prepared
    prepare(configuration.home, say=speech.step)
    try:
        report = _check(args, speech) if args.dry_run else _import(args, speech)
    except ReadingCancelled:
        speech.step(_("Stopped while the file was read; nothing is stored."))
        return INTERRUPTED
    return OK if report.is_complete else INTERRUPTED


def _check(args: argparse.Namespace, speech: Speech) -> "ProjectReport":
    """Check with a run and a source of its own, which leave nothing."""
    from django.db import transaction

    from alpclusters.platform.actors.models import ImportSource
    from alpclusters.platform.evidence.domain.importing import check_run

    is_new = not ImportSource.objects.filter(key=_key(args)).exists()
    source = _source(args)
    begun = None
    try:
        begun = _begin(args, source)
        report = _with_bar(check_run, begun, speech, _("Checking"))
    finally:
        if begun is not None:
            _forget(begun)
        with transaction.atomic():
            if begun is not None:
                begun.delete()
            if is_new:
                source.delete()
    _tell(report, source, speech)
    return report


def _import(args: argparse.Namespace, speech: Speech) -> "ProjectReport":
    from alpclusters.platform.evidence.domain.importing import perform_run, unfinished_run

    source = _source(args)
    begun = _begin(args, source)
    earlier = unfinished_run(begun)
    if earlier is not None:
        if earlier.next_line:
            speech.step(_("An earlier import of this file was cut off: it goes on."))
        begun.delete()
        begun = earlier
    report = _with_bar(perform_run, begun, speech, _("Importing"))
    if report.is_complete:
        _forget(begun)
    else:
        speech.step(_("Stopped. What is stored stays; the same command goes on from here."))
    _tell(report, source, speech)
    return report


def _begin(args: argparse.Namespace, source: "ImportSource") -> "ImportRun":
    from alpclusters.platform.evidence.domain.importing import start_run

    return start_run(source, args.file, name=args.file.name, by=None, choices=_choices(args))


def _choices(args: argparse.Namespace) -> "ProjectChoices":
    from alpclusters.platform.evidence.domain.importing import ProjectChoices

    kind = PROJECTS[args.what]
    return ProjectChoices(
        kind=kind,
        report_folder=str(args.report.resolve()) if args.report else "",
        language=args.language,
        wanted=wanted_of(args),
        natural_persons=args.natural_persons,
        # Lists of one's own are shown to the public only if one says so.
        is_published=kind != "table" if args.listed is None else args.listed,
        is_simulated=args.simulated,
        is_whole=args.complete,
    )


def _key(args: argparse.Namespace) -> str:
    from django.utils.text import slugify

    kind = PROJECTS[args.what]
    own = args.source or (args.file.stem if kind == "table" else kind)
    return slugify(own)[:50] or "list"


def _source(args: argparse.Namespace) -> "ImportSource":
    from alpclusters.platform.evidence.domain.importing import ensure_project_source

    kind = PROJECTS[args.what]
    name = args.source or (args.file.stem if kind == "table" else "")
    return ensure_project_source(kind, key=_key(args), name=name)


def _forget(begun: "ImportRun") -> None:
    """Throw away what was read from the file, which only a run that goes on needs."""
    from alpclusters.platform.evidence.domain.importing import spool_path

    path = spool_path(begun)
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        shutil.rmtree(path.parent)


def _with_bar(work: Work, begun: "ImportRun", speech: Speech, label: str) -> "ProjectReport":
    with bar(speech.gettext(label)) as advance, _until_interrupted() as is_interrupted:
        return work(begun, progress=advance, cancelled=is_interrupted)


@contextmanager
def _until_interrupted() -> Iterator[Callable[[], bool]]:
    """Hear Ctrl+C at the end of a chunk; a second one ends the command at once."""
    heard: list[int] = []

    def hear(number: int, _frame: object) -> None:
        if heard:
            raise KeyboardInterrupt
        heard.append(number)

    before = signal.signal(signal.SIGINT, hear)
    try:
        yield lambda: bool(heard)
    finally:
        signal.signal(signal.SIGINT, before)


def _tell(report: "ProjectReport", source: "ImportSource", speech: Speech) -> None:
    """Say what is noted about the file, and end with the counts."""
    for note in report.file_notes:
        speech.step(note)
    speech.step(speech.gettext("Rows one by one: %(path)s") % {"path": report.folder})
    record = {
        **report.counts,
        "participations": dict(report.participations),
        "dry_run": report.is_dry,
        "complete": report.is_complete,
        "source": source.key,
        "notes": dict(report.notes),
        "reasons": dict(report.reasons),
        "vintage": asdict(report)["vintage"],
        "report": report.folder,
    }
    print(json.dumps(record, ensure_ascii=False))
