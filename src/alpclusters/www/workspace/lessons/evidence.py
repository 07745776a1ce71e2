"""What bears on a lesson: both sides with equal weight, and what waits for a second coder."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.lessons.bearings import SETTLED_PLACE
from alpclusters.platform.evidence.models import Activity, Bearing, BearingVote, Lesson, Stance
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES

MOST_FOUND = 20


@dataclass(frozen=True)
class BearingView:
    """One activity with its stance, and what the reader may do."""

    bearing: Bearing
    activity: Activity
    stance: str
    stance_label: Any
    votes: Sequence[BearingVote]
    own: str
    own_label: Any
    is_disputed: bool
    may_vote: bool
    may_settle: bool
    may_take_back: bool


@dataclass(frozen=True)
class EvidenceView:
    """All that bears on a lesson, by side."""

    supports: Sequence[BearingView]
    contradicts: Sequence[BearingView]
    mixed: Sequence[BearingView]
    waiting: Sequence[BearingView]


def read_evidence(lesson: Lesson, user: User) -> EvidenceView:
    """Read the bearings in three queries; nobody's vote shows before all have spoken."""
    bearings = list(
        lesson.bearings.select_related("activity__initiative")
        .prefetch_related("votes")
        .annotate(n_places=Max("activity__initiative__corpora__n_coders"))
        .order_by("activity__initiative__acronym", "activity__number", "pk")
    )
    views = [_view(bearing, user) for bearing in bearings]
    return EvidenceView(
        supports=_with(views, Stance.SUPPORTS),
        contradicts=_with(views, Stance.CONTRADICTS),
        mixed=_with(views, Stance.MIXED),
        waiting=_with(views, ""),
    )


def find_activities(words: str, lesson: Lesson, user: User) -> list[Activity]:
    """Find activities of one's corpora that are not tied yet: every word in name or initiative."""
    found = Activity.objects.filter(initiative__corpora__in=corpora_of(user))
    for word in words.split()[:8]:
        says = Q(initiative__acronym__icontains=word)
        for code in LANGUAGE_CODES:
            says |= Q(**{f"name__{code}__icontains": word})
        found = found.filter(says)
    fresh = found.exclude(bearings__lesson=lesson).select_related("initiative").distinct()
    return list(fresh.order_by("initiative__acronym", "number", "pk")[:MOST_FOUND])


def _view(bearing: Any, user: User) -> BearingView:
    votes = sorted(bearing.votes.all(), key=lambda vote: vote.place)
    spoken = [vote for vote in votes if vote.place != SETTLED_PLACE]
    own = next((vote for vote in spoken if vote.coder_id == user.pk), None)
    places = bearing.n_places or 1
    is_complete = len(spoken) >= places
    is_disputed = is_complete and len({vote.stance for vote in spoken}) > 1
    return BearingView(
        bearing=bearing,
        activity=bearing.activity,
        stance=bearing.stance,
        stance_label=bearing.get_stance_display(),
        votes=votes if is_complete and len(spoken) > 1 else (),
        own=own.stance if own else "",
        own_label=own.get_stance_display() if own else "",
        is_disputed=is_disputed,
        may_vote=own is None and len(spoken) < places,
        may_settle=is_disputed and own is None,
        may_take_back=own is not None and len(spoken) < max(places, 2),
    )


def _with(views: Iterable[BearingView], stance: str) -> list[BearingView]:
    return [view for view in views if view.stance == stance]
