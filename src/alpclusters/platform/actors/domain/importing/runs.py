"""Import a list: begin a run, check it without storing anything, perform it in chunks.

Each chunk is one transaction, and the line where the next one begins is stored in it: an import
that was cancelled or cut off goes on there, and the result is the same.
Rules: docs/operator/importing.md.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, RecordError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.domain.directory.index import refresh_all
from alpclusters.platform.actors.domain.importing.drafts import Defaults, Draft, draft_of
from alpclusters.platform.actors.domain.importing.outcomes import Fate, Outcome, Tally
from alpclusters.platform.actors.domain.importing.phrases import sentences
from alpclusters.platform.actors.domain.importing.places import Gazetteer, VintageGuess
from alpclusters.platform.actors.domain.importing.previews import remember_columns
from alpclusters.platform.actors.domain.importing.reports import (
    FirstRows,
    RunReport,
    report_of,
    write_report,
)
from alpclusters.platform.actors.domain.importing.row_files import RowFiles
from alpclusters.platform.actors.domain.importing.storing import (
    Known,
    Stamp,
    look_up,
    sort_out,
    store,
)
from alpclusters.platform.actors.domain.importing.supplies import (
    LICENCES,
    TABLE,
    Supply,
    Thing,
    Wishes,
)
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.sources.organisation_tables import Habits
from alpclusters.sources.records import Note
from alpclusters.sources.user_tables import open_table

CHUNK: Final = 1_000
# Characters of the rows of a chunk: rows may be long.
CHUNK_LENGTH: Final = 8_000_000

type Progress = Callable[[int, int | None], object]
type Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose for a whole list; all of it has a default.

    Attributes
    ----------
    sheet : str or None
    kind : str
        table, keep, cordis or kohesio.
    report_folder : str
        Where the lists of accepted and rejected rows go; empty takes one beside the upload.
    language : str
        Of reasons and notes.
    text_language : str
        In which the descriptions of the list are.
    default_type, default_country : str
        For rows that say none.
    natural_persons : bool
        Whether bodies whose legal form is that of one person are taken.
    is_simulated : bool
    """

    sheet: str | None = None
    kind: str = TABLE
    report_folder: str = ""
    language: str = "en"
    text_language: str = "en"
    default_type: str = ""
    default_country: str = ""
    natural_persons: bool = False
    is_simulated: bool = False


def ensure_source(
    key: str, *, name: str = "", is_public: bool = False, licence: str = "", address: str = ""
) -> ImportSource:
    """Return the source with a key; a new one gets the other values."""
    values = {"name": name or key, "is_public": is_public, "licence": licence, "address": address}
    return ImportSource.objects.get_or_create(key=key, defaults=values)[0]


def start_run(
    source: ImportSource,
    path: Path,
    *,
    name: str,
    columns: Mapping[str, str],
    by: User | None,
    choices: Choices | None = None,
) -> ImportRun:
    """Begin an import; the file is opened to see that its columns are there.

    Parameters
    ----------
    source : ImportSource
    path : Path
        It must stay where it is until the import is done.
    name : str
        How the file was called.
    columns : mapping of str to str
        Field to head; ignored for kinds that need no matching. Remembered for the source. Empty
        while nobody has matched them yet: `choose` follows.
    by : User or None
    choices : Choices, optional

    Raises
    ------
    FileFormatError
        The file cannot be read, or lacks a column.
    """
    chosen = choices or Choices()
    run = ImportRun(source=source, file_name=name[:200], made_at=timezone.now(), made_by=by)
    run.options = {"path": _kept_path(path)}
    choose(run, columns=columns, choices=chosen)
    return run


def choose(run: ImportRun, *, columns: Mapping[str, str], choices: Choices) -> None:
    """Say anew how a list is to be read, and save the run; a check follows.

    Raises
    ------
    FileFormatError
        The file cannot be read, or lacks a column.
    StateError
        Rows of it are stored already.
    """
    if run.next_line:
        raise StateError("import.begun")
    run.options = {**run.options, "columns": dict(columns), **asdict(choices)}
    if columns or choices.kind != TABLE:
        wishes = _wishes(run.options, columns)
        with Supply(_path(run), name=run.file_name, wishes=wishes) as supply:
            run.digest, header_hash = supply.sha256, supply.header_hash
        remember_columns(run.source, header_hash, columns)
    else:
        with open_table(_path(run), name=run.file_name, sheet=choices.sheet, max_rows=1) as table:
            run.digest = table.sha256
    run.state = ImportRun.State.UPLOADED
    run.save()


def unfinished_run(run: ImportRun) -> ImportRun | None:
    """Return an earlier run of the same file with the same choices that was cut off, if any."""
    states = (ImportRun.State.RUNNING, ImportRun.State.CANCELLED)
    rows = ImportRun.objects.filter(
        source=run.source_id, digest=run.digest, state__in=states, next_line__gt=0
    ).select_related("source")
    asked = ("columns", *Choices.__dataclass_fields__)
    return next(
        (
            row
            for row in rows.exclude(pk=run.pk).order_by("-pk")
            if all(row.options.get(name) == run.options.get(name) for name in asked)
        ),
        None,
    )


def check_run(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> RunReport:
    """Say what an import would do, row by row; nothing of the list is stored.

    Raises
    ------
    FileFormatError
        The file cannot be read; the run then says so too.
    StateError
        The run is done, or in the middle of storing.
    """
    if run.state == ImportRun.State.DONE or run.next_line:
        raise StateError("import.begun")
    _reset(run)
    with _failing(run), _Work.open(run, progress, cancelled) as work:
        for things in work.chunks(after=0):
            if work.is_cancelled():
                break
            work.take(things, store_it=False)
        work.checkpoint(None, state=ImportRun.State.CHECKED)
        return work.report(is_dry=True)


def perform_run(
    run: ImportRun, *, progress: Progress | None = None, cancelled: Cancelled | None = None
) -> RunReport:
    """Store what a list says, from where an earlier try ended.

    Raises
    ------
    FileFormatError
        The file cannot be read; the run then says so too.
    InputError
        It is not the file that the run was begun with.
    StateError
        The run is done, or somebody else performs it now.
    """
    if run.state == ImportRun.State.DONE:
        raise StateError("import.done")
    if not run.next_line:
        _reset(run)
    ImportRun.objects.filter(pk=run.pk).update(wants_cancel=False)
    with _failing(run), _Work.open(run, progress, cancelled) as work:
        _perform(work)
        report = work.report(is_dry=False)
    refresh_all()
    return report


def _perform(work: "_Work") -> None:
    run = work.run
    for things in work.chunks(after=run.next_line):
        if work.is_cancelled():
            work.end(ImportRun.State.CANCELLED)
            return
        with transaction.atomic():
            work.take(things, store_it=True)
            work.checkpoint(_line(things[-1]) + 1, state=ImportRun.State.RUNNING)
    work.end(ImportRun.State.DONE)


def _reset(run: ImportRun) -> None:
    """Forget the counts of a check."""
    for name in ("read", "created", "updated", "unchanged", "rejected"):
        setattr(run, f"n_{name}", 0)
    run.notes, run.error = {}, {}
    for name in ("sizes", "reasons", "survey"):
        run.options.pop(name, None)


# --- the work of one run -----------------------------------------------------------------------


class _Work:
    """One reading of a list: what is open, what was seen, what was counted."""

    def __init__(self, run: ImportRun, supply: Supply, calls: "_Calls") -> None:
        self.run, self.supply, self._calls = run, supply, calls
        self.options = run.options
        self.gazetteer = Gazetteer.load()
        self.habits = self._survey()
        self.defaults = Defaults(
            self.options["default_type"], self.options["text_language"], run.source.is_public
        )
        self.tally = _tally_of(run)
        self.first = FirstRows(self.options["language"])
        self.folder = folder_of(run)
        self.stamp = _stamp(run)
        self.is_whole = True
        self._seen: set[int] = set()
        self._stack_files()

    @classmethod
    def open(
        cls, run: ImportRun, progress: Progress | None, cancelled: Cancelled | None
    ) -> "_Work":
        supply = Supply(
            _path(run), name=run.file_name, wishes=_wishes(run.options, run.options["columns"])
        )
        try:
            _require_same_file(run, supply)
            return cls(run, supply, _Calls(progress, cancelled))
        except BaseException:
            supply.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.files.__exit__()
        self.supply.__exit__()

    def _stack_files(self) -> None:
        self.files = RowFiles(
            self.folder,
            header=self.supply.header,
            accepted_header=self.supply.accepted_header,
            language=self.options["language"],
            sizes=self.options.get("sizes", {}) if self.run.next_line else {},
        )

    def _survey(self) -> Habits:
        """Look the list through, unless an earlier try did."""
        known = self.options.get("survey")
        if known is None:
            survey = self.supply.survey()
            guess = self.gazetteer.guess_vintage(survey.regions)
            known = self.options["survey"] = {
                "n_rows": survey.n_rows,
                "vintage": asdict(guess),
                "decimal_comma": sorted(survey.habits.decimal_comma),
                "month_first": sorted(survey.habits.month_first),
            }
            self.run.n_rows = survey.n_rows
            self.run.save(update_fields=["n_rows", "options"])
        self.vintage = VintageGuess(**known["vintage"])
        self.gazetteer.use_vintage(self.vintage.vintage)
        return Habits(frozenset(known["decimal_comma"]), frozenset(known["month_first"]))

    def chunks(self, *, after: int) -> Iterator[list[Thing]]:
        """Yield the rows from a line on; earlier ones are only remembered."""
        things = self.supply.things(self.habits)
        rest = itertools.dropwhile(lambda thing: self._is_stored(thing, after), things)
        chunk, length = list[Thing](), 0
        for thing in rest:
            chunk.append(thing)
            length += sum(map(len, getattr(thing, "cells", ())))
            if len(chunk) >= CHUNK or length > CHUNK_LENGTH:
                yield chunk
                chunk, length = [], 0
        if chunk:
            yield chunk

    def _is_stored(self, thing: Thing, after: int) -> bool:
        if _line(thing) >= after:
            return False
        if not isinstance(thing, RecordError):
            draft = self._draft(thing)
            if isinstance(draft, Draft):
                self._seen.add(hash(draft.key))
        return True

    def _draft(self, thing: Thing) -> Draft | RecordError:
        if isinstance(thing, RecordError):
            return thing
        try:
            return draft_of(thing, self.gazetteer, self.defaults)
        except RecordError as error:
            error.cells = getattr(thing, "cells", ())
            return error

    def take(self, things: list[Thing], *, store_it: bool) -> None:
        """Decide about a chunk, store it if wanted, and write it into the lists."""
        drafts = [self._draft(thing) for thing in things]
        fates, new = self._known_and_new(drafts)
        known = look_up(self.run.source_id, new) if new else Known()
        decided = sort_out(new, known)
        if store_it:
            store(decided, known, self.stamp)
        every = sorted([*fates, *decided], key=lambda fate: fate.line)
        self.files.write(every)
        self.tally.add(every)
        self.first.add(every)
        self._calls.say(self.tally.read, self.run.n_rows)

    def _known_and_new(self, drafts: list[Draft | RecordError]) -> tuple[list[Fate], list[Draft]]:
        """Part rejected rows and repeats from those to be looked up."""
        fates, new = [], []
        for draft in drafts:
            if isinstance(draft, RecordError):
                fates.append(Fate(Outcome.REJECTED, error=draft))
            elif (mark := hash(draft.key)) in self._seen:
                notes = [*draft.notes, Note("organisation.repeat", {"name": draft.name})]
                fates.append(Fate(Outcome.UNCHANGED, draft, notes=notes, n_rows=draft.n_rows))
            else:
                self._seen.add(mark)
                new.append(draft)
        return fates, new

    def is_cancelled(self) -> bool:
        """Ask whether somebody wants the import to end."""
        rows = ImportRun.objects.filter(pk=self.run.pk, wants_cancel=True)
        self.is_whole = not (self._calls.is_cancelled() or rows.exists())
        return not self.is_whole

    def checkpoint(self, next_line: int | None, *, state: str) -> None:
        """Store how far the import is, with the counts; somebody else may have gone on."""
        run, before = self.run, self.run.next_line
        self._note(state, next_line)
        fields = ("state", "next_line", "notes", "options", "n_rows", "error", "finished_at")
        counts = [f"n_{name}" for name in self.tally.counts()]
        values = {name: getattr(run, name) for name in (*fields, *counts)}
        if not ImportRun.objects.filter(pk=run.pk, next_line=before).update(**values):
            raise StateError("import.elsewhere")

    def _note(self, state: str, next_line: int | None) -> None:
        run = self.run
        run.state = state
        run.notes = dict(self.tally.notes)
        run.options = self.options
        self.options["reasons"] = dict(self.tally.reasons)
        for name, n in self.tally.counts().items():
            setattr(run, f"n_{name}", n)
        if next_line is not None:
            self.options["sizes"] = self.files.sizes()
            run.next_line = next_line

    def end(self, state: str) -> None:
        """Store that the import ended."""
        self.run.finished_at = timezone.now() if state == ImportRun.State.DONE else None
        self.checkpoint(self.run.next_line, state=state)

    def report(self, *, is_dry: bool) -> RunReport:
        """Write the report and return it."""
        report = report_of(
            self.tally,
            self.first,
            is_dry=is_dry,
            is_complete=self.is_whole,
            file_notes=tuple(sentences(self._file_notes(), self.options["language"])),
            vintage=asdict(self.vintage),
            folder=str(self.folder),
        )
        self.files.sizes()
        write_report(report)
        return report

    def _file_notes(self) -> list[Note]:
        notes = list(self.supply.notes)
        if self.vintage.n_codes:
            notes.append(Note("region.vintage", asdict(self.vintage)))
        has_ids = "external_id" in self.options["columns"] or self.options["kind"] == "cordis"
        return notes if has_ids else [*notes, Note("organisation.no_ids")]


@dataclass(frozen=True, slots=True)
class _Calls:
    """Whom to tell how far it is, and whom to ask whether to go on."""

    progress: Progress | None = None
    cancelled: Cancelled | None = None

    def say(self, done: int, total: int | None) -> None:
        if self.progress:
            self.progress(done, total)

    def is_cancelled(self) -> bool:
        return bool(self.cancelled and self.cancelled())


class _failing:  # noqa: N801 - used like a function in a with statement
    """Note on the run that its file cannot be read, and let the error rise."""

    def __init__(self, run: ImportRun) -> None:
        self._run = run

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, InputError):
            values = {"state": ImportRun.State.FAILED, "error": error.as_record()}
            ImportRun.objects.filter(pk=self._run.pk).update(**values)
            self._run.state, self._run.error = ImportRun.State.FAILED, error.as_record()


def _require_same_file(run: ImportRun, supply: Supply) -> None:
    if supply.sha256 != run.digest:
        raise InputError("import.other_file", where=Where(file=run.file_name))


# --- small parts -------------------------------------------------------------------------------


def folder_of(run: ImportRun) -> Path:
    """Return where the lists and the report of a run lie."""
    chosen = run.options.get("report_folder", "")
    if chosen:
        return Path(settings.HOME, chosen)
    path = _path(run)
    if path.is_relative_to(settings.HOME):
        return path.parent / "report"
    return Path(settings.HOME, "uploads", "imports", f"run-{run.pk}")


def _path(run: ImportRun) -> Path:
    return Path(settings.HOME, run.options["path"])


def _kept_path(path: Path) -> str:
    """Keep files of the data directory by their place in it: it may be moved."""
    whole = path.resolve()
    is_inside = whole.is_relative_to(settings.HOME)
    return str(whole.relative_to(settings.HOME) if is_inside else whole)


def _wishes(options: Mapping[str, Any], columns: Mapping[str, str]) -> Wishes:
    return Wishes(
        kind=options["kind"],
        columns=columns if options["kind"] == TABLE else {},
        sheet=options["sheet"],
        default_country=options["default_country"],
        natural_persons=options["natural_persons"],
    )


def _stamp(run: ImportRun) -> Stamp:
    source, licence = run.source, LICENCES.get(run.options["kind"])
    attribution = licence.attribution if licence else source.name
    address = licence.address if licence else source.address
    return Stamp(
        run=run,
        now=timezone.now(),
        attribution=" ".join(filter(None, (attribution, address)))[:300],
        licence=(licence.key if licence and licence.key else source.licence)[:300],
        is_simulated=run.options["is_simulated"],
    )


def _tally_of(run: ImportRun) -> Tally:
    """Go on with the counts of an earlier try."""
    tally = Tally()
    if run.next_line:
        for name in ("created", "updated", "unchanged", "rejected"):
            setattr(tally, name, getattr(run, f"n_{name}"))
        tally.notes.update(run.notes)
        tally.reasons.update(run.options.get("reasons", {}))
    return tally


def _line(thing: Thing) -> int:
    return (thing.where.line or 0) if isinstance(thing, RecordError) else thing.line
