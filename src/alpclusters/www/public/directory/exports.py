"""A search to take away: CSV, XLSX, JSON and GeoJSON; what is new in it as an Atom feed."""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import IO, Any, Final

from django.db.models import Model
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.directory.queries import DirectoryQuery, Order
from alpclusters.platform.actors.domain.directory.searching import matching_ids
from alpclusters.platform.actors.domain.directory.texts import Ids
from alpclusters.platform.actors.models import (
    ClusterLabel,
    ClusterOrganisation,
    IndexedOrganisation,
    Organisation,
)
from alpclusters.platform.fields import fields_of
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.characters import clean_text
from alpclusters.www.public.directory.filters import address, list_address
from alpclusters.www.public.directory.hits import organisation_url, place_of
from alpclusters.www.site.organisation_links import logo_of

# --- The organisations of a search as plain rows, batch by batch, with source and licence ---------


BATCH: Final = 500
_FIRST: Final = (
    "id", "name", "short_name", "type", "is_cluster_organisation", "country", "country_name",
    "nuts_code", "region", "town", "postcode", "website", "summary", "sectors_nace_rev2",
    "ecosystem", "technologies", "labels", "target_markets", "standing", "is_simulated",
    "confirmed_on", "completeness", "changed_on", "source", "licence", "page", "logo", "longitude",
    "latitude", "exported_on",
)  # fmt: skip
# Columns of ours that stand there under another name.
_RENAMED: Final = frozenset({"region", "sectors", "status"})


def _further(model: type[Model]) -> tuple[str, ...]:
    exported = fields_of(model, lambda one: one.exported)
    return tuple(one.name for one in exported if one.name not in _RENAMED.union(_FIRST))


_OF_ORGANISATION: Final = _further(Organisation)
_OF_PROFILE: Final = _further(ClusterOrganisation)
COLUMNS: Final = (*_FIRST, *_OF_ORGANISATION, *_OF_PROFILE)

type Record = dict[str, Any]


def records(ids: Ids, *, base: str, today: date) -> Iterator[Record]:
    """Read organisations in the given order; ``base`` is the address of the site."""
    for start in range(0, len(ids), BATCH):
        part = [int(pk) for pk in ids[start : start + BATCH]]
        rows = Organisation.objects.select_related("cluster", "region").in_bulk(part)
        labels = _labels(part)
        for pk in part:
            if pk in rows:
                yield _record(rows[pk], labels.get(pk, []), base=base, today=today)


def _record(row: Organisation, labels: list[str], *, base: str, today: date) -> Record:
    cluster = getattr(row, "cluster", None)
    return {
        "id": row.pk,
        "name": row.name,
        "short_name": row.short_name,
        "type": row.type,
        "is_cluster_organisation": cluster is not None,
        "country": row.country,
        "country_name": country_name(row.country, get_language()) if row.country else "",
        "nuts_code": row.region.code if row.region else "",
        "region": row.region.name if row.region else "",
        "town": row.town,
        "postcode": row.postcode,
        "website": row.website,
        **_profile(cluster),
        "labels": labels,
        "standing": row.status,
        "is_simulated": row.is_simulated,
        "changed_on": row.changed_at.date().isoformat(),
        "source": row.source,
        "licence": row.licence,
        "page": base + organisation_url(row),
        "logo": _logo(cluster, base),
        "longitude": row.longitude,
        "latitude": row.latitude,
        "exported_on": today.isoformat(),
        **{name: _plain(getattr(row, name)) for name in _OF_ORGANISATION},
        **{name: _plain(getattr(cluster, name, "")) for name in _OF_PROFILE},
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _logo(cluster: Any, base: str) -> str:
    logo = logo_of(cluster) if cluster else None
    return base + logo.url if logo else ""


def _profile(cluster: Any) -> Record:
    confirmed = cluster.confirmed_on if cluster else None
    return {
        "summary": (cluster.summary or "") if cluster else "",
        "sectors_nace_rev2": list(cluster.sectors) if cluster else [],
        "ecosystem": cluster.ecosystem if cluster else "",
        "technologies": list(cluster.technologies) if cluster else [],
        "target_markets": _markets(cluster.target_markets) if cluster else [],
        "confirmed_on": confirmed.isoformat() if confirmed else "",
        "completeness": cluster.completeness if cluster else None,
    }


def _markets(rows: list[Any]) -> list[str]:
    return [str(row.get("country", "")) if isinstance(row, dict) else str(row) for row in rows]


def _labels(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for label in ClusterLabel.objects.filter(cluster__organisation__in=ids).select_related(
        "cluster"
    ):
        until = f" until {label.valid_to.isoformat()}" if label.valid_to else ""
        text = f"{label.scheme} {label.level}{until}"
        found.setdefault(label.cluster.organisation_id, []).append(text)
    return found


def about(*, n: int, address: str, today: date) -> Record:
    """Say what an export holds, from where, and what may be done with it."""
    return {
        "title": "AlpClusters: directory of organisations",
        "search": address,
        "organisations": n,
        "exported_on": today.isoformat(),
        "licence": (
            "Each record names its source and licence. Where it names none, the organisation "
            "gave its own facts for public use; name AlpClusters and the date."
        ),
        "standing": "unverified: from a public list, nobody has confirmed it yet",
        "simulated": "is_simulated: invented for demonstration or tests",
        "codes": "regions: NUTS; sectors: NACE Rev. 2; countries: ISO 3166-1",
    }


# --- A search to take away: CSV, XLSX, JSON and GeoJSON -------------------------------------------


# A workbook is written as a whole: this many rows are what a small server makes in seconds.
MOST_SHEET_ROWS: Final = 20_000
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
MEMORY: Final = 4_000_000
PIECE: Final = 65_536
_NOT_IN_PROPERTIES: Final = frozenset({"longitude", "latitude"})
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": _XLSX,
    "json": "application/json; charset=utf-8",
    "geojson": "application/geo+json; charset=utf-8",
}

type Chunks = Iterator[bytes]


def chunks(kind: str, records: Iterable[Record], about: Record) -> Chunks:
    """Write records as one of the kinds, in pieces of some size."""
    gathered = bytearray()
    for part in _WRITERS[kind](records, about):
        gathered += part
        if len(gathered) >= PIECE:
            yield bytes(gathered)
            gathered.clear()
    yield bytes(gathered)


def _csv(records: Iterable[Record], about: Record) -> Chunks:  # noqa: ARG001 - a table holds rows alone
    """Write rows for programs and spreadsheets: what would be a formula gets an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    out.write("\ufeff")
    writer.writerow(COLUMNS)
    yield _taken(out)
    for record in records:
        writer.writerow([guarded(record[name]) for name in COLUMNS])
        yield _taken(out)


def _taken(out: io.StringIO) -> bytes:
    text = out.getvalue()
    out.seek(0)
    out.truncate()
    return text.encode()


def guarded(value: Any) -> str:
    """Write a value as text that no spreadsheet computes."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    text = clean_text("; ".join(value) if isinstance(value, list) else str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _json(records: Iterable[Record], about: Record) -> Chunks:
    yield f'{{"about": {_dumped(about)},\n"organisations": ['.encode()
    yield from _listed(_dumped(record) for record in records)
    yield b"\n]}\n"


def _geojson(records: Iterable[Record], about: Record) -> Chunks:
    note = "geometry is null where no coordinates are known (WGS 84, longitude first)"
    head = _dumped({**about, "geometry": note})
    yield f'{{"type": "FeatureCollection", "about": {head},\n"features": ['.encode()
    yield from _listed(_dumped(_feature(record)) for record in records)
    yield b"\n]}\n"


def _feature(record: Record) -> Record:
    place = [record["longitude"], record["latitude"]]
    point = {"type": "Point", "coordinates": place} if None not in place else None
    properties = {name: record[name] for name in COLUMNS if name not in _NOT_IN_PROPERTIES}
    return {"type": "Feature", "id": record["id"], "geometry": point, "properties": properties}


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _listed(texts: Iterable[str]) -> Chunks:
    for number, text in enumerate(texts):
        yield f"{',' if number else ''}\n{text}".encode()


def _xlsx(records: Iterable[Record], about: Record) -> Chunks:
    """Write a workbook on disk, row by row; its second sheet says what it is."""
    with tempfile.SpooledTemporaryFile(max_size=MEMORY) as file:
        _write_workbook(file, records, about)
        file.seek(0)
        while part := file.read(PIECE):
            yield part


def _write_workbook(file: IO[bytes], records: Iterable[Record], about: Record) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(file, {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
        "strings_to_numbers": False,
    })  # fmt: skip
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet("organisations")
    sheet.freeze_panes(1, 2)
    sheet.set_column(1, 1, 45)
    sheet.write_row(0, 0, COLUMNS, bold)
    n_written = 0
    for record in records:
        if n_written == MOST_SHEET_ROWS:
            break
        n_written += 1
        _write_row(sheet, n_written, record)
    _write_about(book, {**about, "rows_in_this_file": n_written})
    book.close()


def _write_row(sheet: Any, line: int, record: Record) -> None:
    for column, name in enumerate(COLUMNS):
        value = record[name]
        if isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(line, column, value)
        elif value not in (None, "", []):
            text = clean_text("; ".join(value) if isinstance(value, list) else str(value))
            sheet.write_string(line, column, text[:32_767])


def _write_about(book: Any, about: Record) -> None:
    sheet = book.add_worksheet("about")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    for line, (name, value) in enumerate(about.items()):
        sheet.write_string(line, 0, name)
        sheet.write_string(line, 1, str(value))


_WRITERS: Final[dict[str, Callable[[Iterable[Record], Record], Chunks]]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "json": _json,
    "geojson": _geojson,
}


# --- New and changed profiles of a search as an Atom feed -----------------------------------------


MOST: Final = 50
# What was made and filled within this time is new, not changed.
NEW: Final = timedelta(days=1)


def feed_of(query: DirectoryQuery, *, base: str) -> bytes:
    """Write the last changes among the hits of a search."""
    ids = [int(pk) for pk in matching_ids(replace(query, order=Order.CHANGED))[:MOST]]
    rows = Organisation.objects.select_related("cluster", "region").in_bulk(ids)
    changed = dict(
        IndexedOrganisation.objects.filter(pk__in=ids).values_list("organisation_id", "changed")
    )
    feed = Atom1Feed(
        title=_title(query),
        link=base + list_address(query),
        feed_url=base + address("public:directory-feed", query),
        description=_("New and changed profiles of the directory"),
        language=get_language(),
    )
    for pk in ids:
        if pk in rows:
            _add(feed, rows[pk], datetime.fromtimestamp(changed[pk], UTC), base=base)
    text: str = feed.writeString("utf-8")
    return text.encode()


def _title(query: DirectoryQuery) -> str:
    name = _("AlpClusters: cluster organisations")
    return clean_text(f"{name}: {query.text}") if query.text else name


def _add(feed: Atom1Feed, row: Organisation, changed: datetime, *, base: str) -> None:
    is_new = changed - row.created_at < NEW
    word = _("new in the directory") if is_new else _("changed")
    notes = [word, place_of(row), _("simulated") if row.is_simulated else ""]
    feed.add_item(
        title=clean_text(row.name),
        link=base + organisation_url(row),
        description=clean_text(", ".join(filter(None, notes))),
        unique_id=f"{base}/organisations/{row.pk}",
        updateddate=changed,
        pubdate=row.created_at,
        categories=["new" if is_new else "changed"],
    )
