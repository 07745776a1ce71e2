"""What a row of a list would store: values of our models, made before anything is looked up."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.db.models import Model

from alpclusters.analysis.errors import RecordError, Where, shown
from alpclusters.platform.actors.domain.importing import words
from alpclusters.platform.actors.domain.importing.fields import columns_in_lists
from alpclusters.platform.actors.domain.importing.places import Gazetteer
from alpclusters.platform.actors.domain.sectors import parse_sector
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, OrganisationType
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.inputs import input_name
from alpclusters.sources.organisation_records import OrganisationRecord, id_from_name
from alpclusters.sources.organisation_tables import TableOrganisation, listed
from alpclusters.sources.records import Note

CLUSTER: Final = OrganisationType.CLUSTER_ORGANISATION.value
MAX_SECTORS: Final = 5
MAX_ID: Final = 120
MAX_STAFF: Final = 9_999
# Columns whose cells mean something by lists of words, regions or codes, or are checked further.
_OWN: Final = frozenset({"name", "type", "helix", "country", "region", "summary", "ecosystem"}) | {
    "sectors",
    "staff_fte",
}
_IDENTIFIERS: Final = ("pic", "vat", "national", "ror", "isni", "gln", "eccp")


def _plain(model: type[Model]) -> dict[str, int | None]:
    columns = columns_in_lists(model)
    return {one.name: one.max_length for one in columns if one.name not in _OWN}


# What a list says as it is to be stored, with the most letters of texts.
_OF_ORGANISATION: Final = _plain(Organisation)
_OF_PROFILE: Final = _plain(ClusterOrganisation)
_SUMMARY: Final = length_of(ClusterOrganisation, "summary")
_SECTOR_TEXT: Final = length_of(ClusterOrganisation, "sector_text")
_NAME: Final = length_of(Organisation, "name")
_ONLY_OF_PROFILES: Final = (*_OF_PROFILE, "staff_fte", "sectors", "summary", "label")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a person chose for a whole list.

    Attributes
    ----------
    type : str
        For rows whose type is not said.
    text_language : str
        In which the descriptions are.
    is_listed : bool
        Whether the bodies are shown in the public directory. Part of the digest, so that a list
        that is published later lists its bodies; one that no longer is takes none away.
    is_simulated : bool
        Whether all bodies of the list are invented.
    """

    type: str = ""
    text_language: str = "en"
    is_listed: bool = False
    is_simulated: bool = False


@dataclass(slots=True)
class Draft:
    """One row of a list in the words of our models.

    Attributes
    ----------
    line : int
    key : str
        Finds the body again within its source.
    name : str
    values : dict
        Fields of `Organisation`.
    profile : dict or None
        Fields of `ClusterOrganisation`; None for other bodies.
    label : str
        Level of its label.
    identifiers : tuple of (scheme, issuer, value)
    aliases : tuple of str
    cells : tuple of str
    notes : list of Note
    n_rows : int
        Rows of the file that list this body, of which this one stands.
    digest : str
        Of everything that is stored.
    is_simulated : bool
        Said of the whole list or in a column of its own.
    """

    line: int
    key: str
    name: str
    values: dict[str, Any]
    cells: tuple[str, ...]
    profile: dict[str, Any] | None = None
    label: str = ""
    identifiers: tuple[tuple[str, str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)
    n_rows: int = 1
    digest: str = ""
    is_simulated: bool = False

    def seal(self) -> None:
        """Compute the digest."""
        content = (
            sorted(self.values.items()),
            None if self.profile is None else sorted(self.profile.items()),
            self.label,
            self.identifiers,
            self.aliases,
        )
        self.digest = hashlib.blake2b(repr(content).encode(), digest_size=32).hexdigest()


def draft_of(
    thing: TableOrganisation | OrganisationRecord, gazetteer: Gazetteer, defaults: Defaults
) -> Draft:
    """Turn a record of a source into a draft.

    Raises
    ------
    RecordError
        Its name or id is longer than what can be kept.
    """
    if isinstance(thing, TableOrganisation):
        draft = _from_table(thing, gazetteer, defaults)
    else:
        draft = _from_record(thing, gazetteer, defaults)
    _check_lengths(draft)
    if defaults.is_listed:
        draft.values["is_listed"] = True
    draft.is_simulated |= defaults.is_simulated
    draft.seal()
    return draft


def key_of(external_id: str, name: str, country: str, town: str) -> str:
    """Return the key of a row: its own id, else one made from name, country and town."""
    return external_id or f"name:{id_from_name(name, country, town)}"


# --- tables of people's own --------------------------------------------------------------------


def _from_table(one: TableOrganisation, gazetteer: Gazetteer, defaults: Defaults) -> Draft:
    given, notes = one.values, list(one.notes)
    draft = Draft(one.line, "", one.name, {"name": one.name}, one.cells, notes=notes)
    country = _place(draft, str(given.get("region", "")), one.country, gazetteer)
    draft.values |= _plain_values(draft, given, _OF_ORGANISATION)
    _kind(draft, given, defaults)
    town = str(draft.values.get("town", ""))
    draft.key = key_of(one.external_id, one.name, country, town)
    draft.identifiers = _identifiers(given, country)
    draft.is_simulated = bool(given.get("is_simulated"))
    if draft.values.get("type") == CLUSTER:
        _profile(draft, given, defaults)
    elif any(name in given for name in _ONLY_OF_PROFILES):
        notes.append(Note("organisation.no_profile"))
    return draft


def _plain_values(
    draft: Draft, given: Mapping[str, Any], lengths: Mapping[str, int | None]
) -> dict[str, Any]:
    """Return what is said as it is; a text that is too long is left out with a note."""
    found = {}
    for name, most in lengths.items():
        value = given.get(name)
        if value is None or value == "":
            continue
        if most is not None and len(value) > most:
            draft.notes.append(_too_long(name, value, most))
        else:
            found[name] = value
    return found


def _kind(draft: Draft, given: Mapping[str, Any], defaults: Defaults) -> None:
    found = _known(draft, given, "type", words.type_of)
    kind = found if found and found != "unknown" else defaults.type or found
    if kind:
        draft.values["type"] = kind
    helix = _known(draft, given, "helix", words.helix_of) or words.HELIX_OF.get(kind, "")
    if helix:
        draft.values["helix"] = helix


def _known(
    draft: Draft, given: Mapping[str, Any], name: str, find: Callable[[str], str | None]
) -> str:
    text = str(given.get(name, ""))
    if not text:
        return ""
    key = find(text)
    if key is None:
        draft.notes.append(
            Note("organisation.unknown_word", {"column": name, "given": shown(text)})
        )
    return key or ""


def _profile(draft: Draft, given: Mapping[str, Any], defaults: Defaults) -> None:
    profile = _plain_values(draft, given, _OF_PROFILE)
    if "staff_fte" in given:
        _staff(draft, profile, float(given["staff_fte"]))
    summary = str(given.get("summary", ""))
    if len(summary) > _SUMMARY:
        draft.notes.append(_too_long("summary", summary, _SUMMARY))
    elif summary:
        profile[input_name("summary", defaults.text_language)] = summary
    ecosystem = _known(draft, given, "ecosystem", words.ecosystem_of)
    if ecosystem:
        profile["ecosystem"] = ecosystem
    _sectors(draft, profile, str(given.get("sectors", "")))
    draft.label = _known(draft, given, "label", words.level_of)
    draft.profile = profile


def _staff(draft: Draft, profile: dict[str, Any], staff: float) -> None:
    if 0 <= staff <= MAX_STAFF:
        profile["staff_fte"] = Decimal(str(round(staff, 2)))
    else:
        values = {"column": "staff_fte", "given": str(staff)}
        draft.notes.append(Note("organisation.left_out", values))


def _sectors(draft: Draft, profile: dict[str, Any], text: str) -> None:
    """Keep up to five codes; words stay words, because a code is never guessed from them."""
    parts = listed(text)
    codes = list(dict.fromkeys(filter(None, map(parse_sector, parts))))
    rest = [part for part in parts if parse_sector(part) is None]
    if codes:
        profile["sectors"] = codes[:MAX_SECTORS]
    if len(codes) > MAX_SECTORS:
        values = {"column": "sectors", "given": shown(", ".join(codes[MAX_SECTORS:]))}
        draft.notes.append(Note("organisation.left_out", values))
    written = ", ".join(rest)
    if len(written) > _SECTOR_TEXT:
        draft.notes.append(_too_long("sectors", written, _SECTOR_TEXT))
    elif written:
        profile["sector_text"] = written


def _identifiers(given: Mapping[str, Any], country: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (scheme, country if scheme == "national" else "", str(given[scheme])[:MAX_ID])
        for scheme in _IDENTIFIERS
        if given.get(scheme)
    )


# --- keep.eu, CORDIS, Kohesio ------------------------------------------------------------------


def _from_record(one: OrganisationRecord, gazetteer: Gazetteer, defaults: Defaults) -> Draft:
    values: dict[str, Any] = {"name": one.name}
    cells = (one.external_id, one.name, one.country, one.postcode, one.town)
    draft = Draft(one.line, one.external_id, one.name, values, cells, notes=list(one.notes))
    draft.n_rows = one.mentions
    country = _place(draft, one.nuts, one.country, gazetteer)
    told = {name: getattr(one, name, None) for name in _OF_ORGANISATION}
    values |= _plain_values(draft, told, _OF_ORGANISATION)
    kind = one.type if one.type != "unknown" else defaults.type
    if kind:
        values["type"] = kind
    helix = one.helix if one.helix != "unknown" else words.HELIX_OF.get(kind, "")
    if helix:
        values["helix"] = helix
    draft.identifiers = _identifiers(one.identifiers, country)
    draft.aliases = tuple(name for name in one.other_names if len(name) <= _NAME)
    draft.profile = {} if kind == CLUSTER else None
    return draft


# --- both --------------------------------------------------------------------------------------


def _place(draft: Draft, region: str, country: str, gazetteer: Gazetteer) -> str:
    """Record region and country; return the country, which the region may have told."""
    found = country
    if region:
        place = gazetteer.find(region, country)
        draft.notes += place.notes
        found = country or place.country
        if place.region_id or place.given_code:
            draft.values |= {
                "region_id": place.region_id,
                "region_is_proposed": place.is_proposed,
                "given_code": place.given_code,
                "recoding_note": place.recoding_note,
            }
    if found:
        draft.values["country"] = found
    else:
        draft.notes.append(Note("organisation.no_country"))
    return found


def _check_lengths(draft: Draft) -> None:
    for name, text, most in (
        ("name", draft.name, _NAME),
        ("external_id", draft.key, MAX_ID),
    ):
        if len(text) > most:
            where = Where(line=draft.line, field=name)
            raise RecordError("organisation.too_long", where=where, found=text, expected=str(most))


def _too_long(name: str, text: str, most: int) -> Note:
    values: dict[str, str | int] = {"column": name, "given": shown(text), "most": most}
    return Note("organisation.too_long", values)
