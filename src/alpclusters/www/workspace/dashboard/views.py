"""Where work begins: what to do next, and the things one works with."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alpclusters.www.workspace.dashboard.desk import read_desk


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show a person's projects, next steps, AlpCafés and plans."""
    desk = read_desk(request.user)
    context = {"desk": desk, "simulated": desk.simulated}
    return render(request, "workspace/dashboard/desk.html", context)
