"""The coding form as the page shows it: fields, codes, the key that chooses each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any, Final

from alpclusters.platform.evidence.domain.codebook.fields import FIELDS, CodeField
from alpclusters.platform.evidence.domain.codebook.reading import codes_of
from alpclusters.platform.evidence.domain.coding.values import MAY_BE_EMPTY
from alpclusters.platform.evidence.models import Codebook

DIGITS: Final = "1234567890"


@dataclass(frozen=True)
class Option:
    """One code: its key on the keyboard, its words, whether it is chosen."""

    value: str
    id: str
    stroke: str
    label: str
    definition: str
    example: str
    counter_example: str
    is_chosen: bool


@dataclass(frozen=True)
class FieldView:
    """One question of the form."""

    name: str
    number: int
    label: Any
    question: Any
    is_many: bool
    is_number: bool
    is_optional: bool
    options: Sequence[Option]
    value: Any
    has_letters: bool

    @property
    def is_answered(self) -> bool:
        """Whether something is chosen or written."""
        return self.value not in (None, "", [])


def read_fields(
    codebook: Codebook, values: Mapping[str, Any], names: Sequence[str] = ()
) -> list[FieldView]:
    """Return the questions with their codes; only some of them where names are given."""
    return [
        _view(number, field, codebook, values.get(field.name))
        for number, field in enumerate(FIELDS, start=1)
        if not names or field.name in names
    ]


def strokes(n: int) -> Sequence[str]:
    """Return the keys of n codes: digits as far as they reach, else letters.

    Examples
    --------
    >>> "".join(strokes(3)), "".join(strokes(12)), len(set(strokes(30)))
    ('123', 'abcdefghijkl', 27)
    """
    if n <= len(DIGITS):
        return DIGITS[:n]
    return [ascii_lowercase[place] if place < len(ascii_lowercase) else "" for place in range(n)]


def _view(number: int, field: CodeField, codebook: Codebook, value: Any) -> FieldView:
    codes = [] if field.is_number else codes_of(codebook, field.name)
    keys = strokes(len(codes))
    chosen = set(value or []) if field.is_many else {value}
    return FieldView(
        name=field.name,
        number=number,
        label=field.label,
        question=field.question,
        is_many=field.is_many,
        is_number=field.is_number,
        is_optional=field.name in MAY_BE_EMPTY,
        options=[
            Option(
                value=code.key,
                id=f"{field.name}-{code.key}",
                stroke=stroke,
                label=code.label,
                definition=code.definition,
                example=code.example,
                counter_example=code.counter_example,
                is_chosen=code.key in chosen,
            )
            for code, stroke in zip(codes, keys, strict=True)
        ],
        value=value,
        has_letters=len(codes) > len(DIGITS),
    )
