"""The rows of the tables as fields of the models."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.funding.domain.case_offers.searching import search_fields
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.seed_rows import Row, read_rows, texts, texts_of

SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"


def read_table(name: str) -> list[Row]:
    """Read one of the tables."""
    return read_rows(SEEDS / f"{name}.csv")


def read_terms(prefix: str) -> dict[str, dict[str, Any]]:
    """Read the terms of offers by their keys."""
    name = f"{prefix}terms.json" if prefix else "offer_terms.json"
    read: dict[str, dict[str, Any]] = json.loads((SEEDS / name).read_text(encoding="utf-8"))
    return read


def programme_fields(
    row: Row, areas: Mapping[str, int], evidence: Mapping[str, int]
) -> dict[str, Any]:
    """Return a programme; an area or programme of the evidence base that is not there is none."""
    return {
        **texts(row, "name"),
        **_provenance(row),
        "level": row["level"],
        "period": row["period"],
        "ends_on": _day(row.get("ends_on", "")),
        "territory": row["territory"].split(),
        "area_id": areas.get(row["area"]),
        "evidence_id": evidence.get(row.get("evidence", "")),
    }


def call_fields(row: Row) -> dict[str, Any]:
    """Return a call without its programme."""
    return {
        **_provenance(row),
        "title": row["title"],
        "opens": _day(row["opens"]),
        "closes": _day(row["closes"]),
        "closes_at": dt.time.fromisoformat(row["closes_at"]) if row.get("closes_at") else None,
        "budget_ct": int(row["budget_ct"]) if row["budget_ct"] else None,
        "external_id": row.get("external_id", ""),
    }


def titles_of_offer(row: Row, offers: Sequence[Row]) -> dict[str, str]:
    """Return the title of a call in other languages, where an offer of it is called the same."""
    same = next((one for one in offers if one["title_en"] == row["title"]), None)
    if same is None:
        return {}
    titles = texts_of(same, "title")
    return {code: title for code, title in titles.items() if code != DEFAULT_LANGUAGE}


def offer_fields(row: Row, terms: dict[str, Any]) -> dict[str, Any]:
    """Return an offer without its programme and call, with what the search knows of it."""
    found = search_fields(terms)
    return {
        **texts(row, "title", "summary"),
        **_provenance(row),
        "terms": terms,
        "kinds": found.kinds,
        "categories": found.categories,
        "themes": found.themes,
        "best_rate_bp": found.best_rate_bp,
        "cap_ct": found.cap_ct,
    }


def parameters_of(rows: Sequence[Row], *, programme: str, call: str) -> tuple[dict[str, Any], ...]:
    """Return the figures of a programme itself, or of one of its calls."""
    mine = [row for row in rows if row["programme"] == programme and row["call"] == call]
    return tuple({**_parameter(row), "order": place} for place, row in enumerate(mine, start=1))


def _parameter(row: Row) -> dict[str, Any]:
    names = ("name", "value", "unit", "precision", "period", "status", "source")
    return {**{name: row[name] for name in names}, "checked_on": _day(row["checked_on"])}


def _provenance(row: Row) -> dict[str, Any]:
    known = {"source": row.get("source", ""), "checked_on": _day(row.get("checked_on", ""))}
    if language := row.get("source_language"):
        known["source_language"] = language
    return {**known, "status": row["status"]} if row.get("status") else known


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
