"""A consultation from its preparation to its end, with texts that stand still meanwhile."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import AlpClustersError, StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.states import State as Text
from alpclusters.platform.policy.domain.states import Step, move
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation

# --- The texts of a consultation as they stood when it opened, paragraph by paragraph -------------


_NEEDED: Final = ("title", "text")

type Texts = Mapping[str, Mapping[str, Sequence[str]]]
"""Paragraphs by field and language."""


@dataclass(frozen=True, slots=True)
class FrozenText:
    """One text as it is discussed, in the language in which it is shown."""

    field: str
    language: str
    paragraphs: tuple[str, ...]


def freeze(recommendation: Recommendation) -> Texts:
    """Return the paragraphs of all texts in all languages."""
    return {
        field: {code: paragraphs_of(recommendation, field, code) for code in LANGUAGE_CODES}
        for field in RECOMMENDATION.texts
    }


def paragraphs_of(recommendation: Recommendation, field: str, language: str) -> list[str]:
    """Return the paragraphs of a text as it stands now."""
    from alpclusters.analysis.plans import split_paragraphs  # noqa: PLC0415 - NumPy comes with it

    return list(split_paragraphs(getattr(recommendation, field).inside(language)))


def frozen_texts(consultation: Consultation, pk: int, language: str) -> list[FrozenText]:
    """Return the texts of a recommendation, each in a language or the next one it has."""
    found = []
    for field in RECOMMENDATION.texts:
        kept = consultation.texts.get(str(pk), {}).get(field, {})
        for code in dict.fromkeys((language, DEFAULT_LANGUAGE, *LANGUAGE_CODES)):
            if kept.get(code):
                found.append(FrozenText(field, code, tuple(kept[code])))
                break
    return found


def paragraph_of(
    consultation: Consultation, pk: int, field: str, language: str, number: int
) -> str | None:
    """Return one paragraph as it is discussed, or None where there is none."""
    paragraphs = consultation.texts.get(str(pk), {}).get(field, {}).get(language, [])
    return paragraphs[number] if 0 <= number < len(paragraphs) else None


def common_languages(consultation: Consultation) -> list[str]:
    """List the languages in which the title and all the recommendations are complete."""
    titles = consultation.title.each()
    chosen = list(consultation.recommendations.all())
    return [
        code
        for code in LANGUAGE_CODES
        if titles[code].strip()
        and all(getattr(one, f).inside(code) for one in chosen for f in _NEEDED)
    ]


# --- Prepare a consultation: what is discussed, by whom, until when -------------------------------


State = Consultation.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a consultation is about; of each text all languages."""

    texts: Mapping[str, Mapping[str, str]]
    audience: str
    opens_on: date | None
    closes_on: date | None
    recommendations: Collection[Recommendation]


@transaction.atomic
def create_consultation(project: Project, wanted: Wanted, *, by: User | None) -> Consultation:
    """Begin a consultation; nobody sees it before it opens."""
    return _store(Consultation(project=project, created_by=by), wanted)


@transaction.atomic
def change_consultation(consultation: Consultation, wanted: Wanted) -> Consultation:
    """Change a consultation that was not opened.

    Raises
    ------
    StateError
        It was opened (``consultation.not_planned``).
    """
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if current.state != State.PLANNED:
        raise StateError("consultation.not_planned")
    return _store(current, wanted)


def _store(current: Consultation, wanted: Wanted) -> Consultation:
    values: dict[str, Any] = {
        **wanted.texts,
        "audience": wanted.audience,
        "opens_on": wanted.opens_on,
        "closes_on": wanted.closes_on,
    }
    for name, value in values.items():
        setattr(current, name, value)
    current.save()
    own = [one.pk for one in wanted.recommendations if one.project_id == current.project_id]
    current.recommendations.set(own)
    return current


# --- Where comments belong after the text was revised; those that fit nowhere are orphaned --------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment belongs in the text as it stands now.

    ``paragraph`` is None where no paragraph is like the one it was about.
    """

    paragraph: int | None
    version: int
    has_moved: bool

    @property
    def is_orphaned(self) -> bool:
        """Say whether its paragraph is gone."""
        return self.paragraph is None


def places_of(comments: Iterable[Comment]) -> dict[int, Place]:
    """Find the place of comments, whose recommendations have been read, by their keys."""
    return {one.pk: place_of(one) for one in comments}


def place_of(comment: Comment) -> Place:
    """Find where a comment belongs in the newest text."""
    from alpclusters.analysis.plans import anchor_paragraph  # noqa: PLC0415 - NumPy comes with it

    text = comment.recommendation
    if comment.version == text.version:
        return Place(comment.paragraph, text.version, has_moved=False)
    paragraphs = paragraphs_of(text, comment.field, comment.language)
    found = anchor_paragraph(comment.quote, comment.paragraph, paragraphs)
    return Place(found, text.version, has_moved=found != comment.paragraph)


def store_orphans(consultation: Consultation) -> int:
    """Keep which comments have lost their paragraph; return how many."""
    comments = list(consultation.comments.select_related("recommendation"))
    for one in comments:
        one.is_orphaned = place_of(one).is_orphaned
    Comment.objects.bulk_update(comments, ["is_orphaned"])
    return sum(one.is_orphaned for one in comments)


# --- Open, close, finish and publish a consultation -----------------------------------------------
#
# Anything that is not in the table is refused with the states that are allowed.


TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.PLANNED: (State.OPEN,),
    State.OPEN: (State.CLOSED,),
    State.CLOSED: (State.ANSWERED,),
    State.ANSWERED: (State.PUBLISHED,),
    State.PUBLISHED: (),
}


@transaction.atomic
def open_consultation(
    consultation: Consultation, *, by: User | None, now: datetime
) -> Consultation:
    """Freeze the texts with their versions and let people comment.

    Its recommendations are in consultation from now on.

    Raises
    ------
    StateError
        It has no end after today, no recommendation, no common language, or a recommendation is
        not ready; nothing is changed then.
    """
    current = _at(consultation, State.OPEN)
    today = timezone.localdate(now)
    _require_end(current, now)
    chosen = list(current.recommendations.order_by("pk"))
    if not chosen:
        raise StateError("consultation.no_recommendations")
    if not common_languages(current):
        raise StateError("consultation.languages")
    moved = _move_all(chosen, by=by, now=now)
    current.versions = {str(one.pk): one.version for one in moved}
    current.texts = {str(one.pk): freeze(one) for one in moved}
    current.opens_on = today
    return _set(current, State.OPEN)


@transaction.atomic
def close_consultation(consultation: Consultation) -> Consultation:
    """Take no more comments in time; late ones are still kept and marked."""
    return _set(_at(consultation, State.CLOSED), State.CLOSED)


@transaction.atomic
def finish_answers(consultation: Consultation) -> Consultation:
    """Say that every comment has its answer.

    Raises
    ------
    StateError
        Some comments have none (``consultation.comments_open``).
    """
    current = _at(consultation, State.ANSWERED)
    n_open = current.comments.filter(state=Comment.State.OPEN).count()
    if n_open:
        raise StateError("consultation.comments_open", found=str(n_open))
    store_orphans(current)
    return _set(current, State.ANSWERED)


@transaction.atomic
def publish_consultation(consultation: Consultation) -> Consultation:
    """Show everybody the comments with their answers."""
    return _set(_at(consultation, State.PUBLISHED), State.PUBLISHED)


def close_due(now: datetime) -> list[Consultation]:
    """Close those whose last day is over; return them."""
    return [close_consultation(one) for one in due_to_close(now)]


def due_to_close(now: datetime) -> list[Consultation]:
    """List the open ones whose last day is over."""
    over = Consultation.objects.filter(state=State.OPEN, closes_on__lt=timezone.localdate(now))
    return list(over.order_by("pk"))


def _at(consultation: Consultation, to: str) -> Consultation:
    current = Consultation.objects.select_for_update().get(pk=consultation.pk)
    if to not in TABLE[current.state]:
        raise StateError(
            "consultation.move_refused",
            found=f"{current.state} -> {to}",
            expected=", ".join(TABLE[current.state]),
        )
    return current


def _set(current: Consultation, state: str) -> Consultation:
    current.state = state
    current.save()
    return current


def _require_end(current: Consultation, now: datetime) -> None:
    today = timezone.localdate(now)
    first = max(today, current.opens_on or today)
    if current.closes_on is None or current.closes_on <= first:
        raise StateError("consultation.no_end")


def _move_all(
    chosen: list[Recommendation], *, by: User | None, now: datetime
) -> list[Recommendation]:
    """Move the texts into consultation; those that are in one already stay there."""
    moved, refused = [], []
    for one in chosen:
        if one.state == Text.IN_CONSULTATION:
            moved.append(one)
            continue
        try:
            moved.append(move(one, Step(Text.IN_CONSULTATION), by=by, now=now))
        except AlpClustersError:
            refused.append(one.code)
    if refused:
        raise StateError("consultation.not_ready", found=", ".join(refused))
    return moved
