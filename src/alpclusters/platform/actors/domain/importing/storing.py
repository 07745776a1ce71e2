"""Look up what is known of the rows of a chunk, and store what they say, with history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.platform.actors.domain.importing.drafts import Draft
from alpclusters.platform.actors.domain.importing.profiles import store_profiles
from alpclusters.platform.actors.domain.importing.reports import Fate, Outcome
from alpclusters.platform.actors.domain.importing.stamps import Stamp, insert_rows
from alpclusters.platform.actors.models import (
    Alias,
    FieldProposal,
    Identifier,
    ImportRun,
    Organisation,
    Provenance,
)
from alpclusters.platform.territory.models import Region
from alpclusters.sources.records import Note

# --- What a list says about fields that a person set: kept beside them until somebody decides -----


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says about one field of a body."""

    body: Organisation
    name: str
    value: Any


def propose(said: Sequence[Said], run: ImportRun) -> None:
    """Keep what a list says; what was refused once is not proposed again."""
    if not said:
        return
    bodies = {one.body.pk for one in said}
    rows = FieldProposal.objects.filter(organisation__in=bodies).order_by("pk")
    known = {(row.organisation_id, row.field): row for row in rows}
    for one in said:
        name, value = one.name.removesuffix("_id"), _text(one)
        row = known.get((one.body.pk, name)) or FieldProposal(organisation=one.body, field=name)
        if row.pk and row.value == value and row.state != FieldProposal.State.TAKEN:
            continue
        row.run, row.value, row.state = run, value, FieldProposal.State.PROPOSED
        row.decided_by = row.decided_at = None
        row.save()


def _text(one: Said) -> str:
    if one.name == "region_id":
        region = Region.objects.filter(pk=one.value).first()
        return region.code if region else ""
    return "" if one.value is None else str(one.value)[:300]


# --- Look up what is known of the rows of a chunk, and store what they say, with history ----------


# Numbers that belong to one body alone; VAT numbers and registers may be shared by parts of one.
UNIQUE_SCHEMES: Final = ("pic", "ror", "eccp")
PLACE: Final = ("region_id", "region_is_proposed", "given_code", "recoding_note")
_KEPT: Final = frozenset({"id", "created_at", "edited_fields"})
_UPDATED: Final = [f.name for f in Organisation._meta.concrete_fields if f.name not in _KEPT]
_NOTHING: Final = (None, "", "unknown", False)


@dataclass(slots=True)
class Known:
    """What the database holds for the keys of a chunk.

    Attributes
    ----------
    digests : dict of str to str
        Of the rows as they were taken.
    bodies : dict of str to int
        Organisations by key: of this source, or matched by a number of their own.
    matched : set of str
        Keys of the latter.
    """

    digests: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, int] = field(default_factory=dict)
    matched: set[str] = field(default_factory=set)


def look_up(source_id: int, drafts: Sequence[Draft]) -> Known:
    """Find the bodies of a chunk: by their id in this source, else by a number of their own."""
    keys = [draft.key for draft in drafts]
    known = Known()
    rows = Provenance.objects.filter(source=source_id, external_id__in=keys).order_by("pk")
    for key, digest, body, merged in rows.values_list(
        "external_id", "digest", "organisation", "organisation__merged_into"
    ):
        known.digests[key], known.bodies[key] = digest, merged or body
    _match(source_id, [draft for draft in drafts if draft.key not in known.bodies], known)
    return known


def _match(source_id: int, drafts: Sequence[Draft], known: Known) -> None:
    """Match new rows by PIC or platform id to bodies of which this source has no row yet.

    A row about an invented body is never matched to a real one, nor the other way round.
    """
    asked = {
        (scheme, value, draft.is_simulated): draft.key
        for draft in drafts
        for scheme, _, value in draft.identifiers
        if scheme in UNIQUE_SCHEMES
    }
    if not asked:
        return
    rows = (
        Identifier.objects.filter(
            scheme__in=UNIQUE_SCHEMES, value__in={value for _, value, _ in asked}
        )
        .exclude(organisation__provenance__source=source_id)
        .order_by("pk")
        .values_list(
            "scheme",
            "value",
            "organisation__is_simulated",
            "organisation",
            "organisation__merged_into",
        )
    )
    taken = set(known.bodies.values())
    for scheme, value, is_simulated, body, merged in rows:
        key, found = asked.get((scheme, value, is_simulated)), merged or body
        if key and key not in known.bodies and found not in taken:
            known.bodies[key] = found
            known.matched.add(key)
            taken.add(found)


def sort_out(drafts: Sequence[Draft], known: Known) -> list[Fate]:
    """Say what becomes of each row; nothing is stored."""
    return [_fate(draft, known) for draft in drafts]


def _fate(draft: Draft, known: Known) -> Fate:
    outcome = Outcome.UPDATED
    if draft.key not in known.bodies:
        outcome = Outcome.CREATED
    elif known.digests.get(draft.key) == draft.digest:
        outcome = Outcome.UNCHANGED
    notes = list(draft.notes)
    if draft.key in known.matched:
        notes.append(Note("organisation.matched", {"name": draft.name}))
    return Fate(outcome, draft, notes=notes, n_rows=draft.n_rows)


def store(fates: Sequence[Fate], known: Known, stamp: Stamp) -> None:
    """Store a chunk; the caller holds the transaction. Adds notes on what could not be stored."""
    created = [fate for fate in fates if fate.outcome is Outcome.CREATED]
    updated = [fate for fate in fates if fate.outcome is Outcome.UPDATED]
    bodies = _create(created, stamp)
    changed = _update(updated, known, stamp)
    both = [*zip(created, bodies, strict=True), *changed]
    if both:
        _store_provenance(both, known, stamp)
        _store_identifiers(both, stamp)
        _store_aliases(both, stamp)
        store_profiles([(fate, body) for fate, body in both if _has_profile(fate)], stamp)


def _has_profile(fate: Fate) -> bool:
    return fate.draft is not None and fate.draft.profile is not None


def _create(fates: Sequence[Fate], stamp: Stamp) -> list[Organisation]:
    if not fates:
        return []
    rows = [
        Organisation(
            **_draft(fate).values,
            source=stamp.attribution,
            licence=stamp.licence,
            is_simulated=_draft(fate).is_simulated,
        )
        for fate in fates
    ]
    insert_rows(rows)
    stamp.keep_history(Organisation, rows, is_new=True)
    return rows


def _update(fates: Sequence[Fate], known: Known, stamp: Stamp) -> list[tuple[Fate, Organisation]]:
    if not fates:
        return []
    ids = [known.bodies[_draft(fate).key] for fate in fates]
    # A person may save one of these bodies at this moment.
    rows = Organisation.objects.select_for_update(of=("self",)).in_bulk(ids)
    pairs = [(fate, rows[pk]) for fate, pk in zip(fates, ids, strict=True)]
    said: list[Said] = []
    changed = [body for fate, body in pairs if _apply(fate, body, stamp, said)]
    _save(list({body.pk: body for body in changed}.values()), stamp)
    propose(said, stamp.run)
    return pairs


def _save(rows: Sequence[Organisation], stamp: Stamp) -> None:
    """Write changed rows in one statement: an insert that meets them and updates instead."""
    if not rows:
        return
    Organisation.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=_UPDATED
    )
    stamp.keep_history(Organisation, rows, is_new=False)


def _apply(fate: Fate, body: Organisation, stamp: Stamp, said: list[Said]) -> bool:
    """Write what the row says into the body, but not over people or other lists."""
    draft, edited = _draft(fate), set(body.edited_fields)
    is_own = body.source == stamp.attribution
    before = {name: getattr(body, name) for name in draft.values}
    for name, value in draft.values.items():
        field_name = "region" if name in PLACE else name
        if getattr(body, name) == value:
            continue
        if field_name in edited:
            if name not in PLACE[1:]:
                said.append(Said(body, name, value))
                fate.notes.append(Note("organisation.proposed", {"column": field_name}))
        elif is_own or _is_open(body, name):
            setattr(body, name, value)
        elif name not in PLACE[1:]:
            fate.notes.append(Note("organisation.kept", {"column": field_name}))
    return any(getattr(body, name) != value for name, value in before.items())


def _is_open(body: Organisation, name: str) -> bool:
    if name in PLACE:
        return body.region_id is None and not body.given_code
    return getattr(body, name) in _NOTHING


# --- rows beside the organisation --------------------------------------------------------------


def _store_provenance(
    both: Iterable[tuple[Fate, Organisation]], known: Known, stamp: Stamp
) -> None:
    new: list[Provenance] = []
    old: list[Provenance] = []
    for fate, body in both:
        draft = _draft(fate)
        row = Provenance(
            source_id=stamp.run.source_id,
            external_id=draft.key,
            organisation_id=body.pk,
            run_id=stamp.run.pk,
            digest=draft.digest,
            line=draft.line,
        )
        (old if draft.key in known.digests else new).append(row)
    insert_rows(new)
    Provenance.objects.bulk_create(
        old,
        update_conflicts=True,
        unique_fields=["source", "external_id"],
        update_fields=["organisation", "run", "digest", "line"],
    )


def _store_identifiers(both: Iterable[tuple[Fate, Organisation]], stamp: Stamp) -> None:
    wanted: dict[tuple[str, str, str], tuple[Fate, Organisation]] = {}
    for fate, body in both:
        for key in _draft(fate).identifiers:
            if wanted.setdefault(key, (fate, body))[1].pk != body.pk:
                fate.notes.append(_taken(key))
    if not wanted:
        return
    there = _holders(wanted)
    for key, (fate, body) in wanted.items():
        if there.get(key, body.pk) != body.pk:
            fate.notes.append(_taken(key))
    new = [
        Identifier(
            organisation=body,
            scheme=scheme,
            issuer=issuer,
            value=value,
            source=stamp.attribution,
            seen_on=stamp.now.date(),
        )
        for (scheme, issuer, value), (_, body) in wanted.items()
        if (scheme, issuer, value) not in there
    ]
    insert_rows(new)


def _holders(wanted: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str, str], int]:
    values = {value for _, _, value in wanted}
    rows = Identifier.objects.filter(value__in=values).order_by("pk")
    columns = ("scheme", "issuer", "value", "organisation")
    return {(s, i, v): body for s, i, v, body in rows.values_list(*columns)}


def _taken(key: tuple[str, str, str]) -> Note:
    return Note("identifier.taken", {"scheme": key[0], "given": key[2]})


def _store_aliases(both: Iterable[tuple[Fate, Organisation]], stamp: Stamp) -> None:
    rows = [
        Alias(
            organisation=body,
            name=name,
            source=stamp.attribution,
            seen_on=stamp.now.date(),
            accepted_by_id=stamp.run.made_by_id,
        )
        for fate, body in both
        for name in _draft(fate).aliases
        if name != body.name
    ]
    if rows:
        Alias.objects.bulk_create(rows, ignore_conflicts=True)


def _draft(fate: Fate) -> Draft:
    if fate.draft is None:
        raise ValueError("a rejected row is not stored")
    return fate.draft
