"""Why an offer fits, does not fit, or is open: sentences from a trace, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

from alpclusters.analysis.funding.eligibility import (
    Trace,
    Truth,
    Verdict,
    field_of,
    open_conditions,
    what_decided,
)
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.funding_words.conditions import (
    NOT_CODED,
    count_words,
    field_label,
    value_words,
    wanted_words,
)

VERDICTS: Final[Mapping[Truth, str]] = {
    Truth.TRUE: _("fits"),
    Truth.FALSE: _("does not fit"),
    Truth.UNKNOWN: _("still open"),
}
WHATEVER: Final = _("This holds whatever the answer to the open questions is.")
_MET: Final = _("%(field)s: %(wanted)s; given is %(seen)s.")
_FAILED: Final = _("%(field)s: %(wanted)s is required, but %(seen)s is given.")
_OPEN: Final[Mapping[str, str]] = {
    "missing": _("%(field)s: %(wanted)s is required; this is not known yet."),
    "wrong_type": _("%(field)s: %(wanted)s is required; the value given cannot be read."),
    "no_recoding": _(
        "%(field)s: %(wanted)s is required; what the code %(code)s of %(vintage)s became in "
        "%(target)s is not known."
    ),
    "split_region": _(
        "%(field)s: %(wanted)s is required; the region %(code)s of %(vintage)s was split, and only "
        "a part of it lies inside."
    ),
    "partly_inside": _(
        "%(field)s: %(wanted)s is required; only a part of %(code)s lies inside, so a more exact "
        "place is needed."
    ),
    "unknown_area": _("%(field)s: %(wanted)s is required; this programme area is not known."),
}
_COUNT_MET: Final = _("Partnership: %(wanted)s; here it is %(seen)s.")
_COUNT_FAILED: Final = _("Partnership: %(wanted)s required, but here it is %(seen)s.")
_COUNT_OPEN: Final = _("Partnership: %(wanted)s required; here it may be %(seen)s.")
_COUNT_MISSING: Final = _("Partnership: %(wanted)s required; the partners are not known yet.")
_ALWAYS: Final = _("There are no conditions.")
_NEVER: Final = _("Nobody can meet the conditions as they are entered.")
_RANGE: Final = _("%(low)s to %(high)s")
_NOT_KNOWN: Final = _("nothing")


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, with the field that is missing and where the condition is from."""

    text: str
    fields: tuple[str, ...] = ()
    source: str = ""


def verdict_word(truth: Truth, language: str) -> str:
    """Say in a word whether an offer fits: fits, does not fit, open."""
    return translator(language).gettext(VERDICTS[truth])


def verdict_reasons(
    verdict: Verdict, language: str, *, partners: Mapping[str, str] | None = None
) -> tuple[Reason, ...]:
    """Say what decided a verdict, or what keeps it open.

    Parameters
    ----------
    verdict : Verdict
        Of ``judge_case``.
    language : str
        One of the five codes.
    partners : mapping of str to str, optional
        Names of partners by their id.
    """
    if verdict.truth is verdict.exact:
        return trace_reasons(verdict.trace, language, partners=partners)
    return (Reason(translator(language).gettext(WHATEVER)),)


def trace_reasons(
    trace: Trace, language: str, *, partners: Mapping[str, str] | None = None
) -> tuple[Reason, ...]:
    """Say what decided a condition, or what keeps it open; each sentence once.

    Parameters
    ----------
    trace : Trace
        A whole evaluation.
    language : str
        One of the five codes.
    partners : mapping of str to str, optional
        Names of partners by their id.
    """
    deciding = what_decided(trace) or open_conditions(trace)
    found = [_reason(one, language, partners) for one in deciding if one.op != "const"]
    if not found and trace.result is not Truth.UNKNOWN:
        return (_unconditional(trace, language),)
    return tuple({reason.text: reason for reason in found}.values())


def _unconditional(trace: Trace, language: str) -> Reason:
    is_met = trace.result is Truth.TRUE
    return Reason(translator(language).gettext(_ALWAYS if is_met else _NEVER))


def _reason(trace: Trace, language: str, partners: Mapping[str, str] | None) -> Reason:
    if trace.op == "const":
        return _unconditional(trace, language)
    if trace.path == "offer.conditions_coded":
        text = translator(language).gettext(NOT_CODED)
        return Reason(text, trace.missing, trace.source)
    text = (
        _of_count(trace, language) if trace.op == "count" else _of_leaf(trace, language, partners)
    )
    return Reason(text, trace.missing, trace.source)


def _of_leaf(trace: Trace, language: str, partners: Mapping[str, str] | None) -> str:
    gettext = translator(language).gettext
    path = _asked_path(trace.path)
    told: dict[str, Any] = {
        "field": field_label(trace.path, language, partners=partners),
        "wanted": wanted_words(trace.op, path, trace.operand, language, _is_negated(trace)),
    }
    if trace.result is Truth.UNKNOWN:
        told |= {"code": trace.detail.get("code"), "vintage": trace.detail.get("vintage")}
        return gettext(_OPEN[trace.reason]) % {**told, "target": trace.detail.get("wanted")}
    seen = value_words(trace.seen, field_of(path), language)
    told["seen"] = gettext(_NOT_KNOWN) if trace.seen is None else seen
    return gettext(_MET if _is_met(trace) else _FAILED) % told


def _of_count(trace: Trace, language: str) -> str:
    gettext = translator(language).gettext
    operand: Any = trace.operand
    told = {"wanted": count_words(operand, language, negated=_is_negated(trace))}
    if trace.seen is None:
        return gettext(_COUNT_MISSING) % told
    low, high = cast("tuple[int, int]", trace.seen)
    seen = str(low) if low == high else gettext(_RANGE) % {"low": low, "high": high}
    open_or = _COUNT_MET if _is_met(trace) else _COUNT_FAILED
    pattern = _COUNT_OPEN if trace.result is Truth.UNKNOWN else open_or
    return gettext(pattern) % {**told, "seen": seen}


def _is_negated(trace: Trace) -> bool:
    """Say whether it stands under an odd number of "not"; keys of the JSON are in the pointer."""
    return trace.pointer.split("/").count("not") % 2 == 1


def _is_met(trace: Trace) -> bool:
    return (trace.result is Truth.TRUE) is not _is_negated(trace)


def _asked_path(path: str) -> str:
    """Return the path of the catalogue for a field as it is asked in a case."""
    if path.startswith("partners["):
        return f"partner.{path.rpartition('].')[2]}"
    if path.startswith("partner.sites["):
        return "partner.nuts"
    return path
