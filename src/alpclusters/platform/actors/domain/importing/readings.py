"""One reading of the list of a run: what is open, what was seen, what was counted."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Self

from django.utils import timezone

from alpclusters.analysis.errors import InputError, RecordError, StateError, Where
from alpclusters.platform.actors.domain.importing.drafts import Defaults, Draft, draft_of
from alpclusters.platform.actors.domain.importing.places import Gazetteer, VintageGuess
from alpclusters.platform.actors.domain.importing.reports import (
    Fate,
    FirstRows,
    Outcome,
    RowFiles,
    RunReport,
    Tally,
    report_of,
    sentences,
    write_report,
)
from alpclusters.platform.actors.domain.importing.stamps import Stamp
from alpclusters.platform.actors.domain.importing.storing import Known, look_up, sort_out, store
from alpclusters.platform.actors.domain.importing.supplies import (
    LICENCES,
    Supply,
    Thing,
    folder_of,
    in_chunks,
    line_of,
    path_of,
    wishes_of,
)
from alpclusters.platform.actors.models import ImportRun
from alpclusters.sources.organisation_tables import Habits
from alpclusters.sources.records import Note

type Progress = Callable[[int, int | None], object]
type Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom to tell how far it is, and whom to ask whether to go on."""

    progress: Progress | None = None
    cancelled: Cancelled | None = None

    def say(self, done: int, total: int | None) -> None:
        """Tell how many rows are done."""
        if self.progress:
            self.progress(done, total)

    def is_cancelled(self) -> bool:
        """Ask whether to end."""
        return bool(self.cancelled and self.cancelled())


class Reading:
    """One reading of a list: what is open, what was seen, what was counted."""

    def __init__(self, run: ImportRun, supply: Supply, calls: "Calls") -> None:
        self.run, self.supply, self._calls = run, supply, calls
        self.options = run.options
        self.gazetteer = Gazetteer.load()
        self.habits = self._survey()
        self.defaults = Defaults(
            type=self.options["default_type"],
            text_language=self.options["text_language"],
            is_listed=run.source.is_public,
            is_simulated=self.options["is_simulated"],
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
    ) -> "Reading":
        """Open the list of a run; it must be the one the run was begun with."""
        supply = Supply(
            path_of(run), name=run.file_name, wishes=wishes_of(run.options, run.options["columns"])
        )
        try:
            _require_same_file(run, supply)
            return cls(run, supply, Calls(progress, cancelled))
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
        yield from in_chunks(rest)

    def _is_stored(self, thing: Thing, after: int) -> bool:
        if line_of(thing) >= after:
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


def _require_same_file(run: ImportRun, supply: Supply) -> None:
    if supply.sha256 != run.digest:
        raise InputError("import.other_file", where=Where(file=run.file_name))


def _stamp(run: ImportRun) -> Stamp:
    source, licence = run.source, LICENCES.get(run.options["kind"])
    attribution = licence.attribution if licence else source.name
    address = licence.address if licence else source.address
    return Stamp(
        run=run,
        now=timezone.now(),
        attribution=" ".join(filter(None, (attribution, address)))[:300],
        licence=(licence.key if licence and licence.key else source.licence)[:300],
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
