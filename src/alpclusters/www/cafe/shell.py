"""What the phone's page of an AlpCafé holds in one language: the same for the whole hall."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language

from alpclusters.platform.actors.domain.named_lists import level_choices
from alpclusters.platform.cafe.domain.asking import EVERY, is_searching
from alpclusters.platform.cafe.domain.proxies import experience_choices, role_choices
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Question, Table
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.www.cafe.forms import regions_of
from alpclusters.www.cafe.lessons import MOST_SHOWN, lessons_of
from alpclusters.www.cafe.scripts import scripts_behind
from alpclusters.www.cafe.sentences import agreement, feedback_questions, sentences
from alpclusters.www.cafe.sheets import options_of
from alpclusters.www.cafe.spoken import spoken
from alpclusters.www.components import parts


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
