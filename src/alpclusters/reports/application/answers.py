"""The form filled: each field with its answer, what was shortened, what is missing, n of N."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.application.fields import FIELDS, SECTIONS, Field
from alpclusters.reports.application.subject import ApplicationSubject
from alpclusters.reports.application.talk import Talk

ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field gets, for the project or for one partner or work package.

    Attributes
    ----------
    place : str
        Identifier of the partner or work package; empty for the project.
    name : str
        Its name.
    text : str
        The answer, within the limit; empty is missing.
    whole : str
        The answer before it was shortened.
    is_borrowed : bool
        Whether a part of it was only there in another language.
    is_untold : bool
        Whether nobody says in which language a part of it is.
    """

    field: Field
    place: str
    name: str
    text: str
    whole: str
    is_borrowed: bool
    is_untold: bool

    @property
    def is_filled(self) -> bool:
        """Say whether there is an answer."""
        return bool(self.text)

    @property
    def is_shortened(self) -> bool:
        """Say whether the limit cut it."""
        return self.text != self.whole


@dataclass(frozen=True, slots=True)
class Share:
    """How many fields are filled of those that apply."""

    section: str
    filled: int
    asked: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.filled / self.asked if self.asked else 0.0


def answers_of(subject: ApplicationSubject, language: str) -> tuple[Answer, ...]:
    """Fill the form in a language; fields that do not apply are left out."""
    return tuple(
        answer
        for field in FIELDS
        for place, name, thing in _things(subject, field)
        if (answer := _answer(field, place, name, thing, Talk(subject, language))) is not None
    )


def shares_of(answers: Iterable[Answer]) -> tuple[Share, ...]:
    """Count fields by section: one of each partner and each work package counts by itself."""
    found = list(answers)
    return tuple(
        _share(section, [one for one in found if one.field.section == section])
        for section in SECTIONS
    )


def kinds_of(answers: Iterable[Answer]) -> Share:
    """Count rows of the form: one is filled where it is for each partner and work package."""
    found: dict[str, bool] = {}
    for one in answers:
        found[one.field.id] = found.get(one.field.id, True) and one.is_filled
    return Share("", sum(found.values()), len(found))


def total_of(shares: Sequence[Share]) -> Share:
    """Add up sections."""
    return Share("", sum(one.filled for one in shares), sum(one.asked for one in shares))


def shortened(text: str, limit: int | None) -> str:
    """Return a text of at most so many characters, cut at the end of a word.

    Examples
    --------
    >>> shortened("Cluster of wood", 12), shortened("Cluster", 12), shortened("Leichtbau", 5)
    ('Cluster of…', 'Cluster', 'Leic…')
    """
    if limit is None or len(text) <= limit:
        return text
    room = text[: limit - len(ELLIPSIS)]
    kept = room if text[len(room)].isspace() else room.rpartition(" ")[0]
    return (kept.rstrip() or room) + ELLIPSIS


def in_every_language(subject: ApplicationSubject, language: str) -> dict[str, tuple[Answer, ...]]:
    """Fill the form in all languages, each with what is really in that language.

    A text of which nobody knows the language, or that is whole in none, stands in the chosen one.
    """
    found = {
        code: tuple(one for one in answers_of(subject, code) if _is_own(one))
        for code in LANGUAGE_CODES
    }
    known = {(one.field.id, one.place) for answers in found.values() for one in answers}
    rest = (one for one in answers_of(subject, language) if (one.field.id, one.place) not in known)
    found[language] += tuple(rest)
    return found


def _is_own(answer: Answer) -> bool:
    return answer.is_filled and not (answer.is_borrowed or answer.is_untold)


def _things(subject: ApplicationSubject, field: Field) -> list[tuple[str, str, Any]]:
    match field.per:
        case "partner":
            return [(one.id, one.name, one) for one in subject.partners]
        case "package":
            return [(one.id, one.title, one) for one in subject.packages]
        case _:
            return [("", "", None)]


def _answer(field: Field, place: str, name: str, thing: Any, talk: Talk) -> Answer | None:
    said = field.fill(talk, thing)
    if said is None:
        return None
    whole = said.strip()
    text = shortened(whole, field.limit)
    return Answer(field, place, name, text, whole, talk.borrowed, talk.untold)


def _share(section: str, answers: Sequence[Answer]) -> Share:
    return Share(section, sum(one.is_filled for one in answers), len(answers))
