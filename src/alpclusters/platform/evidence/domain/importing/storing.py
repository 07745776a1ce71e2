"""Look up what is known of the projects of a chunk, and store what they say, with history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.text import slugify

from alpclusters.platform.actors.domain.importing.inserting import insert_rows
from alpclusters.platform.actors.domain.importing.outcomes import Outcome
from alpclusters.platform.evidence.domain.importing.drafts import Draft
from alpclusters.platform.evidence.domain.importing.outcomes import Fate
from alpclusters.platform.evidence.domain.importing.participants import add_bodies, change_bodies
from alpclusters.platform.evidence.domain.importing.programmes import Programmes
from alpclusters.platform.evidence.domain.importing.proposals import Said, propose
from alpclusters.platform.evidence.domain.importing.stamps import Stamp
from alpclusters.platform.evidence.domain.initiatives.fields import TRANSLATED
from alpclusters.platform.evidence.models import Initiative, InitiativeRecord
from alpclusters.platform.languages.text import read_input, write_input
from alpclusters.sources.records import Note

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
