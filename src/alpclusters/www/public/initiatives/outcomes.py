"""What became of an activity after the funding: a word, a symbol, how long, who pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.evidence.models import Activity, Codebook
from alpclusters.www.public.initiatives.books import label_of

Status = Activity.Outcome
KNOWN: Final = (Status.LASTING, Status.TRANSFORMED, Status.ENDED)
# Symbol and tone of the badge; the word is always beside it.
LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    Status.LASTING: ("check", "good"),
    Status.TRANSFORMED: ("git-branch", "good"),
    Status.ENDED: ("x", "bad"),
    Status.UNKNOWN: ("circle-help", ""),
}


@dataclass(frozen=True)
class OutcomeView:
    """The outcome in words."""

    status: str
    text: Any
    icon: str
    tone: str
    months: str = ""
    payer: str = ""


def outcome_mark(status: str, *, months: str = "", payer: str = "") -> OutcomeView:
    """Return the badge of an outcome; nothing coded is unknown."""
    status = status or Status.UNKNOWN
    icon, tone = LOOKS[status]
    return OutcomeView(status, Status(status).label, icon, tone, months, payer)


def outcome_of(activity: Activity, book: Codebook | None) -> OutcomeView:
    """Return what became of an activity."""
    return outcome_mark(
        activity.outcome_status,
        months=_months(activity),
        payer=", ".join(label_of("payer_after", str(key), book) for key in activity.payer_after),
    )


def _months(activity: Activity) -> str:
    n = activity.outcome_months
    if n is None:
        return ""
    if activity.outcome_status == Status.ENDED:
        text = ngettext(
            "first known to have ended %(n)s month after the funding",
            "first known to have ended %(n)s months after the funding",
            n,
        )
        return text % {"n": n}
    if n == 0:
        return _("last known to go on at the end of the funding")
    text = ngettext(
        "last known to go on %(n)s month after the funding",
        "last known to go on %(n)s months after the funding",
        n,
    )
    return text % {"n": n}
