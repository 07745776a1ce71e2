"""The map of opinions for phones: each finds the place of its own answers and marks it there.

All phones get the same: how answers become a place, where places lie in the drawing, sentences.
"""

from dataclasses import dataclass
from statistics import NormalDist, fmean
from typing import Any, Final

from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult, OwnPlace
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.reports.charts.cloud import AXIS
from alpclusters.reports.charts.groups import PlacedPeople, place_at
from alpclusters.reports.evaluation_joint_opinion import joint_ends, joint_figure
from alpclusters.reports.evaluation_results import JointOpinion
from alpclusters.reports.numbers import format_percent
from alpclusters.reports.stored_subjects import subject_in
from alpclusters.www.public.evaluations.tables import ChartPart, figure_part

LEVEL: Final = 0.9


@dataclass(frozen=True, slots=True)
class OwnMap:
    """The map as on the page of the evaluation, and what a script needs to mark a place on it."""

    part: ChartPart
    data: dict[str, Any]


def own_map(evaluation: Evaluation, opinion: JointOpinion, language: str) -> OwnMap | None:
    """Return the map for phones; None where the evaluation has none, or is too old to tell."""
    own = opinion.found.own
    if own is None:
        return None
    subject = subject_in(evaluation, language)
    ends = [end[0] if end else "" for end in joint_ends(opinion, subject)]
    data = {
        "kind": own.kind,
        "items": {f"{i.measure}:{i.criterion}": [i.mean, i.x, i.y, i.known] for i in own.items},
        "least": own.least,
        "strictness": own.strictness,
        "reach": own.reach,
        "cuts": [own.low, own.high],
        "rounds": list(evaluation.rounds),
        "groups": _centres(opinion.found, own),
        "ends": ends,
        "interval": NormalDist().inv_cdf((1 + LEVEL) / 2),
        "drawing": _drawing(),
        "say": _sentences(language),
    }
    return OwnMap(figure_part(joint_figure(opinion, subject, language), language), data)


def _centres(found: OpinionResult, own: OwnPlace) -> list[tuple[str, float, float]]:
    """Return the middle of each camp; people who declared a group need not answer alike."""
    if own.kind != "camps":
        return []
    centres = []
    for group in found.groups:
        n = [place.n for place in group.places]
        x, y = (fmean(at, n) for at in zip(*((p.x, p.y) for p in group.places), strict=True))
        centres.append((group.key, round(x, 2), round(y, 2)))
    return centres


def _drawing() -> dict[str, float]:
    (x, y), (right, up) = place_at(PlacedPeople(0, 0, 1)), place_at(PlacedPeople(1, 1, 1))
    return {"x": x, "y": y, "dx": right - x, "dy": up - y, "axis": AXIS}


def _sentences(language: str) -> dict[str, str]:
    return {
        "you": _("You"),
        "group": _("Your answers lie with group %(letter)s."),
        "between": _("Your answers lie between the groups."),
        "towards": _("Your answers lie towards the end that rates “%(item)s” higher."),
        "left": _("Your answers lie to the left of the middle."),
        "right": _("Your answers lie to the right of the middle."),
        "middle": _("Your answers lie around the middle: they do not clearly lean to either end."),
        "basis": _(
            "This phone computed the place itself, from %(n)s of the %(all)s ratings behind the "
            "map; nobody else learns it."
        ),
        "interval": _("The bar shows its interval of %(level)s.")
        % {"level": format_percent(LEVEL, language)},
        "few": _(
            "Too few ratings for a place on the map: this phone has %(n)s, it takes %(least)s."
        ),
        "none": _("This phone keeps no ratings of this AlpCafé, so it cannot mark your place."),
    }
