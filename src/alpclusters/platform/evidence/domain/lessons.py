"""Lessons: what speaks for and against them, written, published; measures that they suggest."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding.answers import places_of
from alpclusters.platform.evidence.domain.coding.settling import follow_lessons
from alpclusters.platform.evidence.domain.grading.regrading import gradings_of
from alpclusters.platform.evidence.domain.versions import Version, values_of_version, versions_of
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    BearingVote,
    Initiative,
    Lesson,
    LessonMeasure,
    Quotation,
    Stance,
)
from alpclusters.platform.fields import fields_of
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.worlds import check_one_world

# --- Which activities speak for a lesson and which against it: two people, blind to each other


SETTLED_PLACE = 3


@transaction.atomic
def bear(
    activity: Activity, lesson: Lesson, stance: str, by: User, *, now: datetime | None = None
) -> Bearing:
    """Say whether an activity speaks for a lesson.

    The stance of the bearing stays empty until as many have spoken as code the activity; then
    the common stance stands there, or it waits for `settle_stance`.

    Raises
    ------
    InputError
        No such stance; one is simulated, the other is not (``worlds.mixed``).
    StateError
        A programme line, all places are taken, or one's own vote was already compared.
    """
    if stance not in Stance.values:
        expected = ", ".join(Stance.values)
        raise InputError("lesson.no_stance", where=Where(field="stance"), expected=expected)
    if activity.initiative.kind == Initiative.Kind.PROGRAMME_LINE:
        raise StateError("activity.programme_line", found=activity.initiative.acronym)
    _check_world(activity, lesson)
    at = now or timezone.now()
    tie, _created = Bearing.objects.get_or_create(activity=activity, lesson=lesson)
    # Two may speak at the same moment: the later one waits here and then sees the other's vote.
    bearing = Bearing.objects.select_for_update(of=("self",)).get(pk=tie.pk)
    _vote(bearing, stance, by, at)
    _decide(bearing, at)
    return bearing


@transaction.atomic
def settle_stance(bearing: Bearing, stance: str, by: User, *, now: datetime | None = None) -> None:
    """Decide as a third person where two differ; their votes stay as they are.

    Raises
    ------
    StateError
        The two do not differ, or one of them decides.
    """
    if stance not in Stance.values:
        expected = ", ".join(Stance.values)
        raise InputError("lesson.no_stance", where=Where(field="stance"), expected=expected)
    votes = [vote for vote in bearing.votes.order_by("place") if vote.place != SETTLED_PLACE]
    if not is_disputed(bearing, votes):
        raise StateError("lesson.no_dispute")
    if by.pk in {vote.coder_id for vote in votes}:
        raise StateError("lesson.not_by_one_coder")
    at = now or timezone.now()
    BearingVote.objects.update_or_create(
        bearing=bearing,
        place=SETTLED_PLACE,
        defaults={"coder": by, "stance": stance, "made_at": at},
    )
    _decide(bearing, at)


@transaction.atomic
def unbear(bearing: Bearing, by: User, *, now: datetime | None = None) -> bool:
    """Take one's own vote back; without any vote the tie goes.

    Once compared, votes stay: a coordinator may only remove the whole tie elsewhere.

    Returns
    -------
    bool
        Whether there was a vote to take back.
    """
    own = bearing.votes.filter(coder=by).exclude(place=SETTLED_PLACE).first()
    if own is None:
        return False
    if bearing.stance and bearing.votes.count() > 1:
        raise StateError("lesson.both_voted")
    own.delete()
    at = now or timezone.now()
    lesson_id = bearing.lesson_id
    if bearing.votes.exists():
        _decide(bearing, at)
    elif not bearing.is_seeded:
        bearing.delete()
    follow_lessons([lesson_id], now=at)
    return True


def _check_world(activity: Activity, lesson: Lesson) -> None:
    """Refuse to mix; a lesson on which nothing rests yet is of the world of its first activity."""
    is_new = not lesson.is_published and not (
        lesson.bearings.exists() or lesson.quotations.exists()
    )
    if is_new and lesson.is_simulated != activity.is_simulated:
        lesson.is_simulated = activity.is_simulated
        lesson.save(update_fields=["is_simulated"])
    check_one_world(lesson, [activity])


def n_votes_needed(bearing: Bearing) -> int:
    """Return how many must have spoken; never fewer than have begun."""
    begun = bearing.votes.exclude(place=SETTLED_PLACE).count()
    return max(places_of(bearing.activity), begun)


def is_disputed(bearing: Bearing, votes: Iterable[BearingVote]) -> bool:
    """Say whether all have spoken and differ."""
    first_two = [vote for vote in votes if vote.place != SETTLED_PLACE]
    if len(first_two) < n_votes_needed(bearing):
        return False
    return len({vote.stance for vote in first_two}) > 1


def _vote(bearing: Bearing, stance: str, by: User, at: datetime) -> None:
    votes = {vote.coder_id: vote for vote in bearing.votes.exclude(place=SETTLED_PLACE)}
    own = votes.get(by.pk)
    if own is not None:
        if len(votes) > 1 and own.stance != stance:
            raise StateError("lesson.both_voted")
        own.stance, own.made_at = stance, at
        own.save()
        return
    if len(votes) >= places_of(bearing.activity):
        raise StateError("coding.places_taken", found=str(len(votes)))
    place = 1 if 1 not in {vote.place for vote in votes.values()} else 2
    BearingVote.objects.create(bearing=bearing, coder=by, place=place, stance=stance, made_at=at)


def _decide(bearing: Bearing, at: datetime) -> None:
    """Let the bearing say what the votes say together."""
    votes = list(bearing.votes.order_by("place"))
    spoken = [vote for vote in votes if vote.place != SETTLED_PLACE]
    decided = next((vote.stance for vote in votes if vote.place == SETTLED_PLACE), "")
    common = {vote.stance for vote in spoken}
    if len(spoken) >= places_of(bearing.activity):
        stance = next(iter(common)) if len(common) == 1 else decided
    else:
        stance = bearing.stance if bearing.is_seeded else ""
    if stance != bearing.stance:
        bearing.stance = stance
        bearing.save()
    follow_lessons([bearing.lesson_id], now=at)


# --- Writing a lesson: what it says of which type of measure, under which condition ---------------


TRANSLATED: Final = tuple(one.name for one in fields_of(Lesson, lambda one: one.part == "texts"))
PLAIN: Final = tuple(one.name for one in fields_of(Lesson, lambda one: one.part == "what"))
# What people write; certainty, stance and ties have their own verbs.
FIELDS: Final = (*TRANSLATED, *PLAIN)
LONGEST_KEY: Final = 100


@transaction.atomic
def save_lesson(
    lesson: Lesson | None = None,
    *,
    by: User | None,
    reason: str = "",
    is_simulated: bool = False,
    **fields: Any,
) -> Lesson:
    """Write a lesson or change it; every version stays in its history.

    Parameters
    ----------
    lesson : Lesson, optional
        The one to change; without it a new one, unpublished, with a key that never changes.
    by : User or None
        Who writes.
    reason : str
        For the history.
    **fields
        Fields of `FIELDS`; a text by language, or alone in the active language.

    Raises
    ------
    InputError
        No statement in any language, or no verdict.
    """
    _check_names(fields)
    kept = lesson or Lesson(created_by=by, is_simulated=is_simulated)
    changed = _apply(kept, fields)
    if not kept.statement:
        raise InputError("lesson.no_statement", where=Where(field="statement"))
    if kept.verdict not in Lesson.Verdict.values:
        raise InputError("lesson.no_verdict", where=Where(field="verdict"))
    if lesson is not None and not changed:
        return kept
    kept.key = kept.key or free_key(kept)
    sign(kept, by, reason=reason)
    kept.save()
    follow_lessons([kept.pk])
    kept.refresh_from_db()
    return kept


def free_key(lesson: Lesson) -> str:
    """Return a key after the English statement, else the first there is, that nobody has."""
    words = lesson.statement.read_in(DEFAULT_LANGUAGE)
    base = slugify(words)[:LONGEST_KEY].strip("-") or "lesson"
    taken = set(Lesson.objects.filter(key__startswith=base).values_list("key", flat=True))
    # The address evidence/lessons/new/ belongs to the form.
    taken.add("new")
    key, number = base, 1
    while key in taken:
        number += 1
        key = f"{base}-{number}"
    return key


def missing_languages(lesson: Lesson) -> list[str]:
    """Return the languages in which a text is missing that another language has."""
    written = [text for name in TRANSLATED if (text := getattr(lesson, name))]
    return [code for code in LANGUAGE_CODES if any(not text.inside(code) for text in written)]


def _apply(lesson: Lesson, fields: Mapping[str, Any]) -> bool:
    changed = [name for name, value in fields.items() if getattr(lesson, name) != value]
    for name in changed:
        setattr(lesson, name, fields[name])
    return bool(changed)


def _check_names(fields: Mapping[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        message = f"not a field of a lesson: {', '.join(sorted(unknown))}"
        raise ValueError(message)


# --- The versions of a lesson and the way back to one of them -------------------------------------


# What people changed; computed grades change often and say so at the lesson itself.
KEPT: Final = tuple(one.name for one in fields_of(Lesson, lambda one: one.part))


def versions(lesson: Lesson) -> list[Version]:
    """Return the versions that differ in what people write, newest first."""
    return [v for v in versions_of(lesson, KEPT) if v.changes or v.is_first]


def revert_lesson(lesson: Lesson, *, history_id: int, by: User) -> bool:
    """Bring the texts of an earlier version back; False if the lesson has no such version."""
    texts = values_of_version(lesson, history_id, FIELDS)
    if texts is None:
        return False
    save_lesson(lesson, by=by, reason=f"revert:{history_id}", **texts)
    return True


# --- Publishing a lesson: only where something speaks for it or against it ------------------------


@transaction.atomic
def publish_lesson(lesson: Lesson, by: User | None) -> Lesson:
    """Show a lesson to everybody.

    Raises
    ------
    StateError
        Nothing bears on it and no source is quoted: it would stand without a trail
        (``lesson.no_trail``). Activities bear on it, but no place is quoted for it or for any of
        them: nobody could look it up (``lesson.no_quotation``). Its evidence gives another
        certainty by now than is stored (``lesson.grade_outdated``).
    """
    bearing = lesson.bearings.exclude(stance="")
    quoted = Quotation.objects.filter(
        Q(lesson=lesson) | Q(activity__in=bearing.order_by().values("activity"))
    )
    if not quoted.exists():
        code = "lesson.no_quotation" if bearing.exists() else "lesson.no_trail"
        raise StateError(code, found=lesson.key)
    derived = gradings_of([lesson])[lesson.pk]["grade"]
    if lesson.grading and lesson.grade != derived:
        code = "lesson.grade_outdated"
        raise StateError(code, found=lesson.grade, expected=derived)
    return _set(lesson, by, is_published=True)


@transaction.atomic
def withdraw_lesson(lesson: Lesson, by: User | None) -> Lesson:
    """Take a lesson back from the public pages; nothing is lost."""
    return _set(lesson, by, is_published=False)


def _set(lesson: Lesson, by: User | None, *, is_published: bool) -> Lesson:
    if lesson.is_published != is_published:
        lesson.is_published = is_published
        sign(lesson, by, reason="publish" if is_published else "withdraw")
        lesson.save()
    return lesson


# --- Which measures a lesson suggests: the step of the trail from lesson to measure ---------------


@transaction.atomic
def suggest(lesson: Lesson, measure: Measure, by: User | None, note: str = "") -> LessonMeasure:
    """Tie a lesson to a measure, or change the note of the tie there is."""
    tie, is_new = LessonMeasure.objects.get_or_create(
        lesson=lesson, measure=measure, defaults={"made_by": by, "note": note}
    )
    if not is_new and tie.note != note:
        tie.note = note
        tie.save(update_fields=["note"])
    return tie


@transaction.atomic
def unsuggest(lesson: Lesson, measure: Measure) -> bool:
    """Untie a lesson and a measure; False if they were not tied."""
    gone, _by_model = LessonMeasure.objects.filter(lesson=lesson, measure=measure).delete()
    return bool(gone)
