"""What became of my cards and ratings, and where I am on the map of opinions: asked by a phone."""

import json
from dataclasses import dataclass
from statistics import NormalDist, fmean
from typing import Any, Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.open_data import is_released
from alpclusters.platform.evaluation.domain.opinion_results import OpinionResult, OwnPlace
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of, newest_released
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.tracing.domain.outcomes import outcomes_of_cards, outcomes_of_measures
from alpclusters.reports.charts.cloud import AXIS
from alpclusters.reports.charts.groups import PlacedPeople, place_at
from alpclusters.reports.evaluation.joint_opinion import (
    joint_ends,
    joint_figure,
    joint_opinion_of,
    joint_title,
)
from alpclusters.reports.evaluation.results import JointOpinion
from alpclusters.reports.numbers import format_percent
from alpclusters.reports.stored_results import subject_in
from alpclusters.www.public.cafes.papers import card_view, finding_view
from alpclusters.www.public.evaluations.tables import ChartPart, figure_part

# --- The map of opinions for phones: each finds the place of its own answers and marks it there
#
# All phones get the same: how answers become a place, where places lie in the drawing, sentences.


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


# --- What became of my cards and ratings: asked by a phone that alone knows which are its own -----
#
# The page is the same for everybody. A script reads the public ids from the phone or from behind
# ``#`` and posts them in the body: they reach no log, and nobody is told whose they are. It works
# after the seal, since nothing is asked but ids.


MOST: Final = 200
LONGEST_ID: Final = 32


@require_http_methods(["GET", "HEAD", "POST"])
def became(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the empty page, or answer a phone with what became of its ids."""
    opened = AlpCafe.objects.exclude(state=AlpCafe.State.DRAFT).select_related("project")
    cafe = get_object_or_404(opened, pk=pk)
    if request.method != "POST":
        is_public = cafe.project.is_public
        context = {
            "event": cafe.pk,
            # The title of an AlpCafé that is not public is nobody's business here.
            "cafe": cafe if is_public else None,
            "has_list": is_public and is_released(cafe),
            "opinions": opinions_in(cafe) if is_public else None,
            "simulated": cafe.is_simulated,
        }
        return render(request, "cafe/became.html", context)
    return render(request, "cafe/_became.html", _answer(cafe, _asked(request)))


@dataclass(frozen=True, slots=True)
class HallOpinions:
    """What the newest public evaluation says of camps, where its map is, and the map itself."""

    said: str
    address: str
    map: OwnMap | None


def opinions_in(cafe: AlpCafe) -> HallOpinions | None:
    """Return the opinions in the hall; None before an evaluation that tells any is public."""
    snapshot = newest_released().filter(cafe=cafe).first()
    if snapshot is None:
        return None
    language = nearest_language(get_language())
    evaluation = evaluation_of(snapshot)
    opinion = joint_opinion_of(evaluation, language)
    said = joint_title(opinion, subject_in(evaluation, language), language) if opinion else ""
    if opinion is None or not said:
        return None
    address = f"{reverse('public:evaluation', args=[snapshot.pk])}#opinions"
    return HallOpinions(said, address, own_map(evaluation, opinion, language))


def _answer(cafe: AlpCafe, asked: dict[str, list[Any]]) -> dict[str, Any]:
    visitor = AnonymousUser()
    cards = cafe.cards.filter(public_id__in=asked["ids"]).order_by("pk")
    found = outcomes_of_cards(cafe, cards, seen_by=visitor)
    findings = outcomes_of_measures(cafe, asked["measures"], seen_by=visitor)
    return {
        "cafe": cafe,
        "cards": [card_view(outcome) for outcome in found],
        "findings": [finding_view(outcome) for outcome in findings],
        "n_unknown": len(set(asked["ids"])) - len(found),
        "has_pages": cafe.project.is_public and is_released(cafe),
    }


def _asked(request: HttpRequest) -> dict[str, list[Any]]:
    """Read what the phone asks; anything that is no id is left out."""
    try:
        body = json.loads(request.body)
    except ValueError:
        body = {}
    told = body if isinstance(body, dict) else {}
    return {"ids": _texts(told.get("ids")), "measures": _numbers(told.get("measures"))}


def _texts(value: Any) -> list[str]:
    items = value if isinstance(value, list) else []
    return [x for x in items if isinstance(x, str) and 0 < len(x) <= LONGEST_ID][:MOST]


def _numbers(value: Any) -> list[int]:
    items = value if isinstance(value, list) else []
    return [x for x in items if isinstance(x, int) and 0 < x < 2**31][:MOST]
