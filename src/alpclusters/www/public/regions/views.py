"""The regions of the Alpine area, one region, and what became of its code."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from alpclusters.platform.territory.models import Region
from alpclusters.www.public.regions.lists import read_list
from alpclusters.www.public.regions.pages import read_page, side_of_region
from alpclusters.www.public.regions.recode import RecodeForm, answer_for


@require_safe
def regions(request: HttpRequest) -> HttpResponse:
    """Show which regions a programme area covers, as a map and as a table."""
    page = read_list(request.GET.get("area", ""), inside=request.GET.get("in", ""))
    context = {"page": page, "form": RecodeForm()}
    return render(request, "public/regions/list.html", context)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """Show one region: its codes and names, its programme areas, what happens there."""
    if code != code.upper():
        return redirect("public:region", code=code.upper(), permanent=True)
    rows = list(Region.objects.filter(code=code).order_by("-last_vintage", "-pk"))
    if not rows:
        raise Http404
    side = side_of_region(request, rows)
    page = read_page(rows, is_simulated=side.is_simulated)
    context = {"page": page, "side": side, "simulated": page.simulated, "section": "regions"}
    return render(request, "public/regions/page.html", context)


@require_safe
def recode(request: HttpRequest) -> HttpResponse:
    """Say what a code of one vintage is called in another."""
    form = RecodeForm(request.GET or None)
    answer = answer_for(form.cleaned_data) if form.is_bound and form.is_valid() else None
    context = {"form": form, "answer": answer, "section": "regions"}
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "public/regions/recode.html", context, status=status)
