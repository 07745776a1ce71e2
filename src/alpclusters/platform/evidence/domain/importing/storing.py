"""Look up what is known of the projects of a chunk, and store what they say, with history."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Model, Q
from django.utils.text import slugify

from alpclusters.platform.actors.domain.importing.reports import Outcome
from alpclusters.platform.actors.domain.importing.stamps import Author, insert_rows, keep_versions
from alpclusters.platform.actors.models import ImportRun
from alpclusters.platform.evidence.domain.importing.drafts import Draft, Fate, ProgrammeName
from alpclusters.platform.evidence.domain.importing.participants import add_bodies, change_bodies
from alpclusters.platform.evidence.domain.initiatives.editing import TRANSLATED
from alpclusters.platform.evidence.models import (
    Initiative,
    InitiativeProposal,
    InitiativeRecord,
    Programme,
)
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.sources.records import Note

# --- Programmes as the sources name them: found by name and period, made where they are new -------


_LENGTH: Final = 120
_STRAND: Final = re.compile(r"\binterreg\b|\b(?:iii|iv|v|vi)(?:[ -]?[abcd])?\b")


class Programmes:
    """All programmes there are, looked up once for an import."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], int] = {}
        self._keys: set[str] = set()
        rows = Programme.objects.order_by("-pk").values_list("pk", "key", "name", "period")
        for pk, key, name, period in rows:
            self._known[_folded(name), period] = pk
            self._keys.add(key)

    def id_of(self, wanted: ProgrammeName | None) -> int | None:
        """Return the key of a programme that is stored."""
        return self._known.get((_folded(wanted.name), wanted.period)) if wanted else None

    def ensure(self, wanted: Iterable[ProgrammeName]) -> None:
        """Store programmes that are new."""
        for one in sorted(set(wanted), key=lambda one: (one.name, one.period)):
            if self.id_of(one) is None:
                row = Programme.objects.create(
                    key=self._free_key(one),
                    name=one.name,
                    period=one.period,
                    family=_family(one.family),
                )
                self._known[_folded(one.name), one.period] = row.pk

    def _free_key(self, one: ProgrammeName) -> str:
        stem = slugify(f"{one.name} {one.period}")[: _LENGTH - 6].strip("-") or "programme"
        numbered = (f"{stem}-{n}" for n in range(2, len(self._keys) + 3))
        key = next(key for key in (stem, *numbered) if key not in self._keys)
        self._keys.add(key)
        return key


def _folded(name: str) -> str:
    """Return a name for comparison; sources differ in how they write the strand of Interreg.

    Examples
    --------
    >>> _folded("INTERREG VB Alpine Space") == _folded("Interreg Alpine Space")
    True
    """
    plain = " ".join(name.casefold().replace("–", "-").split())
    place = " ".join(_STRAND.sub(" ", plain).split()) if "interreg" in plain else plain
    return place or plain


def _family(family: str) -> str:
    return family if family in Programme.Family.values else Programme.Family.OTHER_EU.value


# --- What a source says about fields that a person had set: kept until somebody decides -----------


State = InitiativeProposal.State


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says about one field of an initiative."""

    initiative: Initiative
    field: str
    value: Any


def propose(said: Sequence[Said], run: ImportRun) -> None:
    """Keep what a source says; what was refused once is not proposed again."""
    if not said:
        return
    ids = {one.initiative.pk for one in said}
    rows = InitiativeProposal.objects.filter(initiative__in=ids).order_by("pk")
    known = {(row.initiative_id, row.field): row for row in rows}
    for one in said:
        value = _as_json(one.value)
        row = known.get((one.initiative.pk, one.field)) or InitiativeProposal(
            initiative=one.initiative, field=one.field
        )
        if row.pk and row.value == value and row.state != State.TAKEN:
            continue
        row.run, row.value, row.state = run, value, State.PROPOSED
        row.decided_by = row.decided_at = None
        row.save()


def _as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# --- What is written beside everything that an import of projects stores --------------------------


@dataclass(frozen=True, slots=True)
class Stamp:
    """Source and time of an import.

    Attributes
    ----------
    run : ImportRun
    now : datetime
    prefix : str
        Before the keys of new initiatives, such as ``cordis``.
    attribution, licence : str
        As the source asks for.
    is_published, is_simulated : bool
        Of new initiatives.
    """

    run: ImportRun
    now: datetime
    prefix: str
    attribution: str
    licence: str
    is_published: bool = True
    is_simulated: bool = False

    def source(self, address: str) -> str:
        """Return the sentence that names the source of one initiative."""
        return ". ".join(filter(None, (self.attribution, address)))[:500]

    def keep_history(self, model: type[Model], rows: Sequence[Model], *, is_new: bool) -> None:
        """Keep a version of each stored row, with author, time and reason."""
        reason = f"{self.run.source.name}: {self.run.file_name}"
        author = Author(self.run.made_by_id, reason, self.now)
        keep_versions(model, [row.pk for row in rows], author, is_new=is_new)


# --- Look up what is known of the projects of a chunk, and store what they say, with history ------


_KEY: Final = 100
_KEPT: Final = frozenset({"id", "key", "created_at", "edited_fields", "family", "follows"})
_UPDATED: Final = [f.name for f in Initiative._meta.concrete_fields if f.name not in _KEPT]
_PRECISE: Final = {"start": "start_precision", "end": "end_precision"}

type Pair = tuple[Fate, Initiative]


@dataclass(slots=True)
class Known:
    """The records of this source for the keys of a chunk."""

    records: dict[str, InitiativeRecord] = field(default_factory=dict)


def look_up(source_id: int, drafts: Sequence[Draft]) -> Known:
    """Find the records of a chunk by their keys in this source."""
    keys = [draft.key for draft in drafts]
    rows = InitiativeRecord.objects.filter(source=source_id, external_id__in=keys)
    return Known({row.external_id: row for row in rows.order_by("pk")})


def sort_out(drafts: Sequence[Draft], known: Known) -> list[Fate]:
    """Say what becomes of each project; nothing is stored."""
    return [_fate(draft, known) for draft in drafts]


def _fate(draft: Draft, known: Known) -> Fate:
    record = known.records.get(draft.key)
    if record is None:
        return Fate(Outcome.CREATED, draft, notes=list(draft.notes))
    is_same = record.digest == draft.digest and record.gone_since is None
    outcome = Outcome.UNCHANGED if is_same else Outcome.UPDATED
    return Fate(outcome, draft, notes=list(draft.notes))


def store(fates: Sequence[Fate], known: Known, stamp: Stamp, programmes: Programmes) -> None:
    """Store a chunk; the caller holds the transaction. Adds notes on what could not be stored."""
    wanted = [fate for fate in fates if fate.outcome is not Outcome.UNCHANGED]
    programmes.ensure(draft.programme for draft in map(_draft, wanted) if draft.programme)
    _create([fate for fate in wanted if fate.outcome is Outcome.CREATED], stamp, programmes)
    _update([fate for fate in wanted if fate.outcome is Outcome.UPDATED], known, stamp, programmes)


# --- new ones ----------------------------------------------------------------------------------


def _create(fates: Sequence[Fate], stamp: Stamp, programmes: Programmes) -> None:
    if not fates:
        return
    keys = _free_keys([_draft(fate) for fate in fates], stamp.prefix)
    rows = [
        _new_row(_draft(fate), key, stamp, programmes)
        for fate, key in zip(fates, keys, strict=True)
    ]
    insert_rows(rows)
    stamp.keep_history(Initiative, rows, is_new=True)
    pairs = [(_draft(fate), row) for fate, row in zip(fates, rows, strict=True)]
    insert_rows([_record(draft, row.pk, stamp) for draft, row in pairs])
    add_bodies(pairs)


def _new_row(draft: Draft, key: str, stamp: Stamp, programmes: Programmes) -> Initiative:
    row = Initiative(
        key=key,
        programme_id=programmes.id_of(draft.programme),
        source=stamp.source(draft.address),
        licence=stamp.licence,
        is_published=stamp.is_published,
        is_simulated=stamp.is_simulated,
    )
    for name, value in draft.values.items():
        write_input(row, name, value)
    return row


def _record(draft: Draft, initiative_id: int, stamp: Stamp) -> InitiativeRecord:
    return InitiativeRecord(
        source_id=stamp.run.source_id,
        external_id=draft.key,
        initiative_id=initiative_id,
        run_id=stamp.run.pk,
        digest=draft.digest,
        line=draft.line,
    )


def _free_keys(drafts: Sequence[Draft], prefix: str) -> list[str]:
    """Return a key for each new initiative that none has: source and number."""
    wanted = [slugify(f"{prefix}-{draft.key.replace(':', '-')}")[:_KEY] for draft in drafts]
    rows = Initiative.objects.filter(key__in=wanted).order_by("pk")
    taken = set(rows.values_list("key", flat=True))
    keys = []
    for stem in wanted:
        key = stem if stem not in taken else _numbered(stem, taken)
        taken.add(key)
        keys.append(key)
    return keys


def _numbered(stem: str, taken: Iterable[str]) -> str:
    rows = Initiative.objects.filter(key__startswith=f"{stem}-").order_by("pk")
    every = {*taken, *rows.values_list("key", flat=True)}
    numbered = (f"{stem}-{n}" for n in range(2, len(every) + 3))
    return next(key for key in numbered if key not in every)


# --- known ones --------------------------------------------------------------------------------


def _update(fates: Sequence[Fate], known: Known, stamp: Stamp, programmes: Programmes) -> None:
    if not fates:
        return
    records = [known.records[_draft(fate).key] for fate in fates]
    # A person may save one of these at this moment.
    rows = Initiative.objects.select_for_update(of=("self",)).in_bulk(
        [record.initiative_id for record in records]
    )
    pairs = [
        (fate, rows[record.initiative_id]) for fate, record in zip(fates, records, strict=True)
    ]
    said: list[Said] = []
    changed = {row.pk: row for fate, row in pairs if _apply(fate, row, stamp, programmes, said)}
    _save(list(changed.values()), stamp)
    propose(said, stamp.run)
    kept = change_bodies([(_draft(fate), row) for fate, row in pairs])
    for fate, row in pairs:
        if row.pk in kept:
            fate.notes.append(Note("project.partners_kept", {"name": row.acronym}))
    _save_records([_draft(fate) for fate in fates], records, stamp)


def _apply(
    fate: Fate, row: Initiative, stamp: Stamp, programmes: Programmes, said: list[Said]
) -> bool:
    """Write what the source says into the row, but not over people."""
    draft = _draft(fate)
    values: dict[str, Any] = {**draft.values}
    if draft.programme is not None:
        values["programme_id"] = programmes.id_of(draft.programme)
    n_changed = 0
    for name, value in values.items():
        if read_input(row, name) == value:
            continue
        field_name = name.removesuffix("_id")
        if is_set_by_person(field_name, row.edited_fields):
            said.append(Said(row, field_name, value))
            fate.notes.append(Note("organisation.proposed", {"column": field_name}))
            continue
        write_input(row, name, value)
        if name in _PRECISE:
            setattr(row, _PRECISE[name], Initiative.Precision.DAY)
        n_changed += 1
    if n_changed and "source" not in row.edited_fields:
        row.source = stamp.source(draft.address)
    return n_changed > 0


def is_set_by_person(name: str, edited: Sequence[str]) -> bool:
    """Say whether a person set a field: a text in one language leaves the others to the source."""
    if name in edited:
        return True
    base = name.rpartition("_")[0]
    if base not in TRANSLATED or base not in edited:
        return False
    return not any(one.startswith(f"{base}_") for one in edited)


def _save(rows: Sequence[Initiative], stamp: Stamp) -> None:
    """Write changed rows in one statement: an insert that meets them and updates instead."""
    if not rows:
        return
    for row in rows:
        row.changed_at = stamp.now
    Initiative.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=_UPDATED,
        batch_size=200,
    )
    stamp.keep_history(Initiative, rows, is_new=False)


def _save_records(
    drafts: Sequence[Draft], records: Sequence[InitiativeRecord], stamp: Stamp
) -> None:
    for draft, record in zip(drafts, records, strict=True):
        record.run_id, record.digest, record.line = stamp.run.pk, draft.digest, draft.line
        record.gone_since = None
    InitiativeRecord.objects.bulk_update(
        records, ["run", "digest", "line", "gone_since"], batch_size=200
    )


def _draft(fate: Fate) -> Draft:
    if fate.draft is None:
        raise ValueError("a rejected row is not stored")
    return fate.draft


# --- Records that a source no longer lists: marked with the day, never deleted --------------------


_SLICE: Final = 1_000


def mark_vanished(
    source_id: int,
    listed: Iterable[str],
    programmes: Iterable[tuple[str, str]],
    *,
    countries: Collection[str] = (),
    today: date,
) -> int:
    """Mark the records of some programmes that a whole list of them does not hold.

    Parameters
    ----------
    source_id : int
    listed : iterable of str
        Keys of all projects in the list, also of those a filter left out.
    programmes : iterable of (name, period)
        That the list holds in full.
    countries : collection of str
        Of a list that holds them for some countries only; all countries if empty.
    today : date

    Returns
    -------
    int
        How many are marked now.
    """
    asked = Q(pk__in=[])
    for name, period in programmes:
        asked |= Q(initiative__programme__name=name, initiative__programme__period=period)
    rows = InitiativeRecord.objects.filter(asked, source=source_id, gone_since=None)
    if countries:
        rows = rows.filter(initiative__countries__in=countries)
    stored = dict(rows.order_by().values_list("external_id", "pk"))
    for key in listed:
        stored.pop(key, None)
    gone = sorted(stored.values())
    for start in range(0, len(gone), _SLICE):
        some = InitiativeRecord.objects.filter(pk__in=gone[start : start + _SLICE])
        some.update(gone_since=today)
    return len(gone)
