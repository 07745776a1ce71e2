"""The simulated guests of a rehearsal, after every button of its facilitator."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from alpclusters.live import gateway
from alpclusters.platform.cafe.domain.rehearsal_answers import answer_phase
from alpclusters.platform.cafe.models import AlpCafe


def let_answer(request: HttpRequest, cafe: AlpCafe) -> None:
    """Let the simulated guests do what the phase asks for; in a real AlpCafé nothing happens."""
    try:
        answer_phase(AlpCafe.everything.get(pk=cafe.pk), gateway)
    except (gateway.Busy, gateway.NotTakenError):
        messages.warning(request, _("The simulated guests could not answer. Press once more."))
