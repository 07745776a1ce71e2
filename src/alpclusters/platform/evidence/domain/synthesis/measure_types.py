"""The evidence on one type of measure, for its own page."""

from dataclasses import dataclass

from alpclusters.analysis.certainty import OUTCOMES, Lasting, Outcome
from alpclusters.platform.evidence.domain.synthesis.counting import Counts
from alpclusters.platform.evidence.domain.synthesis.flat import counting_activities


@dataclass(frozen=True, slots=True)
class TypeEvidence:
    """What became of one type of measure.

    Attributes
    ----------
    families, activities : dict of str to int
        By outcome: lasting, transformed, ended, unknown.
    n_families, n_activities : int
    lasting : Lasting
        Share of families that went on with its 90 % interval, or the reason why there is none.
    is_simulated : bool
        Whether all of it is invented.
    """

    families: dict[str, int]
    activities: dict[str, int]
    n_families: int
    n_activities: int
    lasting: Lasting
    is_simulated: bool


def evidence_of_measure_type(key: str, *, is_simulated: bool = False) -> TypeEvidence:
    """Count families and activities of a type in one world by what became of them; one query."""
    columns = ("initiative", "initiative__family", "outcome_status", "is_simulated",
               "initiative__is_simulated")  # fmt: skip
    rows = counting_activities().filter(measure_type=key).order_by("pk").values_list(*columns)
    places = {outcome.value: place for place, outcome in enumerate(OUTCOMES)}
    best: dict[int, int] = {}
    activities = [0] * len(OUTCOMES)
    for initiative, family, status, *invented in rows:
        if any(invented) != is_simulated:
            continue
        place = places.get(status, places[Outcome.UNKNOWN])
        activities[place] += 1
        key_of_family = family or initiative
        best[key_of_family] = min(place, best.get(key_of_family, place))
    families = [sum(place == k for place in best.values()) for k in range(len(OUTCOMES))]
    counts = Counts(_four(families), _four(activities))
    return TypeEvidence(
        families=dict(zip(places, families, strict=True)),
        activities=dict(zip(places, activities, strict=True)),
        n_families=counts.n_families,
        n_activities=counts.n_activities,
        lasting=counts.lasting,
        is_simulated=is_simulated,
    )


def _four(counts: list[int]) -> tuple[int, int, int, int]:
    lasting, transformed, ended, unknown = counts
    return lasting, transformed, ended, unknown
