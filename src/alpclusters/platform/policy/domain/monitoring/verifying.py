"""Whether the kept reports of a plan are all there and as they were kept."""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Max, Q, QuerySet

from alpclusters.analysis.errors import AnalysisError
from alpclusters.analysis.plans import GENESIS, canonical_text, chain_digest
from alpclusters.platform.languages.codes import told
from alpclusters.platform.policy.domain.monitoring.snapshots import (
    digits_of,
    given_as,
    read_content,
)
from alpclusters.platform.policy.models import ActionPlan, GivenHash, PlanSnapshot


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the chain of a plan holds.

    Attributes
    ----------
    plan : ActionPlan
    n : int
        Snapshots that were read.
    number : int or None
        Of the first report that is missing or does not fit.
    fault : str
        ``number``, ``previous``, ``digest`` or ``content`` inside the chain; beside it ``cut`` (a
        report whose hash was noted is missing), ``rewritten`` (it bears another hash now) and
        ``unnoted`` (its hash was never given out); empty where the chain holds.
    """

    plan: ActionPlan
    n: int
    number: int | None = None
    fault: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether every link fits and none is missing."""
        return not self.fault


@dataclass(frozen=True, slots=True)
class Expected:
    """What bears a hash that somebody holds, and whether the chain it belongs to holds."""

    given: GivenHash
    verdict: Verdict


def verify_plan(plan: ActionPlan) -> Verdict:
    """Recompute the chain of a plan, compare it with the hashes given out; name the first fault."""
    previous, n, digests = GENESIS, 0, {}
    for n, snapshot in enumerate(plan.snapshots.order_by("number", "pk").iterator(), start=1):
        fault = _fault(snapshot, number=n, previous=previous)
        if fault:
            return Verdict(plan, n, snapshot.number, fault)
        previous = digests[n] = snapshot.digest
    return _beside(plan, digests) or Verdict(plan, n)


def verify_plans(plans: Iterable[ActionPlan]) -> Iterator[Verdict]:
    """Verify the chains of some plans."""
    return (verify_plan(plan) for plan in plans)


def with_reports() -> "QuerySet[ActionPlan]":
    """List the plans that have kept reports, or had some."""
    had = GivenHash.objects.filter(kind=GivenHash.Kind.REPORT).values("plan")
    found = ActionPlan.objects.filter(Q(snapshots__isnull=False) | Q(pk__in=had))
    return found.distinct().order_by("slug", "pk")


def expect(text: str, *, plans: "QuerySet[ActionPlan] | None" = None) -> list[Expected]:
    """Look up a hash from paper, mail or feed: what bears it, with the verdict on its chain.

    Parameters
    ----------
    text : str
        At least its first 12 digits, with or without blanks.
    plans : queryset of ActionPlan, optional
        Only of these plans.

    Returns
    -------
    list of Expected
        Empty where nothing bears it: it is mistyped, or the chain was cut off or written anew
        together with the list of the hashes given out.

    Raises
    ------
    InputError
        It is no hash (``snapshot.no_hash``).
    """
    rows = given_as(digits_of(text))
    if plans is not None:
        rows = rows.filter(plan__in=plans)
    return [Expected(given, verify_plan(given.plan)) for given in rows]


def _beside(plan: ActionPlan, digests: Mapping[int, str]) -> Verdict | None:
    """Compare the chain with what was given out of it."""
    rows = plan.given_hashes.filter(kind=GivenHash.Kind.REPORT).order_by("number", "pk")
    known = set()
    for number, digest in rows.values_list("number", "digest"):
        if number not in digests:
            return Verdict(plan, len(digests), number, "cut")
        if digests[number] != digest:
            return Verdict(plan, len(digests), number, "rewritten")
        known.add(number)
    printed = plan.given_hashes.filter(kind=GivenHash.Kind.DOCUMENT)
    last = printed.aggregate(last=Max("number"))["last"] or 0
    if last > len(digests):
        return Verdict(plan, len(digests), last, "cut")
    unnoted = min(digests.keys() - known, default=None)
    return None if unnoted is None else Verdict(plan, len(digests), unnoted, "unnoted")


def _fault(snapshot: PlanSnapshot, *, number: int, previous: str) -> str:
    if snapshot.number != number:
        return "number"
    if snapshot.previous != previous:
        return "previous"
    return _fault_inside(snapshot, previous)


def _fault_inside(snapshot: PlanSnapshot, previous: str) -> str:
    try:
        is_right = chain_digest(previous, snapshot.content) == snapshot.digest
    except AnalysisError:
        is_right = False
    if not is_right:
        return "digest"
    return "" if _fits(snapshot) else "content"


def _fits(snapshot: PlanSnapshot) -> bool:
    """Say whether the text is the canonical one, and speaks of this place in the chain."""
    try:
        content = read_content(snapshot)
        is_here = content["number"] == snapshot.number
        return is_here and bool(canonical_text(content) == snapshot.content)
    except (ValueError, KeyError, TypeError, AnalysisError):
        return False


# --- Reports of two formats side by side: what changed in the plan, not in the way it is kept -----
#
# Up to ``plan-snapshot-1`` a reason stood in one language that nobody wrote down; since then it
# stands in five. Kept reports are never changed: the older one is put into the newer form to
# compare.


REASONS: Final = ("strength_reason", "denominator_reason", "no_action_reason")

type Content = Mapping[str, Any]


def comparable(old: Content, new: Content) -> Content:
    """Return the older content with its reasons in the form of the newer one."""
    if old.get("format") == new.get("format"):
        return old
    found = deepcopy(dict(old))
    newer = {key: (holder, name) for key, holder, name in _reasons(new)}
    for key, holder, name in _reasons(found):
        if key in newer and isinstance(holder[name], str):
            there, field = newer[key]
            holder[name] = _in_languages(holder[name], there[field])
    return found


def _reasons(content: Content) -> Iterator[tuple[tuple[str, str], Any, str]]:
    """Go through every reason: its key, the mapping that holds it and its name there."""
    for line in content.get("recommendations", ()):
        for name in REASONS:
            if name in line:
                yield (line["uuid"], name), line, name
    for action in content.get("actions", ()):
        if action.get("override"):
            yield (action["uuid"], "override"), action["override"], "reason"


def _in_languages(text: str, newer: Any) -> Any:
    """Say the same in the languages of the newer one; a translation that was added is no change."""
    if not isinstance(newer, Mapping):
        return text
    if text in newer.values():
        return newer
    filled = [code for code, words in newer.items() if words]
    return {code: text if code in (filled or newer) else "" for code in newer}


def kept_reason(reason: Any, language: str) -> tuple[str, str]:
    """Return a reason as a report keeps it, and the code of its language where it is another."""
    return (reason, "") if isinstance(reason, str) else told(reason, language)
