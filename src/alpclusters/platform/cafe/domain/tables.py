"""The tables of a hall: how many, what about, with whom as host, where they stand."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.db import models, transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.rotation import propose_table_languages
from alpclusters.platform.cafe.domain.waking import wake
from alpclusters.platform.cafe.models import AlpCafe, Question, Table
from alpclusters.platform.fields import fields_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import Row, read_rows

# --- What all changes of texts and tables have in common: phones fetch their page anew ------------


def changed_content(cafe: AlpCafe) -> None:
    """Say that texts or tables of the phone's page have changed, and wake the live process."""
    step = models.F("content_revision") + 1
    AlpCafe.everything.filter(pk=cafe.pk).update(content_revision=step)
    cafe.refresh_from_db(fields=["content_revision"])
    transaction.on_commit(lambda: wake(cafe.pk))


# --- The questions of the rounds at the tables, with proposals in five languages ------------------


SEEDS: Final = Path(__file__).resolve().parents[1] / "seeds" / "questions.csv"
# Longer questions are not remembered while people look for their table.
MOST_WORDS: Final = 25
_WORD: Final = re.compile(r"\w+")

type Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question of our own for a round at the tables, in five languages."""

    key: str
    round_index: int
    texts: Texts


def proposals_of(cafe: AlpCafe) -> list[Proposal]:
    """List the proposals for needs (round 1) or measures (round 2), in their order."""
    return [
        Proposal(row["key"], int(row["step"]), {code: row[code] for code in LANGUAGE_CODES})
        for row in _rows()
        if int(row["round"]) == cafe.round
    ]


def proposals_at(cafe: AlpCafe, round_index: int) -> list[Proposal]:
    """List the proposals for one round at the tables; the last step serves all rounds after it."""
    found = proposals_of(cafe)
    step = min(round_index, max((one.round_index for one in found), default=0))
    return [one for one in found if one.round_index == step]


@transaction.atomic
def propose_questions(cafe: AlpCafe) -> None:
    """Fill the rounds of a hall that have no question of their own with the first proposals."""
    if not cafe.in_hall:
        return
    foreign = {one["en"] for one in _rows() if int(one["round"]) != cafe.round}
    wanted = {"text__en__in": foreign}  # a keyword here breaks mypy 2.4 off: a transform of JSON
    cafe.questions.filter(**wanted).delete()
    asked = set(cafe.questions.values_list("round_index", flat=True))
    for index in range(1, cafe.n_rounds + 1):
        if index not in asked:
            _ask(cafe, index, _unused(cafe, index).texts)


@transaction.atomic
def set_question(cafe: AlpCafe, round_index: int, texts: Texts) -> None:
    """Store the question of a round in the languages it is written in; empty takes it away."""
    cafe.questions.filter(round_index=round_index).delete()
    if any(texts.get(code, "").strip() for code in LANGUAGE_CODES):
        _ask(cafe, round_index, texts)
    changed_content(cafe)


def questions_of(cafe: AlpCafe) -> dict[int, Question]:
    """Return the questions of an AlpCafé by round, those of rounds that exist."""
    found = cafe.questions.filter(round_index__lte=cafe.n_rounds)
    return {question.round_index: question for question in found}


def missing_languages(question: Question, languages: Sequence[str]) -> list[str]:
    """List the languages of the event a question is not written in."""
    return [code for code in languages if not question.text.inside(code)]


def is_long(text: str) -> bool:
    """Say whether a question is too long to be kept in mind.

    Examples
    --------
    >>> is_long("What do you need to work across borders?")
    False
    """
    return len(_WORD.findall(text)) > MOST_WORDS


def _ask(cafe: AlpCafe, index: int, texts: Texts) -> None:
    own = {code: texts.get(code, "").strip() for code in LANGUAGE_CODES}
    Question(cafe=cafe, round_index=index, text=own).save()


def _unused(cafe: AlpCafe, index: int) -> Proposal:
    asked = set(cafe.questions.values_list("text__en", flat=True))
    found = proposals_at(cafe, index)
    return next((one for one in found if one.texts["en"] not in asked), found[0])


@cache
def _rows() -> tuple[Row, ...]:
    return tuple(read_rows(SEEDS))


# --- The tables of a hall: how many, what about, with whom as host, where they stand --------------


# Four to five guests talk best; three are too few for a round, more than eight split up.
GUESTS_PER_TABLE: Final = 5
FEW_GUESTS: Final = 6
MOST_TABLES: Final = 100


# What a facilitator decides about a table.
DECIDED: Final = tuple(one.name for one in fields_of(Table))


def propose_number(guests: int) -> int:
    """Return how many tables suit a number of guests: one for every five begun.

    Examples
    --------
    >>> propose_number(4), propose_number(24), propose_number(60)
    (1, 5, 12)
    """
    return 1 if guests <= FEW_GUESTS else math.ceil(guests / GUESTS_PER_TABLE)


@transaction.atomic
def lay_tables(cafe: AlpCafe, number: int) -> None:
    """Bring the hall to a number of tables; those that stay keep what was decided about them.

    Raises
    ------
    StateError
        ``cafe.table_in_use`` if a table that would go has seats, cards or summaries.
    """
    wanted = max(1, min(number, MOST_TABLES))
    surplus = cafe.tables.filter(number__gt=wanted)
    if any(_is_used(table) for table in surplus):
        raise StateError("cafe.table_in_use")
    surplus.delete()
    there = set(cafe.tables.values_list("number", flat=True))
    for index in range(1, wanted + 1):
        if index not in there:
            _new_table(cafe, index).save()
    place_in_rows(cafe)
    changed_content(cafe)


def place_in_rows(cafe: AlpCafe) -> None:
    """Let the tables stand in even rows, as on an empty plan of the room."""
    tables = list(cafe.tables.all())
    for table, (x, y) in zip(tables, grid(len(tables)), strict=True):
        table.x, table.y = x, y
    Table.objects.bulk_update(tables, ["x", "y"])


def grid(number: int) -> list[tuple[int, int]]:
    """Return positions in per cent of a room a little wider than deep.

    Examples
    --------
    >>> grid(2), grid(1)
    ([(25, 50), (75, 50)], [(50, 50)])
    """
    columns = math.ceil(math.sqrt(number * 1.5)) if number > 1 else 1
    columns = min(columns, number) or 1
    rows = math.ceil(number / columns)
    return [
        (round(100 * (i % columns + 0.5) / columns), round(100 * (i // columns + 0.5) / rows))
        for i in range(number)
    ]


@transaction.atomic
def change_table(table: Table, values: Mapping[str, Any]) -> None:
    """Store what was decided about a table, by column."""
    for name in DECIDED:
        if name in values:
            setattr(table, name, values[name])
    table.save()
    changed_content(table.cafe)


@transaction.atomic
def share_out_languages(cafe: AlpCafe) -> None:
    """Give each table one working language, in proportion to what the guests speak."""
    spoken = [guest.languages for guest in cafe.guests.filter(is_spare=False) if guest.languages]
    tables = list(cafe.tables.filter(is_open=True))
    known = [sorted(set(languages) & set(cafe.languages)) for languages in spoken]
    guests = [languages for languages in known if languages] or [[cafe.languages[0]]]
    if not tables:
        return
    for table, language in zip(tables, propose_table_languages(guests, len(tables)), strict=True):
        table.languages = [language, *(c for c in table.languages if c != language)]
    Table.objects.bulk_update(tables, ["languages"])
    changed_content(cafe)


def _new_table(cafe: AlpCafe, number: int) -> Table:
    measures = [row.measure for row in cafe.cafe_measures.select_related("measure")]
    is_about_measures = measures and cafe.round == AlpCafe.Round.MEASURES
    measure = measures[(number - 1) % len(measures)] if is_about_measures else None
    return Table(cafe=cafe, number=number, measure=measure)


def _is_used(table: Table) -> bool:
    return table.seats.exists() or table.cards.exists() or table.summaries.exists()
