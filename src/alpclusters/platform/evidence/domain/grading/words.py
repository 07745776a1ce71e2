"""The reasons of a grade as sentences in the active language."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.languages.catalogues import gettext_noop, ngettext_noop

# What is said of a lesson in numbers; reports/claims/lessons.py finds these again on pages.
AMOUNT: Final = ngettext_noop(
    "%(n)s independent family of initiatives supports it; five or more would be enough.",
    "%(n)s independent families of initiatives support it; five or more are enough.",
)
LASTING: Final = gettext_noop(
    "Of %(supporting)s supporting families the outcome after the funding is known for "
    "%(known)s; %(lasting)s of them went on for a year or longer."
)
SOURCE: Final = gettext_noop(
    "For %(families)s of %(supporting)s supporting families somebody else than the "
    "initiative itself says so."
)
RELEVANCE: Final = gettext_noop(
    "%(families)s of %(supporting)s supporting families are from the Alps or another macro-region."
)
AGAINST: Final = gettext_noop(
    "Families against it: %(against)s, both ways: %(mixed)s, weight %(share)s %%"
)
NOTHING_AGAINST: Final = gettext_noop("Nothing speaks against it.")

type Numbers = Mapping[str, float]
type Coding = Mapping[str, Any]


def reason_words(rule: str, numbers: Numbers, coding: Coding) -> str:
    """Say in one sentence what a rule found; an unknown rule is named."""
    said = _WORDS.get(rule)
    return said(numbers, coding) if said else rule


def _n(numbers: Numbers, name: str) -> int:
    return int(numbers.get(name, 0))


def _amount(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001 - all say the same way
    n = _n(numbers, "supporting")
    return ngettext(*AMOUNT, n) % {"n": n}


def _lasting(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _(LASTING) % {name: _n(numbers, name) for name in ("supporting", "known", "lasting")}


def _coding(numbers: Numbers, coding: Coding) -> str:
    alpha = number_format(numbers.get("alpha", 0), 2)
    of_corpus = any(field["basis"] == "corpus" for field in coding.get("fields", ()))
    if of_corpus:
        return _(
            "Two people coded it; their agreement (Krippendorff’s alpha, the lowest of type, "
            "outcome and stance) is %(alpha)s, measured in part on the whole corpus."
        ) % {"alpha": alpha}
    return _(
        "Two people coded it; their agreement (Krippendorff’s alpha, the lowest of type, "
        "outcome and stance) is %(alpha)s."
    ) % {"alpha": alpha}


def _once(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("Most of it was coded by one person only.")


def _undefined(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("Two people coded it, but too little to say how far they agree.")


def _contradiction(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    if not numbers.get("share"):
        return _(NOTHING_AGAINST)
    return _("%(told)s, and nobody has answered that.") % {"told": _against(numbers)}


def _answered(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("%(told)s; an answer says under which condition.") % {"told": _against(numbers)}


def _against(numbers: Numbers) -> str:
    share = number_format(round(numbers["share"] * 100), 0)
    return _(AGAINST) % {
        "against": _n(numbers, "contradicting"),
        "mixed": _n(numbers, "mixed"),
        "share": share,
    }


def _source(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _(SOURCE) % {name: _n(numbers, name) for name in ("families", "supporting")}


def _relevance(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _(RELEVANCE) % {name: _n(numbers, name) for name in ("families", "supporting")}


def _bonus(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    n = _n(numbers, "families")
    return ngettext(
        "%(n)s supporting family was alive three years after the funding, and nothing speaks "
        "against it.",
        "%(n)s supporting families were alive three years after the funding, and nothing speaks "
        "against it.",
        n,
    ) % {"n": n}


def _cap(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    return _("Without measured agreement of two people the grade is B at most.")


def _eu_only(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    n = _n(numbers, "families")
    return ngettext(
        "%(n)s of the families that went on lives on European follow-up money only.",
        "%(n)s of the families that went on live on European follow-up money only.",
        n,
    ) % {"n": n}


def _nothing(numbers: Numbers, coding: Coding) -> str:  # noqa: ARG001
    if _n(numbers, "contradicting") or _n(numbers, "mixed"):
        return _("No family of initiatives supports it, so there is nothing to grade.")
    return _("No evidence counts yet, so there is nothing to grade.")


_WORDS: Final[dict[str, Callable[[Numbers, Coding], str]]] = {
    "amount": _amount,
    "lasting": _lasting,
    "coding": _coding,
    "coding_once": _once,
    "coding_undefined": _undefined,
    "contradiction": _contradiction,
    "contradiction_answered": _answered,
    "source": _source,
    "relevance": _relevance,
    "bonus": _bonus,
    "cap": _cap,
    "eu_followup_only": _eu_only,
    "nothing_for_it": _nothing,
}
