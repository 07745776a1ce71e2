"""The codebook: every field, every code, what it means; older versions and what changed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from alpclusters.platform.evidence.domain.codebook.reading import current_codebook
from alpclusters.platform.evidence.models import Codebook
from alpclusters.www.public.codebook.files import FORMATS, file_of
from alpclusters.www.public.codebook.pages import read_page
from alpclusters.www.public.documents import sent


@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """Show a version of the codebook, with what changed since another one if asked for."""
    book = _version(request.GET.get("version", ""))
    against = request.GET.get("against", "")
    other = _version(against) if against else None
    context = {"page": read_page(book, other), "section": "evidence"}
    return render(request, "public/codebook/page.html", context)


@require_safe
def export(request: HttpRequest, format: str) -> HttpResponse:  # noqa: A002 - the word of the address
    """Send a version as a file, with all five languages."""
    if format not in FORMATS:
        raise Http404
    return sent(file_of(_version(request.GET.get("version", "")), format))


def _version(number: str) -> Codebook:
    """Return a published version; without a number the current one."""
    published = Codebook.objects.filter(published_at__isnull=False)
    if not number:
        try:
            return current_codebook()
        except Codebook.DoesNotExist as error:
            raise Http404 from error
    if not (number.isascii() and number.isdigit() and len(number) < 5):  # noqa: PLR2004 - digits
        raise Http404
    return get_object_or_404(published, number=int(number))
