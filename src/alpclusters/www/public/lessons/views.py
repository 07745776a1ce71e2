"""Lessons: the list, one lesson with what speaks for and against it, citation, export."""

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.citing import cite_lesson
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.www.public.evidence_data import KINDS, About, sent_citation, sent_table
from alpclusters.www.public.initiatives.views import base_of
from alpclusters.www.public.lessons.finding import find_lessons
from alpclusters.www.public.lessons.lists import read_list
from alpclusters.www.public.lessons.pages import lesson_url, read_page
from alpclusters.www.public.lessons.queries import address, read_query
from alpclusters.www.public.lessons.rows import COLUMNS, records
from alpclusters.www.worlds import side_of


@require_safe
def lessons(request: HttpRequest) -> HttpResponse:
    """Show the lessons that a search finds, the most certain first."""
    page = read_list(request.user, read_query(request.GET))
    side = side_of(request, visible_lessons(request.user))
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/lessons/list.html", context)


@require_safe
def lesson(request: HttpRequest, key: str) -> HttpResponse:
    """Show a lesson with its certainty and what it rests on."""
    found = _visible(request, key)
    page = read_page(request.user, found, base=base_of(request))
    context = {"page": page, "lesson": found, "simulated": page.simulated, "section": "evidence"}
    return render(request, "public/lessons/page.html", context)


@require_safe
def citation(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """Send how a lesson is cited."""
    found = _visible(request, key)
    where = base_of(request) + lesson_url(key)
    language = nearest_language(get_language())
    return sent_citation(cite_lesson(found, address=where, language=language), kind)


@require_safe
def export(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Send all lessons that a search finds."""
    if kind not in KINDS:
        raise Http404
    query = read_query(request.GET)
    found = find_lessons(query, seen_by=request.user).found
    base = base_of(request)
    where = base + address("public:lessons", query)
    about = About("AlpClusters: lessons of earlier initiatives", where, timezone.localdate())
    return sent_table(request, kind, "lessons", COLUMNS, records(found, base), about)


def _visible(request: HttpRequest, key: str) -> Lesson:
    found = get_object_or_404(Lesson, key=key)
    if not request.user.has_perm("evidence.view_lesson", found):
        raise Http404
    return found
