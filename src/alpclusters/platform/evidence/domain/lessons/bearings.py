"""Which activities speak for a lesson and which against it: two people, blind to each other."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding.following import follow_lessons
from alpclusters.platform.evidence.domain.coding.needed import places_of
from alpclusters.platform.evidence.models import (
    Activity,
    Bearing,
    BearingVote,
    Initiative,
    Lesson,
    Stance,
)
from alpclusters.platform.worlds import check_one_world

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
