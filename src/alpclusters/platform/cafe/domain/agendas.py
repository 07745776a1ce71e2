"""The agenda of the day: its phases with minutes, and when each of them begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from alpclusters.platform.cafe.models import AlpCafe, Phase

# --- The course of an AlpCafé: the phases it goes through, one after the other --------------------


@dataclass(frozen=True, slots=True)
class Step:
    """A phase, and in which round at the tables (0 outside the rounds)."""

    phase: Phase
    round_index: int = 0


def course_of(cafe: AlpCafe) -> list[Step]:
    """Return the steps from the preparation to the close, in order.

    Without a hall people rate and nothing else; round 1 (needs and expectations) talks and
    does not rate.
    """
    if not cafe.in_hall:
        return [Step(Phase.DRAFT), Step(Phase.RATING), Step(Phase.CLOSED)]
    steps = [Step(Phase.DRAFT), Step(Phase.LOBBY)]
    if cafe.has_presentation:
        steps.append(Step(Phase.PRESENTATION))
    for index in range(1, cafe.n_rounds + 1):
        steps += [Step(p, index) for p in (Phase.SEATING, Phase.TALK, Phase.HARVEST)]
    if cafe.round == AlpCafe.Round.MEASURES:
        steps += _rating_steps(cafe)
    if cafe.has_feedback:
        steps.append(Step(Phase.FEEDBACK))
    return [*steps, Step(Phase.CLOSED)]


def place_in(cafe: AlpCafe, course: list[Step]) -> int:
    """Return where the AlpCafé stands in its course; the last step when it is sealed."""
    if cafe.phase == Phase.SEALED:
        return len(course) - 1
    here = Step(Phase(cafe.phase), cafe.round_index)
    return course.index(here) if here in course else 0


def next_step(cafe: AlpCafe) -> Step | None:
    """Return the step that comes next, None at the end."""
    course = course_of(cafe)
    place = place_in(cafe, course) + 1
    return course[place] if place < len(course) else None


def _rating_steps(cafe: AlpCafe) -> list[Step]:
    steps = [Step(Phase.RATING)]
    if cafe.has_top_three:
        steps.append(Step(Phase.TOP_THREE))
    steps.append(Step(Phase.RESULTS))
    if cafe.has_second_rating:
        steps += [Step(Phase.RATING_2), Step(Phase.RESULTS_2)]
    return steps


# --- The agenda of the day: its phases with minutes, and when each of them begins -----------------


# Minutes of the phases that no field decides (time plan of our own for an AlpCafé of three hours).
WELCOME: Final = 15
PER_MEASURE: Final = 6
MINUTES: Final = {
    Phase.LOBBY: 20,
    Phase.RATING: 12,
    Phase.TOP_THREE: 5,
    Phase.RESULTS: 15,
    Phase.RATING_2: 8,
    Phase.RESULTS_2: 7,
    Phase.FEEDBACK: 5,
}
LAST_HARVEST: Final = 10
DEFAULT_BEGIN: Final = time(9)
DEFAULT_LENGTH: Final = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Slot:
    """A phase with its begin and its minutes."""

    phase: Phase
    round_index: int
    begins: datetime
    minutes: int

    @property
    def ends(self) -> datetime:
        """When the next one begins."""
        return self.begins + timedelta(minutes=self.minutes)


def agenda_of(cafe: AlpCafe) -> list[Slot]:
    """Return the phases of the day in order; phases without a length of their own are left out."""
    moment = begin_of(cafe)
    slots = []
    n_measures = cafe.cafe_measures.count() if cafe.has_presentation else 0
    for step in course_of(cafe):
        minutes = _minutes(cafe, step, n_measures)
        if minutes:
            slots.append(Slot(step.phase, step.round_index, moment, minutes))
            moment += timedelta(minutes=minutes)
    return slots


def begin_of(cafe: AlpCafe) -> datetime:
    """Return when the AlpCafé begins, nine o'clock if nobody said."""
    naive = datetime.combine(cafe.held_on, cafe.starts_at or DEFAULT_BEGIN)
    return timezone.make_aware(naive)


def end_of(cafe: AlpCafe) -> datetime:
    """Return when it ends: as announced, else as the agenda needs, else after three hours."""
    if cafe.ends_at_time is not None:
        naive = datetime.combine(cafe.held_on, cafe.ends_at_time)
        return timezone.make_aware(naive)
    slots = agenda_of(cafe)
    return slots[-1].ends if slots and cafe.in_hall else begin_of(cafe) + DEFAULT_LENGTH


def minutes_over(cafe: AlpCafe, slots: Sequence[Slot]) -> int:
    """Return by how many minutes the agenda is longer than announced; negative: time is left."""
    if cafe.ends_at_time is None or not slots:
        return 0
    return round((slots[-1].ends - end_of(cafe)).total_seconds() / 60)


def _minutes(cafe: AlpCafe, step: Step, n_measures: int) -> int:
    if step.phase == Phase.PRESENTATION:
        return WELCOME + PER_MEASURE * n_measures
    if step.phase == Phase.SEATING:
        return cafe.minutes_to_change
    if step.phase == Phase.TALK:
        return cafe.minutes_per_round
    if step.phase == Phase.HARVEST:
        # Between two rounds the harvest is the change of tables.
        return LAST_HARVEST if step.round_index == cafe.n_rounds else 0
    return MINUTES.get(step.phase, 0)
