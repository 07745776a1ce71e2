"""The course of an AlpCafé: the phases it goes through, one after the other."""

from dataclasses import dataclass

from alpclusters.platform.cafe.models import AlpCafe, Phase


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
