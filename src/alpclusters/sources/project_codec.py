"""Records of projects as JSON and back, for the spool between reading and storing."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from alpclusters.analysis.errors import RecordError, Where
from alpclusters.sources.project_records import Money, SourceParticipation, SourceProject
from alpclusters.sources.records import Note


def dump_project(one: SourceProject) -> str:
    """Write a project; key, line, link and notes stand beside it."""
    return _dumped(
        {
            "acronym": one.acronym,
            "titles": one.titles,
            "programme": one.programme,
            "period": one.period,
            "family": one.family,
            "call": one.call,
            "reference": one.reference,
            "start": _day(one.start),
            "end": _day(one.end),
            "status": one.status,
            "budget": _money(one.budget),
            "eu": _money(one.eu),
            "themes": one.themes,
            "texts": one.texts,
            "website": one.website,
            "address": one.address,
            "places": one.places,
        }
    )


def load_project(text: str, **beside: Any) -> SourceProject:
    """Read a project back."""
    found = json.loads(text)
    for name in ("start", "end"):
        found[name] = date.fromisoformat(found[name]) if found[name] else None
    for name in ("budget", "eu"):
        found[name] = _as_money(found[name])
    found["places"] = tuple((country, nuts) for country, nuts in found["places"])
    themes = dict.fromkeys((*found.pop("themes"), *beside.pop("themes", ())))
    return SourceProject(**found, themes=tuple(themes), **beside)


def dump_participation(one: SourceParticipation) -> str:
    """Write a participation; its line and notes stand beside it."""
    return _dumped(
        (
            one.organisation_key,
            one.name,
            one.country,
            one.town,
            one.role,
            one.order,
            one.nuts,
            _money(one.budget),
            _money(one.eu),
            one.ended,
            one.known_as,
        )
    )


def load_participation(text: str, **beside: Any) -> SourceParticipation:
    """Read a participation back."""
    key, name, country, town, role, order, nuts, budget, eu, ended, known = json.loads(text)
    return SourceParticipation(
        organisation_key=key,
        name=name,
        country=country,
        town=town,
        role=role,
        order=order,
        nuts=nuts,
        budget=_as_money(budget),
        eu=_as_money(eu),
        ended=ended,
        known_as=tuple((scheme, value) for scheme, value in known),
        **beside,
    )


def dump_notes(notes: tuple[Note, ...]) -> str:
    """Write notes; nothing for none."""
    return _dumped([[note.code, note.values] for note in notes]) if notes else ""


def load_notes(text: str) -> tuple[Note, ...]:
    """Read notes back."""
    return tuple(Note(code, values) for code, values in json.loads(text)) if text else ()


def dump_error(error: RecordError) -> str:
    """Write the error of a row with its cells."""
    record = {
        "code": error.code,
        "where": error.where.known(),
        "found": error.found,
        "expected": error.expected,
        "values": error.values,
        "cells": error.cells,
    }
    return _dumped(record)


def load_error(text: str) -> RecordError:
    """Read an error back."""
    record = json.loads(text)
    cells, where = record.pop("cells"), Where(**record.pop("where"))
    error = RecordError(record.pop("code"), where=where, **record)
    error.cells = tuple(cells)
    return error


def _dumped(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _money(value: Money | None) -> list[str] | None:
    return [str(value.amount), value.currency] if value else None


def _as_money(value: list[str] | None) -> Money | None:
    return Money(Decimal(value[0]), value[1]) if value else None
