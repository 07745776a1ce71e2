"""Invented needs, offers and introductions, and what came of them."""

from datetime import datetime, time, timedelta
from itertools import combinations
from random import Random
from typing import Final

from django.utils import timezone
from simple_history.utils import bulk_create_with_history

from alpclusters.platform.network.domain.demonstration.bodies import Body
from alpclusters.platform.network.domain.meetings.afterwards import publish_plan
from alpclusters.platform.network.domain.meetings.planning import plan_day
from alpclusters.platform.network.models import (
    Attendance,
    FollowUp,
    Introduction,
    MeetingDay,
    MeetingWish,
    Posting,
)
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.seed_rows import REASON

SEED: Final = 2014
N_INTRODUCTIONS: Final = 64
EVERY: Final = 4
ACCEPTED: Final = 0.8
FOLLOWED_UP: Final = (3, 12)
_MESSAGES: Final = {
    "de": "Simuliert: Wir möchten Sie gern kennenlernen.",
    "fr": "Simulé : nous aimerions faire votre connaissance.",
    "it": "Simulato: vorremmo conoscervi.",
    "sl": "Simulirano: radi bi vas spoznali.",
}
_MARKS: Final = {"de": "Simuliert", "fr": "Simulé", "it": "Simulato", "sl": "Simulirano"}
_COLONS: Final = {"de": ": ", "fr": " : ", "it": ": ", "sl": ": "}


def make_exchange(bodies: list[Body]) -> None:
    """Make postings and introductions, unless they are there."""
    if Posting.objects.filter(is_simulated=True).exists() or not bodies:
        return
    random = Random(SEED)  # noqa: S311 - no secret, the same every time
    now = timezone.now()
    postings = [_posting(body, k, now) for k, body in enumerate(bodies[::EVERY])]
    bulk_create_with_history(postings, Posting, default_change_reason=REASON)
    _introduce(bodies, random, now)


def _posting(body: Body, number: int, now: datetime) -> Posting:
    kind = Posting.Kind.NEED if number % 2 == 0 else Posting.Kind.OFFER
    words = body.field[f"{kind}_{body.language}"]
    published = now - timedelta(days=3 + 9 * number)
    return Posting(
        organisation=body.organisation,
        kind=kind,
        language=body.language,
        title=f"{_MARKS[body.language]}{_COLONS[body.language]}{words.rstrip('.')}"[:140],
        text=_text(body, words),
        sectors=[body.field["sectors"]],
        technologies=body.field["technologies"].split("|"),
        languages=[body.language, "en"],
        expires_on=timezone.localdate(now) + timedelta(days=60 + 20 * number),
        state=Posting.State.PUBLISHED,
        made_at=published,
        published_at=published,
        is_simulated=True,
    )


def _text(body: Body, words: str) -> str:
    does = body.field[f"does_{body.language}"]
    return f"{_MARKS[body.language]}{_COLONS[body.language]}{does}\n\n{words}"


def _introduce(bodies: list[Body], random: Random, now: datetime) -> None:
    pairs: set[tuple[int, int]] = set()
    rows: list[Introduction] = []
    outcomes: list[list[str]] = []
    while len(rows) < N_INTRODUCTIONS:
        one, other = random.sample(bodies, 2)
        key = one.organisation.pk, other.organisation.pk
        if key in pairs:
            continue
        pairs.add(key)
        score = round(random.uniform(35, 95), 1)
        rows.append(_introduction(one, other, score, random, now))
        outcomes.append([_outcome(score, months, random) for months in FOLLOWED_UP])
    made = bulk_create_with_history(rows, Introduction, default_change_reason=REASON)
    FollowUp.objects.bulk_create(
        follow_up
        for row, told in zip(made, outcomes, strict=True)
        if row.state == Introduction.State.ACCEPTED
        for follow_up in _follow_ups(row, told)
    )


def _introduction(
    one: Body, other: Body, score: float, random: Random, now: datetime
) -> Introduction:
    asked_at = now - timedelta(days=random.randint(400, 1400))
    is_accepted = random.random() < ACCEPTED
    states = Introduction.State
    return Introduction(
        asking=one.organisation,
        asked=other.organisation,
        score=score,
        message=_MESSAGES[one.language],
        language=one.language,
        state=states.ACCEPTED if is_accepted else states.DECLINED,
        asked_at=asked_at,
        decided_at=asked_at + timedelta(days=random.randint(1, 30)),
        is_simulated=True,
    )


def _outcome(score: float, months: int, random: Random) -> str:
    """Draw an outcome: later and with a higher score more came of it."""
    reached = score / 100 + months / 60 + random.uniform(-0.45, 0.45)
    order = FollowUp.Outcome
    steps = ((0.95, order.PROJECT), (0.78, order.AGREEMENT), (0.5, order.CONTACT))
    return next((outcome for least, outcome in steps if reached >= least), order.NOTHING)


def _follow_ups(row: Introduction, told: list[str]) -> list[FollowUp]:
    if row.decided_at is None:
        return []
    days = [row.decided_at + timedelta(days=30 * months) for months in FOLLOWED_UP]
    return [
        FollowUp(
            introduction=row,
            organisation=row.asking,
            months=months,
            outcome=outcome,
            asked_at=day,
            answered_at=day,
        )
        for months, outcome, day in zip(FOLLOWED_UP, told, days, strict=True)
    ]


# --- An invented day of meetings: who comes, what both want, and the plan that was sent -----------


MEETING_SEED: Final = 2015
N_BODIES: Final = 12
N_SLOTS: Final = 7
# So many of the pairs want to meet.
WANTED: Final = 0.4
_AHEAD: Final = timedelta(days=40)


def make_meetings(bodies: list[Body], project: Project) -> None:
    """Make a day with its plan, unless there is one."""
    if not bodies or MeetingDay.objects.filter(project=project).exists():
        return
    random = Random(MEETING_SEED)  # noqa: S311 - no secret, the same every time
    now = timezone.now()
    day = MeetingDay.objects.create(
        project=project,
        title="Alpine Cluster Matchmaking",
        place="Innsbruck",
        held_on=timezone.localdate(now) + _AHEAD,
        begins=time(9, 30),
        n_slots=N_SLOTS,
        breaks=[4],
        n_tables=4,
        most_each=5,
        state=MeetingDay.State.OPEN,
        made_at=now,
        is_simulated=True,
    )
    people = [_attendance(day, body, random, now) for body in bodies[:: len(bodies) // N_BODIES]]
    pairs = [pair for pair in combinations(people, 2) if random.random() < WANTED]
    MeetingWish.objects.bulk_create(
        MeetingWish(
            day=day,
            asking=asking,
            asked=asked,
            state=MeetingWish.State.ACCEPTED,
            weight=random.randint(1, 3),
            made_at=now,
        )
        for one, other in pairs
        for asking, asked in ((one, other), (other, one))
    )
    plan_day(day, now=now)
    publish_plan(day, now=now)


def _attendance(day: MeetingDay, body: Body, random: Random, now: datetime) -> Attendance:
    slots = [slot for slot in range(1, N_SLOTS + 1) if slot not in day.breaks]
    away = [random.choice(slots)] if random.random() < 1 / 4 else []
    spoken = [body.language, "en"] if random.random() < 3 / 4 else [body.language]
    return Attendance.objects.create(
        day=day, organisation=body.organisation, languages=spoken, away=away, added_at=now
    )
