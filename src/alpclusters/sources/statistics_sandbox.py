"""The child that reads a table of Eurostat: limits first, three layouts, the wanted places out.

SDMX CSV and JSON-stat as the present service writes them, the older table with years across. Of
large tables only what lies in the wanted places leaves the child.
"""

import csv
import gzip
import io
import json
import re
import sys
import zlib
from collections.abc import Iterable, Iterator
from itertools import product
from typing import Any, Final

from alpclusters.sources.sandbox import limit_process

MOST_CELLS: Final = 12_000
MOST_TEXT: Final = 100_000_000
MOST_ANSWER: Final = 4_000_000
GEO: Final = "geo"
TIME: Final = frozenset({"time", "time_period"})
VALUE: Final = "obs_value"
FLAG: Final = "obs_flag"
CODED_IN: Final = frozenset({"dataflow", "structure_id"})
# Columns with names for people stand beside those with codes and begin with a capital letter.
_DIMENSION: Final = re.compile(r"[a-z][a-z0-9_]*")
_YEAR: Final = re.compile(r"[12][0-9]{3}")
_DATASET: Final = re.compile(r"(?:[A-Za-z]+:)?([A-Za-z][A-Za-z0-9_]*)(?:\([^)]*\))?")
_OLD_HEAD: Final = re.compile(r"([a-zA-Z0-9_,]+)\\[a-zA-Z_]+")

type Line = tuple[list[str], str, str, str, str]
"""Values of the other dimensions, place, year, the figure as written, its flag."""


class GateError(Exception):
    """The bytes are no such table; its code says why."""


def main(wanted: str) -> None:
    """Read a table from standard input; write it, or ``{"error": code}``, as JSON.

    Parameters
    ----------
    wanted : str
        Codes separated by commas: these places, or what lies within those the table lacks.
    """
    limit_process(most_file_bytes=MOST_ANSWER)
    try:
        answer: dict[str, Any] = _read(sys.stdin.buffer.read(), tuple(wanted.split(",")))
    except (GateError, csv.Error, UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
        answer = {"error": str(error) if isinstance(error, GateError) else "statistics.unreadable"}
    sys.stdout.write(json.dumps(answer))


def _read(data: bytes, wanted: tuple[str, ...]) -> dict[str, Any]:
    text = _text(data)
    head = text[:4096].lstrip()
    if head.startswith("{"):
        dataset, names, lines = _json_stat(text)
    elif "\\" in head.partition("\n")[0]:
        dataset, names, lines = _years_across(text)
    else:
        dataset, names, lines = _sdmx_csv(text)
    cells = []
    for key, geo, year, figure, flag in lines:
        if not geo.startswith(wanted) or not _YEAR.fullmatch(year):
            continue
        cells.append((key, geo, year, _number(figure.strip()), flag.strip()))
    # Parts of a place are of use only where the table does not have the place itself.
    whole = tuple({geo for _key, geo, *_rest in cells} & set(wanted))
    cells = [cell for cell in cells if cell[1] in whole or not cell[1].startswith(whole)]
    if len(cells) > MOST_CELLS:
        raise GateError("statistics.too_many")
    return {"dataset": dataset, "dimensions": names, "cells": cells}


def _text(data: bytes) -> str:
    if data.startswith(b"\x1f\x8b"):
        data = gzip.GzipFile(fileobj=io.BytesIO(data)).read(MOST_TEXT + 1)
    if len(data) > MOST_TEXT:
        raise GateError("statistics.too_many")
    return data.decode("utf-8-sig")


def _number(text: str) -> float | None:
    if not text or text[0] == ":":
        return None
    try:
        value = float(text)
    except ValueError:
        raise GateError("statistics.not_a_figure") from None
    if not 0 <= value < float("inf"):
        raise GateError("statistics.not_a_figure")
    return value


def _code(cell: str) -> str:
    """Return a code without the name that stands behind it where labels were asked for."""
    return cell.partition(":")[0].strip()


def _sdmx_csv(text: str) -> tuple[str, list[str], Iterator[Line]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    heads = [_code(head) for head in next(rows, [])]
    names = [head.casefold() for head in heads]
    geo, time, value = (_place(names, one) for one in ({GEO}, TIME, {VALUE}))
    others = [
        place
        for place, head in enumerate(heads)
        if _DIMENSION.fullmatch(head) and place not in {geo, time, value}
        if head not in {FLAG, "conf_status"}
    ]
    flag = names.index(FLAG) if FLAG in names else None
    coded = next((place for place, name in enumerate(names) if name in CODED_IN), None)
    body = [row for row in rows if row]
    if any(len(row) != len(heads) for row in body):
        raise GateError("statistics.unreadable")
    lines = (
        (
            [_code(row[place]) for place in others],
            _code(row[geo]),
            _code(row[time]),
            row[value],
            _code(row[flag]) if flag is not None else "",
        )
        for row in body
    )
    dataset = _dataset(body[0][coded]) if coded is not None and body else ""
    return dataset, [names[place] for place in others], lines


def _place(names: list[str], wanted: Iterable[str]) -> int:
    found = [names.index(one) for one in wanted if one in names]
    if not found:
        raise GateError("statistics.no_layout")
    return found[0]


def _years_across(text: str) -> tuple[str, list[str], Iterator[Line]]:
    r"""Read ``unit,age,geo\time`` with a column per year."""
    rows = text.splitlines()
    head = [cell.strip() for cell in rows[0].split("\t")]
    match = _OLD_HEAD.fullmatch(head[0])
    names = match[1].casefold().split(",") if match else []
    if len(head) == 1 or GEO not in names:
        raise GateError("statistics.no_layout")
    geo = names.index(GEO)
    return "", names[:geo] + names[geo + 1 :], _years(rows[1:], head[1:], len(names), geo)


def _years(rows: list[str], years: list[str], n_keys: int, geo: int) -> Iterator[Line]:
    for row in filter(str.strip, rows):
        keys, *figures = row.split("\t")
        key = [one.strip() for one in keys.split(",")]
        if len(key) != n_keys or len(figures) != len(years):
            raise GateError("statistics.unreadable")
        for year, figure in zip(years, figures, strict=True):
            value, _space, flag = figure.strip().partition(" ")
            yield key[:geo] + key[geo + 1 :], key[geo], year, value, flag


def _json_stat(text: str) -> tuple[str, list[str], Iterator[Line]]:
    try:
        found = json.loads(text)
        names = [str(one).casefold() for one in found["id"]]
        axes = [_axis(found["dimension"][one]["category"]["index"]) for one in found["id"]]
        values, flags = _sparse(found["value"]), _sparse(found.get("status", {}))
        dataset = _dataset(str(found.get("extension", {}).get("id", "")))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise GateError("statistics.unreadable") from None
    geo, time = _place(names, {GEO}), _place(names, TIME)
    others = [place for place in range(len(names)) if place not in {geo, time}]
    lines = (
        (
            [key[place] for place in others],
            key[geo],
            key[time],
            "" if values.get(n) is None else str(values[n]),
            str(flags.get(n, "")),
        )
        for n, key in enumerate(product(*axes))
    )
    return dataset, [names[place] for place in others], lines


def _axis(index: Any) -> list[str]:
    return list(index) if isinstance(index, list) else sorted(index, key=index.__getitem__)


def _sparse(values: Any) -> dict[int, Any]:
    if isinstance(values, list):
        return dict(enumerate(values))
    return {int(place): value for place, value in values.items()}


def _dataset(text: str) -> str:
    found = _DATASET.fullmatch(text.strip())
    return found[1].casefold() if found else ""
