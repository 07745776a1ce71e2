"""The questions of the rounds at the tables, with proposals in five languages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.db import transaction

from alpclusters.platform.cafe.domain.preparation import changed_content
from alpclusters.platform.cafe.models import AlpCafe, Question
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import Row, read_rows

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
