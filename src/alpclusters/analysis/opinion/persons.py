"""Which statements tell something about the person who votes, and are therefore no opinions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where
from alpclusters.analysis.opinion.person_patterns import BEGINNINGS, STANCE

type PersonStatus = Literal["marked", "meta", "proposed", "no"]

_QUOTES: Final = "\"'“”„‘’«»‹› "
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PersonStatements:
    """Per statement whether it is about the person, and who says so.

    Attributes
    ----------
    statuses : tuple of {'marked', 'meta', 'proposed', 'no'}
        ``marked`` by the organiser, ``meta`` by the export, ``proposed`` by its wording and not
        yet confirmed, ``no``: an opinion like any other.
    """

    statuses: tuple[PersonStatus, ...]

    @property
    def about_person(self) -> tuple[int, ...]:
        """Places of all statements that must stay out of opinions, proposals included."""
        return self._places("marked", "meta", "proposed")

    @property
    def confirmed(self) -> tuple[int, ...]:
        """Places of those that divide people into groups: marked or told by the export."""
        return self._places("marked", "meta")

    @property
    def proposals(self) -> tuple[int, ...]:
        """Places of those somebody has yet to confirm."""
        return self._places("proposed")

    def _places(self, *wanted: PersonStatus) -> tuple[int, ...]:
        return tuple(place for place, status in enumerate(self.statuses) if status in wanted)


def person_statements(
    texts: Sequence[str],
    *,
    languages: Sequence[str] | None = None,
    meta: Sequence[bool] | None = None,
    marked: Sequence[bool | None] | None = None,
) -> PersonStatements:
    """Tell statements about the person from opinions.

    The organiser's mark decides, yes or no. Without one the column ``is-meta`` of an export
    does, where it says yes. Else a wording that begins like a fact about oneself and holds no
    word of a stance is a proposal: kept out of opinions until somebody confirms or refuses it.

    Parameters
    ----------
    texts : sequence of str
        The statements; an empty one is no proposal.
    languages : sequence of str, optional
        Codes whose wordings are looked for; ``None`` takes de, fr, it, sl and en.
    meta : sequence of bool, optional
        What the export says, one per statement.
    marked : sequence of bool or None, optional
        What the organiser says, one per statement; ``None`` is "not looked at".

    Returns
    -------
    PersonStatements

    Raises
    ------
    ShapeError
        ``meta`` or ``marked`` of another length than ``texts``.
    AnalysisError
        A text that is none, or a language without wordings.

    Examples
    --------
    >>> found = person_statements(["I own a house", "Houses should be cheaper", "Imam dva otroka"])
    >>> found.statuses
    ('proposed', 'no', 'proposed')
    >>> person_statements(["I own a house"], marked=[False]).statuses
    ('no',)
    """
    for name, told in (("meta", meta), ("marked", marked)):
        if told is not None and len(told) != len(texts):
            code = "array.lengths_differ"
            raise ShapeError(code, where=Where(argument=name))
    used = _beginnings(languages)
    said = meta if meta is not None else [False] * len(texts)
    by_hand = marked if marked is not None else [None] * len(texts)
    return PersonStatements(
        tuple(
            _status(text, is_meta=is_meta, mark=mark, beginnings=used)
            for text, is_meta, mark in zip(texts, said, by_hand, strict=True)
        )
    )


def _beginnings(languages: Sequence[str] | None) -> list[re.Pattern[str]]:
    wanted = BEGINNINGS if languages is None else languages
    if not set(wanted) <= set(BEGINNINGS):
        code = "argument.not_one_of"
        raise AnalysisError(code, where=Where(argument="languages"), expected=", ".join(BEGINNINGS))
    return [BEGINNINGS[language] for language in wanted]


def _status(
    text: str, *, is_meta: bool, mark: bool | None, beginnings: list[re.Pattern[str]]
) -> PersonStatus:
    if not isinstance(text, str):
        code = "similarity.not_a_text"
        raise AnalysisError(code, where=Where(argument="texts"))
    if mark is not None:
        return "marked" if mark else "no"
    if is_meta:
        return "meta"
    bare = _SPACE.sub(" ", text).lstrip(_QUOTES).strip()
    is_fact = any(pattern.match(bare) for pattern in beginnings) and not STANCE.search(bare)
    return "proposed" if is_fact else "no"
