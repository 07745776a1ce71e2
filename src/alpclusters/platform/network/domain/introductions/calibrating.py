"""What the score of a proposal has meant so far: learnt from outcomes after 12 months."""

from dataclasses import dataclass

from alpclusters.analysis.matching import Calibration, calibrate
from alpclusters.platform.network.domain.introductions.follow_ups import ORDER
from alpclusters.platform.network.domain.introductions.outcomes import STEPS, labels_at_year
from alpclusters.platform.network.models import Introduction


@dataclass(frozen=True, slots=True)
class StepCalibration:
    """For one step: how the score translates into the chance to come so far or further."""

    step: str
    found: Calibration


def calibrate_score(*, is_simulated: bool) -> list[StepCalibration]:
    """Fit the three curves, for contact, agreement and project.

    Labels exist only for pairs that were introduced, and had a score when they were.
    """
    labels = labels_at_year(is_simulated=is_simulated)
    scored = Introduction.objects.accepted().filter(pk__in=list(labels)).exclude(score=None)
    rows = list(scored.order_by("pk").values_list("pk", "score"))
    scores = [float(score or 0) for _, score in rows]
    reached = [ORDER.index(labels[pk]) for pk, _ in rows]
    return [
        StepCalibration(step, calibrate(scores, [int(one >= place) for one in reached]))
        for place, step in enumerate(STEPS, start=1)
    ]
