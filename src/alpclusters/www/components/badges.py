"""Fixed meanings: which icon, tone and word a kind of badge has, and what a certainty says."""

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Kind:
    """How one kind of badge looks; the tone is a class of surfaces.css."""

    icon: str
    tone: str
    text: Any


KINDS: Final = {
    "simulated": Kind("flask-conical", "sim", _("simulated")),
    "unverified": Kind("circle-help", "unv", _("unverified")),
    "verified": Kind("circle-check", "good", _("verified")),
    "suppressed": Kind("eye-off", "sup", _("withheld for protection")),
    "historic": Kind("clock", "", _("historic")),
    "on_track": Kind("check", "good", _("on track")),
    "at_risk": Kind("triangle-alert", "warn", _("at risk")),
    "late": Kind("circle-alert", "bad", _("late")),
    "no_report": Kind("clock", "", _("no report")),
    "draft": Kind("pencil", "", pgettext_lazy("state", "draft")),
    "published": Kind("check", "good", pgettext_lazy("state", "published")),
    "withdrawn": Kind("undo-2", "warn", pgettext_lazy("state", "withdrawn")),
    "planned": Kind("calendar", "", pgettext_lazy("state", "planned")),
    "running": Kind("play", "info", pgettext_lazy("state", "running")),
    "closed": Kind("lock", "", pgettext_lazy("state", "closed")),
    "hidden": Kind("lock", "info", _("results hidden")),
}

CERTAINTIES: Final = {
    "A": _("Certainty: well supported"),
    "B": _("Certainty: supported"),
    "C": _("Certainty: indications"),
    "D": _("Certainty: single case or disputed"),
}
