"""``alpclusters evaluate``: votes or ratings in, tables and reports out."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.cli.evaluation_input import EvaluationInput
    from alpclusters.reports.blocks import Document
    from alpclusters.reports.evaluation.results import EvaluationResults

N_STEPS: Final = 8  # the last one is done when the bar goes


HELP: Final = _("evaluate votes or ratings: summary, tables, report as HTML, DOCX and PDF")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add where to read, where to write and how to count."""
    parser.add_argument(
        "path",
        type=Path,
        help=_("folder of a Polis export, or a CSV file: participant, item, value, …"),
    )
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help=_("folder for the results; it must not exist or be empty"),
    )
    parser.add_argument("--json", action="store_true", help=_("print the summary as JSON"))
    parser.add_argument(
        "--groups",
        nargs="*",
        metavar="COLUMN",
        help=_("columns that divide the participants; default: all that do"),
    )
    parser.add_argument(
        "--scale",
        nargs=2,
        type=float,
        metavar=("LOW", "HIGH"),
        help=_("lowest and highest point of the scale; default: as seen"),
    )
    parser.add_argument(
        "--agree-from",
        type=float,
        metavar="N",
        help=_("count ratings from here on as agreement"),
    )
    parser.add_argument(
        "--margins",
        type=Path,
        metavar="FILE",
        help=_("CSV of column, group, share, source, date: how large groups are outside the room"),
    )
    parser.add_argument(
        "--about-person",
        nargs="+",
        default=(),
        metavar="ID",
        help=_("statements about the person who votes, which are no opinions"),
    )
    parser.add_argument(
        "--opinion",
        nargs="+",
        default=(),
        metavar="ID",
        help=_("statements that are opinions although their wording looks personal"),
    )
    parser.add_argument(
        "--polis",
        action="store_true",
        help=_("add the cut that Polis would make, for comparison; it always finds groups"),
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help=_("replace the results of an earlier evaluation"),
    )


def run(args: argparse.Namespace) -> int:
    """Read, evaluate, write everything into a folder that appears whole, print what came out."""
    from alpclusters.cli.evaluation_input import Choices, read_evaluation_input
    from alpclusters.cli.output_folder import check_target, whole_folder

    speech = Speech(args.language)
    check_target(args.out, force=args.force)
    choices = Choices(
        language=args.language,
        groups=args.groups,
        scale=args.scale,
        agree_from=args.agree_from,
        margins=args.margins,
        about_person=args.about_person,
        opinion=args.opinion,
    )
    with _progress(speech) as progress:
        progress.step(speech.gettext("Reading"))
        found = read_evaluation_input(args.path, choices)
        with whole_folder(args.out) as folder:
            record = _write_all(found, folder, speech, progress, with_polis=args.polis)
    print(_json(record) if args.json else _told(record, args.out, speech))
    return 0


class _Progress:
    """Steps on standard error: a bar on a terminal, silence elsewhere."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        console = Console(stderr=True)
        self.bar = Progress(
            BarColumn(), TextColumn("{task.description}"), console=console, transient=True,
            disable=not console.is_terminal,
        )  # fmt: skip
        self.task = self.bar.add_task("", total=N_STEPS)

    def step(self, words: str) -> None:
        self.bar.update(self.task, description=words, advance=1)


@contextmanager
def _progress(speech: Speech) -> Iterator[_Progress]:
    progress = _Progress()
    with progress.bar:
        progress.step(speech.gettext("Starting"))
        yield progress


def _write_all(
    found: "EvaluationInput",
    folder: Path,
    speech: Speech,
    progress: _Progress,
    *,
    with_polis: bool,
) -> dict[str, object]:
    from alpclusters.reports.evaluation.files import summary_records, write_json, write_tables
    from alpclusters.reports.evaluation.report import build_evaluation_document
    from alpclusters.reports.evaluation.result_data import results_record

    progress.step(speech.gettext("Ranking, agreement, opinion groups"))
    results = _results(found, with_polis=with_polis)
    progress.step(speech.gettext("Writing the tables"))
    head = {**found.as_record(), **results_record(results)}
    write_json(
        folder / "summary.json",
        {**head, "records": summary_records(found.descriptions, found.facts, results)},
    )
    write_tables(folder, found.descriptions, found.facts, results)
    document = build_evaluation_document(
        found.descriptions, subject=found.subject, language=speech.language, results=results
    )
    _write_documents(document, folder, speech, progress)
    return head


def _results(found: "EvaluationInput", *, with_polis: bool) -> "EvaluationResults":
    from alpclusters.cli.evaluation_methods import apply_methods
    from alpclusters.cli.evaluation_weighting import with_weighting

    results = apply_methods(
        found.ratings,
        found.descriptions,
        hidden=found.subject.why_hidden,
        groups=found.groups,
        agree_from=found.agree_from,
        rounds=found.rounds,
        places=found.places,
        with_polis=with_polis,
    )
    return with_weighting(results, found.ratings, found.descriptions, found.margins)


def _write_documents(
    document: "Document", folder: Path, speech: Speech, progress: _Progress
) -> None:
    from alpclusters.reports.writers.docx import write_docx
    from alpclusters.reports.writers.html import write_html
    from alpclusters.reports.writers.pdf import write_pdf

    writers: dict[str, Callable[[Document], str | bytes]] = {
        "html": write_html,
        "docx": write_docx,
        "pdf": write_pdf,
    }
    for kind, write in writers.items():
        progress.step(speech.gettext("Writing %(file)s") % {"file": f"report.{kind}"})
        content = write(document)
        data = content.encode() if isinstance(content, str) else content
        (folder / f"report.{kind}").write_bytes(data)


def _json(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, indent=1)


def _told(record: dict[str, object], out: Path, speech: Speech) -> str:
    """Return what came out, in two lines."""
    from alpclusters.reports.numbers import format_integer

    counts = {
        name: format_integer(int(str(record[name])), speech.language)
        for name in ("participants", "items", "cast", "standing")
    }
    line = speech.gettext(
        "%(participants)s participants, %(items)s items, %(cast)s answers given, %(standing)s stand"
    )
    written = speech.gettext("Written: %(folder)s") % {"folder": out}
    return f"{line % counts}\n{written}"
