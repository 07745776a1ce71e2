"""The agenda with computed times."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from alpclusters.platform.cafe.domain.agendas import agenda_of, end_of, minutes_over
from alpclusters.platform.cafe.domain.questions import questions_of
from alpclusters.www.workspace.cafes.prepare.common import show
from alpclusters.www.workspace.cafes.running import own_cafe


@login_required
@require_safe
def cafe_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    """Show when each phase begins, and whether the day is long enough."""
    cafe = own_cafe(request, pk)
    slots = agenda_of(cafe)
    over = minutes_over(cafe, slots)
    asked = questions_of(cafe)
    rows = [(slot, asked.get(slot.round_index)) for slot in slots]
    context = {
        "rows": rows,
        "over": over,
        "left": -over,
        "ends": slots[-1].ends if slots else end_of(cafe),
        "minutes": sum(slot.minutes for slot in slots),
        "is_mixed": len(cafe.languages) > 1,
    }
    return show(request, cafe, "cafe_agenda", context)
