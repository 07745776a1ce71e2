"""Looking for the best few: what a person is asked next, and whether they are known well enough.

Off unless a facilitator names a number. The answers that stand are looked at when a phone has
come to the end of a few measures, and at most every quarter of a minute; never with a vote.
"""

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.analysis.scales import join_scales
from alpclusters.platform.cafe.domain.answers import (
    Answer,
    standing_of_cafe,
    standing_of_participant,
)
from alpclusters.platform.cafe.domain.orders import kept_order
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Participant

if TYPE_CHECKING:
    from alpclusters.analysis.asking import AskingState

EVERY: Final = 4
"""After so many measures a phone asks how to go on."""
FRESH_S: Final = 15.0
_KEPT_S: Final = 3600.0
_FIRST_ROUND: Final = 1


@dataclass(frozen=True, slots=True)
class Known:
    """What the answers tell of the measures at one moment.

    Attributes
    ----------
    measures : tuple of int
    shown : tuple of int
        People who answered anything about a measure.
    state : AskingState or None
        None until ten people have rated: the order on a phone tells of the answers of others.
    is_enough : bool
        Whether at most half a wrong one is expected among the best few.
    """

    measures: tuple[int, ...]
    shown: tuple[int, ...]
    state: "AskingState | None"
    is_enough: bool


_known: dict[str, tuple[float, Known]] = {}
_lock = threading.Lock()


def is_searching(cafe: AlpCafe, n_measures: int) -> bool:
    """Say whether the best few are looked for, of more measures than that."""
    return 0 < (cafe.best_k or 0) < n_measures


def further_order(person: Participant, at: int) -> list[int] | None:
    """Return the order of a person with other measures next; None where it stays as it is.

    Parameters
    ----------
    person : Participant
    at : int
        So many places have been shown. They stay, and so does everything before an answer.
    """
    cafe = person.cafe
    if not cafe.best_k or cafe.rating_round != _FIRST_ROUND:
        return None
    known = known_of(cafe)
    if known.state is None or not is_searching(cafe, len(known.measures)):
        return None
    order = kept_order(person.measure_order, known.measures, person.pk)
    answered = {measure for measure, _criterion in standing_of_participant(person)}
    last = max((place for place, one in enumerate(order, start=1) if one in answered), default=0)
    head = order[: max(at, last)]
    following = _next(cafe, known, head, seed=person.pk * len(order) + len(head))
    behind = [measure for measure in order if measure not in head and measure not in following]
    return [*head, *following, *behind] if following else None


def known_of(cafe: AlpCafe) -> Known:
    """Return what is known of the measures of an AlpCafé, a quarter of a minute old at most."""
    kept = _known.get(cafe.code)
    if kept is None or time.monotonic() - kept[0] > FRESH_S:
        with _lock:
            kept = _known.get(cafe.code)
            if kept is None or time.monotonic() - kept[0] > FRESH_S:
                kept = (time.monotonic(), _find(cafe))
                _keep(cafe.code, kept)
    return kept[1]


def _keep(code: str, fresh: tuple[float, Known]) -> None:
    for other in [key for key, kept in _known.items() if fresh[0] - kept[0] > _KEPT_S]:
        del _known[other]
    _known[code] = fresh


def _next(cafe: AlpCafe, known: Known, head: list[int], *, seed: int) -> list[int]:
    from alpclusters.analysis.asking import next_measures  # noqa: PLC0415 - needs NumPy

    assert known.state is not None  # noqa: S101 - the caller asked
    choice = next_measures(
        known.measures,
        known.shown,
        count=EVERY,
        seen=head,
        top=cafe.best_k,
        estimate=known.state.estimate,
        covariance=known.state.covariance,
        residual=known.state.residual,
        rater=known.state.rater,
        seed=seed,
    )
    return [int(measure) for measure in choice.measures]


def _find(cafe: AlpCafe) -> Known:
    measures = tuple(cafe.cafe_measures.values_list("measure_id", flat=True))
    answers = [row for row in standing_of_cafe(cafe, _FIRST_ROUND) if row.measure_id in measures]
    people = {(row.measure_id, row.participant_id) for row in answers}
    shown = tuple(sum(1 for one, _ in people if one == measure) for measure in measures)
    state = _state(measures, answers) if is_searching(cafe, len(measures)) else None
    return Known(measures, shown, state, _is_enough(state, cafe.best_k or 0))


def _state(measures: tuple[int, ...], answers: list[Answer]) -> "AskingState | None":
    from alpclusters.analysis.asking import asking_state  # noqa: PLC0415 - needs SciPy

    scales = {
        pk: scale
        for pk, scale in Criterion.objects.filter(
            pk__in={row.criterion_id for row in answers}
        ).values_list("pk", "scale")
        if scale.has_order
    }
    judged = [row for row in answers if row.value is not None and row.criterion_id in scales]
    if len({row.participant_id for row in judged}) < SMALLEST_GROUP:
        return None
    joined = join_scales(list(scales.values()))
    found = asking_state(
        [joined.place(row.value or 0, scales[row.criterion_id]) for row in judged],
        [row.participant_id for row in judged],
        [row.measure_id for row in judged],
        asked=measures,
        scale=joined.points,
        criterion=[row.criterion_id for row in judged],
    )
    return found if found.status == "ok" else None


def _is_enough(state: "AskingState | None", top: int) -> bool:
    from alpclusters.analysis.asking import top_doubt  # noqa: PLC0415 - needs NumPy

    if state is None or state.estimate is None or state.covariance is None:
        return False
    return top_doubt(state.estimate, state.covariance, top=top).is_enough
