"""Aids of national catalogues: aides-territoires (France, JSON), incentivi.gov.it (Italy, CSV).

Both are read in the format that their clients and their public source describe; a field that is not
there says nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.csv_tables import load_csv, normalised
from alpclusters.sources.json_items import json_items
from alpclusters.sources.organisation_fields import website_of
from alpclusters.sources.project_values import date_of, plain_text
from alpclusters.sources.records import Licence
from alpclusters.sources.streams import open_text

LICENCES: Final[Mapping[str, Licence]] = {
    "aides-territoires": Licence(
        key="Licence Ouverte 2.0",
        attribution="Aides-territoires",
        address="https://aides-territoires.beta.gouv.fr/",
    ),
    "incentivi": Licence(
        key="IODL 2.0",
        attribution="Incentivi.gov.it",
        address="https://www.incentivi.gov.it/it/open-data",
    ),
}
_LISTS: Final = frozenset(("results",))
_MOST_FILES: Final = 400
# Words of an audience and the kinds of bodies they mean; authorities alone are not for us.
_AUDIENCES: Final = {
    "entreprise": "sme", "association": "other", "recherche": "research", "commune": "public",
    "epci": "public", "département": "public", "région": "public", "collectivité": "public",
    "établissement public": "public",
}  # fmt: skip
_OURS: Final = frozenset(("sme", "other", "research"))


@dataclass(frozen=True, slots=True)
class SourceAid:
    """One aid of a catalogue.

    Attributes
    ----------
    identifier : str
        With it an aid is found again.
    title, language : str
    opens, closes : date or None
    audiences : tuple of str
        Who it is for, as the catalogue writes it; empty is unknown.
    kinds : tuple of str
        Kinds of bodies that these words mean.
    places : tuple of str
        Names, as the catalogue writes them.
    rate_bp, ceiling_ct : int or None
        Only where the field holds one number above 0.
    text : str
        Plain text to look for conditions in.
    financer, address, licence_note : str
    file : str
    line : int
    """

    identifier: str
    title: str
    language: str
    file: str
    line: int
    opens: date | None = None
    closes: date | None = None
    audiences: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    rate_bp: int | None = None
    ceiling_ct: int | None = None
    text: str = ""
    financer: str = ""
    address: str = ""
    licence_note: str = ""


@dataclass(frozen=True, slots=True)
class AidReading:
    """What was read; ``n_not_ours`` aids are for public authorities alone."""

    aids: tuple[SourceAid, ...]
    errors: tuple[RecordError, ...]
    n_not_ours: int
    n_repeats: int


def read_aids(path: Path) -> AidReading:
    """Read pages of aides-territoires: one file, or a folder of at most 400.

    Raises
    ------
    FileFormatError
        Nothing there, or no JSON.
    """
    return _gathered(_french(path), path)


def read_incentives(path: Path) -> AidReading:
    """Read the open data of incentivi.gov.it: one CSV file, or a folder with one.

    Raises
    ------
    FileFormatError
        Nothing there, or no table.
    """
    return _gathered(_italian(path), path)


def _gathered(items: Iterator[SourceAid | RecordError | None], path: Path) -> AidReading:
    aids: dict[str, SourceAid] = {}
    errors: list[RecordError] = []
    n_not_ours = n_repeats = 0
    for item in items:
        if item is None:
            n_not_ours += 1
        elif isinstance(item, RecordError):
            errors.append(item)
        elif item.identifier in aids:
            n_repeats += 1
        else:
            aids[item.identifier] = item
    if not aids and not errors and not n_not_ours:
        raise FileFormatError("sedia.no_results", where=Where(file=path.name))
    return AidReading(tuple(aids.values()), tuple(errors), n_not_ours, n_repeats)


def _files(path: Path, pattern: str) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.glob(pattern) if one.is_file())[:_MOST_FILES]


def _french(path: Path) -> Iterator[SourceAid | RecordError | None]:
    for page in _files(path, "page-*.json"):
        text = open_text(page, name=page.name)
        for line, item in enumerate(json_items(text, lists=_LISTS), start=1):
            yield _aid(item, page.name, line)


def _aid(item: Mapping[str, Any], file: str, line: int) -> SourceAid | RecordError | None:
    identifier, title = _line(item.get("id"))[:100], _line(item.get("name"))[:300]
    if not identifier or not title:
        return _error("sedia.no_identifier", file, line, title)
    opens, closes = _day(item.get("start_date")), _day(item.get("submission_deadline"))
    if opens and closes and closes < opens:
        return _error("sedia.days_reversed", file, line, closes.isoformat())
    audiences = _lines(item.get("targeted_audiences"))
    kinds = _kinds(audiences)
    if item.get("is_live") is False or (kinds and not _OURS & set(kinds)):
        return None
    slug = _line(item.get("slug"))[:200]
    own = f"{LICENCES['aides-territoires'].address}aides/{slug}/" if slug else ""
    parts = (item.get(name) for name in ("eligibility", "subvention_comment", "description"))
    return SourceAid(
        identifier=identifier, title=title, language="fr", file=file, line=line,
        opens=opens, closes=closes, audiences=tuple(audiences), kinds=kinds,
        places=tuple(filter(None, [_line(item.get("perimeter"))])),
        rate_bp=_percent(item.get("subvention_rate_upper_bound")),
        text="\n".join(plain_text(part) for part in parts if isinstance(part, str)),
        financer=", ".join(_lines(item.get("financers")))[:200],
        address=(website_of(_line(item.get("origin_url"))) or own)[:500],
        licence_note=_note(item),
    )  # fmt: skip


def _italian(path: Path) -> Iterator[SourceAid | RecordError | None]:
    for file in _files(path, "*.csv"):
        table = load_csv(file, source="incentivi", guess_western=True)
        heads = [normalised(head) for head in table.header]
        for line, row in enumerate(zip(*table.columns, strict=True), start=2):
            yield _incentive(dict(zip(heads, row, strict=True)), file.name, line)


def _incentive(row: Mapping[str, str], file: str, line: int) -> SourceAid | RecordError:
    title, address = _line(row.get("titolo"))[:300], _line(row.get("link-istituzionale"))
    identifier = _line(row.get("id-incentivo") or row.get("id") or address or title)[:100]
    if not title:
        return _error("sedia.no_identifier", file, line, identifier)
    opens, closes = _day(row.get("data-apertura")), _day(row.get("data-chiusura"))
    if opens and closes and closes < opens:
        return _error("sedia.days_reversed", file, line, closes.isoformat())
    said = ("descrizione", "obiettivo-finalita", "tipologia-soggetto", "note-di-apertura-chiusura")
    return SourceAid(
        identifier=identifier, title=title, language="it", file=file, line=line,
        opens=opens, closes=closes,
        places=tuple(_parted(row.get("regioni", ""))),
        ceiling_ct=_cents(row.get("agevolazione-concedibile-max")),
        text="\n".join(plain_text(row[name]) for name in said if row.get(name)),
        financer=_line(row.get("soggetto-concedente"))[:200],
        address=(website_of(address) or "")[:500],
    )  # fmt: skip


def _note(item: Mapping[str, Any]) -> str:
    """Return what must be shown of an aid that was itself taken over, and its own licence."""
    said = (_line(item.get(name)) for name in ("import_data_mention", "import_share_licence"))
    return " ".join(filter(None, said))[:200]


def _kinds(audiences: Sequence[str]) -> tuple[str, ...]:
    words = " ".join(audiences).casefold()
    return tuple(dict.fromkeys(kind for word, kind in _AUDIENCES.items() if word in words))


def _parted(text: str) -> list[str]:
    return [
        _line(part) for part in text.replace(";", ",").replace("|", ",").split(",") if part.strip()
    ]


def _lines(value: Any) -> list[str]:
    return [_line(one) for one in value[:50]] if isinstance(value, list) else []


def _line(value: Any) -> str:
    return " ".join(plain_text(str(value)).split()) if isinstance(value, str | int) else ""


def _day(value: Any) -> date | None:
    return date_of(_line(value)[:10])


def _percent(value: Any) -> int | None:
    found = _number(value)
    return int(found * 100) if found is not None and 0 < found <= 100 else None  # noqa: PLR2004 - the whole


def _cents(value: Any) -> int | None:
    found = _number(value)
    return int(found * 100) if found is not None and 0 < found < 10**11 else None


def _number(value: Any) -> Decimal | None:
    try:
        found = Decimal(str(value).strip().replace(",", ".")) if value not in (None, "") else None
    except InvalidOperation:
        return None
    return found if found is not None and found.is_finite() else None


def _error(code: str, file: str, line: int, found: str) -> RecordError:
    error = RecordError(code, where=Where(file=file, line=line), found=shown(found))
    error.cells = (found,)
    return error
