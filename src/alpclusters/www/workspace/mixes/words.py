"""Words and amounts of the pages of a mix, in the reader's language."""

from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.mix.document import PROVED_GAP
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_money, format_number, format_percent

DASH: Final = "–"
SMALL_GAP: Final = 0.0001
PHASES: Final = {
    "start": gettext_lazy("looks for a first mix"),
    "direct": gettext_lazy("searches all mixes"),
    "bound": gettext_lazy("computes how much is possible at most"),
    "mixes": gettext_lazy("improves the mix"),
    "closing": gettext_lazy("proves how good the mix is"),
    "levels": gettext_lazy("simplifies the mix at the same worth"),
    "alternatives": gettext_lazy("looks for other good mixes"),
    "scenarios": gettext_lazy("examines what a refusal would cost"),
    "infeasible": gettext_lazy("looks for the reason why nothing fits"),
    "check": gettext_lazy("checks every limit"),
    "alone": gettext_lazy("solves each case alone"),
    "together": gettext_lazy("solves all cases together"),
    "accounts": gettext_lazy("examines what each account costs"),
    "orders": gettext_lazy("examines what is left if one case goes first"),
}
STATES: Final = {
    "waiting": ("clock", ""),
    "running": ("play", "info"),
    "done": ("check", "good"),
    "cancelled": ("x", "warn"),
    "failed": ("circle-alert", "bad"),
}
REASONS: Final = {
    "memory": gettext_lazy("It needed more memory than it may have. Leave offers out that hardly "
                           "fit, and compute again."),
    "time": gettext_lazy("It took longer than it may. Leave offers out that hardly fit, and "
                         "compute again."),
    "gone": gettext_lazy("The server was started anew meanwhile. Compute the mix again."),
}  # fmt: skip
OTHER_REASON: Final = gettext_lazy(
    "The process that computed it ended. Compute the mix again; if it ends again, tell the "
    "operator."
)
LEVELS: Final = {
    "net_grants": gettext_lazy("grants minus efforts"),
    "offers": gettext_lazy("few offers"),
    "participations": gettext_lazy("few participations"),
    "peak_claims": gettext_lazy("small claims of private partners"),
    "last_repayment": gettext_lazy("early last payment"),
}
GROUPS: Final = {
    "own_means": gettext_lazy("own means"),
    "wish": gettext_lazy("wish"),
    "link": gettext_lazy("tie between offers"),
    "floor": gettext_lazy("least amount of an offer"),
}
STATUS_WORD: Final = {
    "optimal": pgettext_lazy("status of a mix", "proved to be the best"),
    "gap": pgettext_lazy("status of a mix", "good, with a bound"),
    "feasible": pgettext_lazy("status of a mix", "possible"),
    "undecided": pgettext_lazy("status of a mix", "undecided, law not known"),
    "infeasible": pgettext_lazy("status of a mix", "nothing fits"),
    "cancelled": pgettext_lazy("status of a mix", "cancelled"),
    "failed": pgettext_lazy("status of a mix", "failed"),
}


def language() -> str:
    """Return the reader's language as the number formats know it."""
    return nearest_language(get_language())


def euros(cents: int | None, decimals: int | None = None) -> str:
    """Write an amount with its sign; a dash for what nobody knows."""
    return DASH if cents is None else format_money(cents, "EUR", language(), decimals)


def plain(cents: int) -> str:
    """Write an amount in euro without sign, cents only where there are any."""
    return format_number(cents / 100, language(), 2 if cents % 100 else 0)


def share(part: int, whole: int) -> str:
    """Write a share; a dash where there is nothing to share."""
    return DASH if whole <= 0 else format_percent(part / whole, language())


def gap_words(gap: float | None) -> str:
    """Write the gap so that a gap that is there is never printed as none."""
    if gap is None:
        return DASH
    if gap <= PROVED_GAP:
        return format_percent(0.0, language(), 1)
    if gap < SMALL_GAP:
        return f"< {format_percent(SMALL_GAP, language(), 2)}"
    return format_percent(gap, language(), 1 if gap >= 10 * SMALL_GAP else 2)


def progress_words(progress: dict[str, Any]) -> str:
    """Say how far a search is: what it does, and how good the mix is already."""
    phase = PHASES.get(str(progress.get("phase")))
    if phase is None:
        return _("The worker begins in a moment.")
    parts = [str(phase)]
    objective, gap = progress.get("objective"), progress.get("gap")
    if objective is not None:
        parts.append(_("best mix so far %(amount)s") % {"amount": euros(int(objective), 0)})
    if gap is not None:
        parts.append(_("gap %(gap)s") % {"gap": gap_words(float(gap))})
    text = ", ".join(parts)
    return f"{text[:1].upper()}{text[1:]}."


def n_ceilings_words(n: int) -> str:
    """Say that all limits are kept."""
    text = ngettext("The one limit is kept.", "All %(n)s limits are kept.", n)
    return text % {"n": n}
