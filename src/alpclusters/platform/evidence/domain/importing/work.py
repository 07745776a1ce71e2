"""The work of one run: what is open, what was counted, chunk after chunk."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from django.conf import settings
from django.utils import timezone

from alpclusters.analysis.errors import FileFormatError, InputError, StateError, Where
from alpclusters.platform.actors.domain.importing.places import Gazetteer, VintageGuess
from alpclusters.platform.actors.domain.importing.reports import Outcome, RowFate, sentences
from alpclusters.platform.actors.domain.importing.supplies import folder_of, path_of
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing.drafts import (
    COUNTS,
    LICENCES,
    Fate,
    ProjectChoices,
    Tally,
    draft_of,
)
from alpclusters.platform.evidence.domain.importing.reports import (
    PARTNERS,
    REJECTED,
    SHOWN,
    ProjectFiles,
    ProjectReport,
    told,
    write_report,
)
from alpclusters.platform.evidence.domain.importing.storing import (
    Programmes,
    Stamp,
    look_up,
    sort_out,
    store,
)
from alpclusters.sources.project_sources import open_projects
from alpclusters.sources.project_spool import ProjectSpool, SpooledProject, spool_projects
from alpclusters.sources.records import Note

CHUNK: Final = 1_000
SPOOL: Final = "projects.sqlite"

type Progress = Callable[[int, int | None], object]
type Cancelled = Callable[[], bool]


class ReadingCancelled(Exception):  # noqa: N818 - a wish, not an error
    """Somebody wants the reading of a file to end."""


@dataclass(frozen=True, slots=True)
class Calls:
    """Whom to tell how far it is, and whom to ask whether to go on."""

    progress: Progress | None = None
    cancelled: Cancelled | None = None

    def say(self, done: int, total: int | None) -> None:
        """Tell how much is done of how much."""
        if self.progress:
            self.progress(done, total)

    def is_cancelled(self) -> bool:
        """Ask whether somebody wants it to end."""
        return bool(self.cancelled and self.cancelled())


class Work:
    """One reading of a list that was spooled."""

    def __init__(self, run: ImportRun, spool: ProjectSpool, calls: Calls) -> None:
        self.run, self.spool, self._calls = run, spool, calls
        self.choices = ProjectChoices.of(run.options)
        self.programmes = Programmes()
        self.gazetteer = Gazetteer.load()
        self.vintage = self._vintage()
        self.tally = _tally_of(run)
        self.stamp = _stamp(run, self.choices, spool)
        self.is_whole = True
        self.n_gone = int(run.options.get("gone", 0)) if run.next_line else 0
        self._first: list[RowFate] = []
        self._rejected: list[RowFate] = []
        self.n_wanted = spool.count_rows(self.choices.wanted)
        self.n_projects = spool.count(self.choices.wanted)
        sizes = run.options.get("sizes", {}) if run.next_line else {}
        self.files = ProjectFiles(folder_of(run), language=self.choices.language, sizes=sizes)
        if not run.next_line:
            self._reject()

    @classmethod
    def open(cls, run: ImportRun, calls: Calls) -> "Work":
        """Open the spool of a run; it is made if it is not there."""
        spool = spool_of(run, calls)
        try:
            return cls(run, spool, calls)
        except BaseException:
            spool.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.files.__exit__()
        self.spool.close()

    def _vintage(self) -> VintageGuess:
        """Guess the year of the region codes, unless an earlier try did."""
        known = self.run.options.get("vintage")
        guess = (
            VintageGuess(**known) if known else self.gazetteer.guess_vintage(self.spool.regions())
        )
        self.run.options["vintage"] = asdict(guess)
        self.gazetteer.use_vintage(guess.vintage)
        return guess

    def _reject(self) -> None:
        """Write down what cannot be taken; no filter asks about that."""
        fates = [Fate(Outcome.REJECTED, error=e) for _, e in self.spool.refused("project")]
        self.tally.add(fates)
        self._rejected = [told(fate, self.choices.language) for fate in fates[:SHOWN]]
        self.files.reject(REJECTED, (fate.error for fate in fates if fate.error))
        bodies = [error for _, error in self.spool.refused("participation")]
        self.tally.reasons.update(error.code for error in bodies)
        self.files.reject(PARTNERS, bodies)

    def chunks(self, *, after: int) -> Iterator[list[SpooledProject]]:
        """Yield the projects behind a place, a chunk at a time."""
        place = after
        while found := self.spool.projects(self.choices.wanted, after=place, most=CHUNK):
            yield found
            place = found[-1].number

    def take(self, projects: list[SpooledProject], *, store_it: bool) -> None:
        """Decide about a chunk, store it if wanted, and write it into the lists."""
        drafts = [draft_of(one, self.gazetteer) for one in projects]
        known = look_up(self.run.source_id, drafts)
        fates = sort_out(drafts, known)
        if store_it:
            store(fates, known, self.stamp, self.programmes)
        self.files.take(fates)
        self.tally.add(fates)
        self._first += [
            told(one, self.choices.language) for one in fates[: SHOWN - len(self._first)]
        ]
        self._calls.say(self.tally.read, self.n_wanted + self.tally.rejected)

    def is_cancelled(self) -> bool:
        """Ask whether somebody wants the import to end."""
        rows = ImportRun.objects.filter(pk=self.run.pk, wants_cancel=True)
        self.is_whole = not (self._calls.is_cancelled() or rows.exists())
        return not self.is_whole

    def checkpoint(self, place: int | None, *, state: str) -> None:
        """Store how far the import is, with the counts.

        Raises
        ------
        StateError
            Somebody else has gone on with it.
        """
        run, before = self.run, self.run.next_line
        run.state, run.n_rows = state, self.n_wanted + self.tally.rejected
        run.notes = dict(self.tally.notes)
        run.options |= {"reasons": dict(self.tally.reasons), "gone": self.n_gone}
        for name, n in self.tally.counts().items():
            setattr(run, f"n_{name}", n)
        if place is not None:
            run.options["sizes"] = self.files.sizes()
            run.next_line = place
        fields = (
            "state", "next_line", "notes", "options", "n_rows", "error", "finished_at",
            *(f"n_{name}" for name in ("read", *COUNTS)),
        )  # fmt: skip
        values = {name: getattr(run, name) for name in fields}
        if not ImportRun.objects.filter(pk=run.pk, next_line=before).update(**values):
            raise StateError("import.elsewhere")

    def end(self, state: str) -> None:
        """Store that the import ended."""
        self.run.finished_at = timezone.now() if state == ImportRun.State.DONE else None
        self.checkpoint(None, state=state)

    def report(self, *, is_dry: bool) -> ProjectReport:
        """Write the report and return it."""
        facts = self.spool.facts
        report = ProjectReport(
            **self.tally.counts(),
            filtered=facts.projects.rows - facts.projects.rejected - self.n_wanted,
            gone=self.n_gone,
            participations=asdict(facts.participations),
            is_dry=is_dry,
            is_complete=self.is_whole,
            notes=dict(self.tally.notes),
            reasons=dict(self.tally.reasons),
            file_notes=tuple(sentences(self._file_notes(), self.choices.language)),
            vintage=asdict(self.vintage),
            first_rows=tuple(self._first),
            rejected_rows=tuple(self._rejected),
            folder=str(folder_of(self.run)),
        )
        self.files.sizes()
        write_report(report)
        return report

    def _file_notes(self) -> list[Note]:
        notes = list(self.spool.facts.notes)
        if self.vintage.n_codes:
            notes.append(Note("region.vintage", asdict(self.vintage)))
        return notes


# --- the spool of a run ------------------------------------------------------------------------


def spool_path(run: ImportRun) -> Path:
    """Return where the spool of a run lies: beside an upload, else in a folder of its own."""
    path = path_of(run)
    if path.is_relative_to(settings.HOME):
        return path.parent / SPOOL
    return Path(settings.HOME, "uploads", "imports", f"run-{run.pk}", SPOOL)


def spool_of(run: ImportRun, calls: Calls) -> ProjectSpool:
    """Open the spool of a run; it is made if it is not there.

    Raises
    ------
    FileFormatError
        The list cannot be read.
    InputError
        It is not the list that the run was begun with.
    ReadingCancelled
        Somebody wanted it to end.
    """
    place = spool_path(run)
    found = ProjectSpool.opened(place, sha256=run.digest)
    if found is not None:
        return found
    options: Mapping[str, Any] = run.options
    reading = open_projects(
        path_of(run),
        options["kind"],
        name=run.file_name,
        natural_persons=options["natural_persons"],
    )
    if reading.sha256 != run.digest:
        raise InputError("import.other_file", where=Where(file=run.file_name))

    def heed(n: int) -> None:
        calls.say(n, None)
        if calls.is_cancelled():
            raise ReadingCancelled

    spool_projects(reading, place, heed=heed)
    made = ProjectSpool.opened(place, sha256=run.digest)
    if made is None:
        raise FileFormatError("file.unreadable", where=Where(file=run.file_name), found="")
    return made


def _stamp(run: ImportRun, choices: ProjectChoices, spool: ProjectSpool) -> Stamp:
    source, licence = run.source, LICENCES[choices.kind]
    words = (licence.attribution or source.name, spool.facts.dated)
    return Stamp(
        run=run,
        now=timezone.now(),
        prefix=source.key,
        attribution=", ".join(filter(None, words)),
        licence=(licence.key or source.licence)[:300],
        is_published=choices.is_published,
        is_simulated=choices.is_simulated,
    )


def _tally_of(run: ImportRun) -> Tally:
    """Go on with the counts of an earlier try."""
    tally = Tally()
    if run.next_line:
        for name in COUNTS:
            setattr(tally, name, getattr(run, f"n_{name}"))
        tally.notes.update(run.notes)
        tally.reasons.update(run.options.get("reasons", {}))
    return tally
