"""The page of the rule-books: which rule held on which day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alpclusters.www.public.rulebooks.pages import read_page
from alpclusters.www.public.rulebooks.queries import read_query


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules of a day, or all versions of a book."""
    page = read_page(read_query(request.GET, today=timezone.localdate()))
    return render(request, "public/rulebooks/page.html", {"page": page, "section": "funding"})
