"""An AlpCafé as open data: a ZIP of CSV and JSON files that give nobody away."""

import csv
import io
import json
import secrets
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db.models import Count

from alpclusters.analysis.conventions import K_ANONYMITY
from alpclusters.analysis.errors import StateError
from alpclusters.analysis.small_groups import withhold_table
from alpclusters.platform.cafe.domain.top_threes import cards_about_person
from alpclusters.platform.cafe.models import AlpCafe, Block, Card, Seat
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.evaluation.domain.open_texts import (
    LICENCE_ADDRESS,
    LICENCE_NAME,
    SUPPRESSED,
    codebook_rows,
    licence_text,
    open_answers,
    readme_text,
)
from alpclusters.platform.evaluation.domain.protocol_records import attendance_of
from alpclusters.platform.evaluation.domain.protocols import public_version
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of

type Rows = Iterable[Sequence[object]]

# A cell that begins so would be a formula in a spreadsheet.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
# Equal content gives equal bytes: no file carries a time.
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def is_released(cafe: AlpCafe) -> bool:
    """Say whether an AlpCafé's results are public: then its data, cards and trails are too.

    That is a decision of its own: an evaluation that was released, or an approved protocol. What
    was shown in the hall was shown to those who were there and opens no page.
    """
    if not cafe.is_closed:
        return False
    return _is_evaluation_public(cafe) or public_version(cafe) is not None


def open_data_files(cafe: AlpCafe) -> dict[str, bytes]:
    """Return the files by name; counts of answers only when the evaluation is released.

    Raises
    ------
    StateError
        ``cafe.not_released``: the results are not public.
    """
    if not is_released(cafe):
        raise StateError("cafe.not_released")
    tables: dict[str, Rows] = {
        "cards.csv": _cards(cafe),
        "insights.csv": _insights(cafe),
        "seats.csv": _seats(cafe),
    }
    if _is_evaluation_public(cafe):
        tables["answers.csv"] = _answers(cafe)
    names = sorted(tables)
    files = {name: csv_of(rows) for name, rows in tables.items()}
    files["codebook.csv"] = csv_of(codebook_rows(cafe, names))
    files["event.json"] = _json(_event(cafe))
    files["LICENSE"] = licence_text(cafe).encode()
    files["README"] = readme_text(cafe, sorted(files)).encode()
    return dict(sorted(files.items()))


def open_data_zip(cafe: AlpCafe) -> bytes:
    """Return all files as one ZIP."""
    return zip_of(open_data_files(cafe))


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Pack files so that equal files give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, date_time=_NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def file_name(cafe: AlpCafe) -> str:
    """Return the name of the ZIP."""
    return f"alpcafe_{cafe.pk}_{cafe.held_on.isoformat()}_open-data.zip"


def _is_evaluation_public(cafe: AlpCafe) -> bool:
    return bool(cafe.snapshots.filter(released_at__isnull=False).exists())


# --- tables -------------------------------------------------------------------------------


def _cards(cafe: AlpCafe) -> Rows:
    yield [
        "card", "table", "round", "language", "text", "source", "photo", "supporters", "insights",
        "about_person", "simulated",
    ]  # fmt: skip
    shown = cafe.cards.exclude(state=Card.State.HIDDEN).select_related("table")
    counted = shown.annotate(n_supports=Count("supports")).prefetch_related("insights")
    cards = list(counted.order_by("public_id"))
    secrets.SystemRandom().shuffle(cards)
    about = cards_about_person(cards)
    for card in cards:
        insights = " ".join(str(insight.pk) for insight in card.insights.all())
        yield [
            card.public_id,
            card.table.number if card.table else "",
            card.round_index,
            card.language,
            card.text,
            card.source,
            "yes" if card.photo else "no",
            _small(card.n_supports),
            insights,
            about.get(card.pk, ""),
            _mark(cafe),
        ]


def _insights(cafe: AlpCafe) -> Rows:
    yield ["insight", "table", "language", "title", "measure", "cards", "simulated"]
    rows = cafe.insights.select_related("table", "measure").prefetch_related("cards")
    for insight in rows.order_by("pk"):
        cards = [c.public_id for c in insight.cards.all() if c.state != Card.State.HIDDEN]
        yield [
            insight.pk,
            insight.table.number if insight.table else "",
            insight.language,
            insight.title,
            insight.measure.key if insight.measure else "",
            " ".join(sorted(cards)),
            _mark(cafe),
        ]


def _answers(cafe: AlpCafe) -> Rows:
    yield [
        "measure", "criterion", "split", "group", "answer", "people", "about_person", "simulated",
    ]  # fmt: skip
    snapshot = cafe.snapshots.filter(released_at__isnull=False).order_by("-number").first()
    if snapshot is None:
        return
    evaluation = evaluation_of(snapshot)
    for one in open_answers(evaluation):
        yield [
            evaluation.measure(one.measure).key,
            one.criterion,
            one.split,
            one.group,
            one.answer,
            one.people,
            evaluation.about_person(one.measure),
            _mark(cafe),
        ]


def _seats(cafe: AlpCafe) -> Rows:
    yield ["round", "table", "guests", "simulated"]
    seats = Seat.objects.filter(guest__cafe=cafe).exclude(state=Seat.State.ABSENT)
    counted = seats.order_by().values_list("round_index", "table__number").annotate(Count("pk"))
    found = {(round_, table): n for round_, table, n in counted}
    rounds = sorted({round_ for round_, _table in found})
    tables = sorted({table for _round, table in found})
    if not found:
        return
    counts = [[found.get((round_, table), 0) for table in tables] for round_ in rounds]
    hidden = withhold_table(counts).cells
    for row, round_ in enumerate(rounds):
        for column, table in enumerate(tables):
            n = SUPPRESSED if hidden[row, column] else counts[row][column]
            yield [round_, table, n, _mark(cafe)]


def _small(n: int) -> int | str:
    return SUPPRESSED if 0 < n < K_ANONYMITY else n


def _mark(cafe: AlpCafe) -> str:
    return "simulated" if cafe.is_simulated else ""


# --- the event ----------------------------------------------------------------------------


def _event(cafe: AlpCafe) -> dict[str, Any]:
    version = public_version(cafe)
    return {
        "format": 1,
        "event": cafe.pk,
        "title": dict(cafe.title.by_language),
        "project": cafe.project.slug,
        "place": cafe.place,
        "date": cafe.held_on.isoformat(),
        "region": {"code": cafe.region.code, "name": dict(cafe.region.name.by_language)},
        "languages": list(cafe.languages),
        "round": cafe.round,
        "simulated": cafe.is_simulated,
        "licence": {"name": LICENCE_NAME, "address": LICENCE_ADDRESS},
        "k_anonymity": K_ANONYMITY,
        "questions": [dict(question.text.by_language) for question in cafe.questions.all()],
        "tables": _tables(cafe),
        "measures": [
            {"key": row.measure.key, "name": dict(row.measure.name.by_language)}
            for row in cafe.cafe_measures.select_related("measure")
        ],
        "criteria": [
            {"key": row.criterion.key, "name": dict(row.criterion.name.by_language)}
            for row in cafe.cafe_criteria.select_related("criterion")
        ],
        "attendance": _attendance(cafe),
        "released": released_results(cafe, [b for b in Block.values if b != Block.CLOUD]),
        "protocol": version.number if version else None,
    }


def _tables(cafe: AlpCafe) -> list[dict[str, Any]]:
    return [
        {
            "number": table.number,
            "measure": table.measure.key if table.measure else None,
            "topic": dict(table.topic.by_language),
            "languages": list(table.languages),
            "summaries": [
                {"round": s.round_index, "language": s.language, "text": s.text}
                for s in table.summaries.all()
                if s.text
            ],
        }
        for table in cafe.tables.select_related("measure").prefetch_related("summaries")
    ]


def _attendance(cafe: AlpCafe) -> dict[str, Any]:
    found = attendance_of(cafe)
    columns = ("invited", "registered", "attended", "joined")
    return {
        **{name: _told(getattr(found, name)) for name in columns},
        "groups": {
            split.kind: [
                {
                    "name": dict(group.names),
                    **{name: _told(getattr(group, name)) for name in columns},
                }
                for group in split.groups
            ]
            for split in found.splits
        },
    }


def _told(n: int | None) -> int | str:
    return SUPPRESSED if n is None else n


# --- bytes --------------------------------------------------------------------------------


def csv_of(rows: Rows) -> bytes:
    """Write rows as a table no cell of which is a formula in a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode()


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _json(record: Mapping[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1, default=_plain) + "\n").encode()


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    message = f"{type(value).__name__} has no place in open data"
    raise TypeError(message)
