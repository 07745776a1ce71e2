"""The phone's page in the hall: what it holds in one language, rendered once for all."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.actors.domain.named_lists import level_choices
from alpclusters.platform.cafe.domain.asking import EVERY, is_searching
from alpclusters.platform.cafe.domain.roles import experience_choices, role_choices
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Question, Table
from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.models import Lesson, LessonMeasure
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.devices import token_for
from alpclusters.www.cafe.sentences import (
    agreement,
    feedback_questions,
    scripts_behind,
    sentences,
    spoken,
)
from alpclusters.www.cafe.sheets import options_of, regions_of
from alpclusters.www.components import parts
from alpclusters.www.components.parts import CERTAINTIES

# --- What earlier initiatives teach about a measure, as the card on the phone shows it ------------


# A card is read standing: the measure's page has the others.
MOST_SHOWN: Final = 3


def lessons_of(measures: Iterable[Measure]) -> dict[int, list[dict[str, Any]]]:
    """Return the published lessons of each measure, the most certain first."""
    rows = LessonMeasure.objects.filter(
        measure__in=[measure.pk for measure in measures], lesson__is_published=True
    ).select_related("lesson")
    found: dict[int, list[Lesson]] = {}
    for row in rows.order_by("measure_id", "lesson_id"):
        found.setdefault(row.measure_id, []).append(row.lesson)
    return {
        pk: [_shown(lesson) for lesson in sorted(lessons, key=_grade)]
        for pk, lessons in found.items()
    }


def _grade(lesson: Lesson) -> str:
    """Return the grade that stands; the letters sort as they are meant."""
    return shown_grade(lesson).grade


def _shown(lesson: Lesson) -> dict[str, Any]:
    return {
        "text": spoken(lesson.statement),
        "certainty": str(CERTAINTIES.get(_grade(lesson), "")),
    }


# --- What the phone's page of an AlpCafé holds in one language: the same for the whole hall -------


def page_context(cafe: AlpCafe) -> dict[str, Any]:
    """Return what the template of the phone's page needs; nothing of it is personal."""
    language = nearest_language(get_language())
    criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
    return {
        "cafe": cafe,
        "language": language,
        "languages": LANGUAGES,
        "simulated": cafe.is_simulated,
        "questions": [_question(criterion) for criterion in criteria],
        "pad": _pad(cafe, criteria),
        "feedback": feedback_questions(),
        "agreement": list(enumerate(agreement(), start=1)),
        "regions": list(regions_of(cafe)),
        "roles": role_choices(language),
        "levels": level_choices(language),
        "experiences": experience_choices(language),
        "scripts": scripts_behind("js/cafe/app.js"),
        "data": page_data(cafe, criteria, language),
    }


def page_data(cafe: AlpCafe, criteria: list[Criterion], language: str) -> dict[str, Any]:
    """Return what the scripts of the phone's page read."""
    questions = Question.objects.filter(cafe=cafe)
    tables = Table.objects.filter(cafe=cafe, is_open=True).select_related("measure")
    measures = [row.measure for row in cafe.cafe_measures.select_related("measure")]
    lessons = lessons_of(measures)
    return {
        "event": cafe.pk,
        "content": cafe.content_revision,
        "language": language,
        "inHall": cafe.in_hall,
        "rounds": cafe.n_rounds if cafe.in_hall else 0,
        "points": cafe.top_three_points,
        "hasTopThree": cafe.has_top_three,
        "showsTableCards": cafe.shows_table_cards,
        "criteria": [_asked(criterion) for criterion in criteria],
        "cloud": _cloud_ids(cafe, criteria),
        "measures": [_measure(measure, lessons.get(measure.pk, [])) for measure in measures],
        "further": _further(cafe, len(measures)),
        "questions": {q.round_index: spoken(q.text) for q in questions},
        "tables": {table.number: _table(table) for table in tables},
        "urls": _urls(cafe),
        "say": sentences(),
    }


def _further(cafe: AlpCafe, n_measures: int) -> dict[str, Any] | None:
    """Return where a phone asks how to go on, and how often; None where it need not ask."""
    if not is_searching(cafe, n_measures):
        return None
    return {"url": reverse("cafe:further", args=[cafe.pk]), "every": EVERY}


def _asked(criterion: Criterion) -> dict[str, Any]:
    """Return a criterion with its steps; a step without words is shown by its number."""
    steps = [{"value": step, "label": anchor} for step, anchor in criterion.anchors]
    scale = criterion.scale
    return {"id": criterion.pk, "name": criterion.name, "kind": scale.kind.value, "steps": steps}


def _question(criterion: Criterion) -> parts.Criterion:
    return parts.Criterion(
        name=f"c{criterion.pk}",
        label=criterion.name,
        options=options_of(criterion),
        question=criterion.question,
    )


def _cloud_ids(cafe: AlpCafe, criteria: list[Criterion]) -> list[int]:
    found = [
        c.pk for wanted in (cafe.cloud_x_id, cafe.cloud_y_id) for c in criteria if c.pk == wanted
    ]
    return found if len(set(found)) == len(("x", "y")) else []


def _pad(cafe: AlpCafe, criteria: list[Criterion]) -> list[Criterion]:
    """Return the two criteria to answer as a point; none where one has no numbers."""
    by_id = {criterion.pk: criterion for criterion in criteria}
    found = [by_id[pk] for pk in _cloud_ids(cafe, criteria)]
    return found if all(criterion.scale.is_numbered for criterion in found) else []


def _measure(measure: Measure, lessons: list[dict[str, Any]]) -> dict[str, Any]:
    page = reverse("public:measure", args=[measure.key]) if measure.is_published else ""
    return {
        "id": measure.pk,
        "name": spoken(measure.name),
        "text": spoken(measure.description),
        "url": f"{page}#evidence" if page and lessons else page,
        "lessons": lessons[:MOST_SHOWN],
        "nLessons": str(len(lessons) or ""),
        "picture": _picture(measure),
    }


def _picture(measure: Measure) -> dict[str, Any] | None:
    """Return where the picture is and what it shows; phones ask without an account."""
    if not measure.picture or not measure.is_published:
        return None
    address = reverse("public:measure_picture", args=[measure.key])
    return {
        "url": f"{address}?v={measure.picture[:8]}",
        "shows": measure.picture_alt,
        "credit": measure.picture_credit,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "number": table.number,
        "measure": spoken(table.measure.name) if table.measure else "",
        "topic": spoken(table.topic),
        "host": table.host_name,
        "languages": table.languages,
        "way": table.way,
        "x": table.x,
        "y": table.y,
    }


def _urls(cafe: AlpCafe) -> dict[str, str]:
    return {
        "join": reverse("cafe:join"),
        "worker": reverse("cafe:worker"),
        "results": reverse("cafe:results", args=[cafe.pk]),
        "cards": reverse("cafe:cards", args=[cafe.pk]),
        "photo": reverse("cafe:photo"),
        "outcome": reverse("cafe:became", args=[cafe.pk]),
    }


# --- The phone's page in the hall: rendered once for all, for the live process to keep in memory


WORKER: Final = Path(__file__).resolve().parents[1] / "static" / "js" / "cafe" / "worker.js"


@require_safe
def here(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the page that goes through the phases by script.

    It is rendered without the request: no cookie, no name, no form token can get into it. Who
    the person is the script asks the live process. Where the project is not public, only phones
    that have joined see it, and the live process keeps nothing of it.
    """
    cafe = get_object_or_404(AlpCafe.everything.select_related("project", "region"), pk=pk)
    if cafe.state == AlpCafe.State.DRAFT:
        raise Http404
    if not (cafe.project.is_public or _is_inside(request, cafe)):
        return redirect("cafe:join")
    language = nearest_language(get_language())
    if not cafe.project.is_public:
        version = (cafe.code, cafe.content_revision, cafe.state, language)
        return HttpResponse(_kept_page(cafe.pk, version))
    response = HttpResponse(_page(cafe))
    key = f"event={cafe.pk}; rev={cafe.content_revision}; lang={language}"
    response.headers["Live-Cache"] = key
    return response


def _is_inside(request: HttpRequest, cafe: AlpCafe) -> bool:
    return token_for(request, cafe) is not None or request.user.has_perm("cafe.run_alpcafe", cafe)


def _page(cafe: AlpCafe) -> str:
    return render_to_string("cafe/here.html", page_context(cafe))


@lru_cache(maxsize=64)
def _kept_page(pk: int, version: tuple[object, ...]) -> str:  # noqa: ARG001 - part of the key
    """Return the page from memory: a hall of two thousand loads it within seconds."""
    return _page(AlpCafe.everything.select_related("project", "region").get(pk=pk))


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view gets one
    """Hand out the service worker from an address below which it may work."""
    return HttpResponse(
        WORKER.read_text(encoding="utf-8"), content_type="text/javascript; charset=utf-8"
    )
