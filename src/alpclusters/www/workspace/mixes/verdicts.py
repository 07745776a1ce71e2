"""What a run came to, said in two sentences above everything else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.funding.models import MixRun
from alpclusters.reports.funding.subject import is_undecided
from alpclusters.reports.funding.words import undecided_words
from alpclusters.www.workspace.mixes.words import euros, gap_words, language, n_ceilings_words


@dataclass(frozen=True)
class Verdict:
    """A message: tone, a strong first sentence, and what follows."""

    tone: str
    title: str
    text: str


def verdict(run: MixRun, mix: dict[str, Any]) -> Verdict:
    """Say how good a mix is and how sure that is."""
    status = mix["status"]
    if status == "infeasible":
        return Verdict("bad", _("No mix fits."), _no_mix(mix))
    if status == "failed":
        n = len(mix["check"]["violations"])
        text = ngettext(
            "The check found %(n)s violation, listed below. This is no valid mix.",
            "The check found %(n)s violations, listed below. This is no valid mix.",
            n,
        ) % {"n": n}
        return Verdict("bad", _("This mix breaks rules."), text)
    if is_undecided(mix):
        words = undecided_words(len(mix["open"]), language())
        return Verdict("warn", _("Nothing is decided yet."), words)
    title, tone = _title(run, status)
    return Verdict(tone, title, f"{_worth(mix)} {n_ceilings_words(len(mix['check']['ceilings']))}")


def _title(run: MixRun, status: str) -> tuple[str, str]:
    if status == "undecided":
        return _("Undecided: the law of a grant’s day is not known."), "warn"
    if run.kind == MixRun.Kind.MANUAL:
        return _("The mix changed by hand is valid."), "good"
    if status == "optimal":
        return _("Best mix found and proved."), "good"
    if status == "cancelled":
        return _("Cancelled: this is the best mix until then."), "warn"
    if status == "gap":
        return _("Good mix found; how far it is from the best is known."), "good"
    return _("Mix found; how far it is from the best is not known."), "warn"


def _worth(mix: dict[str, Any]) -> str:
    grants = sum(part["grant_ct"] for part in mix["partners"])
    effort = sum(offer["effort_ct"] for offer in mix["offers"])
    values = {
        "grants": euros(grants),
        "effort": euros(effort),
        "objective": euros(mix["objective"]),
        "bound": euros(mix["bound"]),
        "gap": gap_words(mix["gap"]),
    }
    if effort:
        worth = _("Grants %(grants)s, less %(effort)s for applying: %(objective)s.") % values
    else:
        worth = _("Grants %(grants)s.") % values
    if mix["bound"] is None:
        return worth
    return f"{worth} " + _("Bound %(bound)s, gap %(gap)s.") % values


def _no_mix(mix: dict[str, Any]) -> str:
    found = mix.get("infeasible") or {}
    if found.get("missing"):
        return _("Wishes, own means and least amounts contradict one another; what is missing "
                 "stands below.")  # fmt: skip
    return _("Wishes, own means and least amounts contradict one another.")
