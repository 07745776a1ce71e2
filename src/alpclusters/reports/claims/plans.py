"""What a plan allows to be said of its actions on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.platform.policy.domain.records import EvidenceLine, PlanRecord
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.numbers import format_interval, format_n, format_number

_BEGUN: Final = register(
    "plan.begun",
    ngettext_noop(
        "%(k)s of %(n)s action should have begun", "%(k)s of %(n)s actions should have begun"
    ),
)
_WAITING: Final = register(
    "plan.waiting",
    ngettext_noop(
        "%(k)s of %(n)s action waits for another", "%(k)s of %(n)s actions wait for others"
    ),
)
_FIGURES: Final = register("finding.figures", _("%(mean)s of 5, 90%% interval %(interval)s, %(n)s"))
_MEAN: Final = register("finding.mean", _("%(mean)s of 5, no interval, %(n)s"))


def plan_claims(record: PlanRecord, language: str) -> list[Claim]:
    """Derive what may be said of a plan on the day of its record, findings behind it included."""
    starts = [line.starts_on for line in record.outlines]
    return [
        should_have_begun(starts, record.today, language),
        waiting(record.edges, len(record.outlines), language),
        *(said for line in record.evidence if (said := figures(line, language)) is not None),
    ]


def figures(line: EvidenceLine, language: str) -> Claim | None:
    """Write a rating behind a plan with its interval and n; None where there is no figure."""
    if line.estimate is None or line.n is None:
        return None
    values = {
        "mean": format_number(line.estimate, language, 1),
        "n": format_n(line.n, language),
    }
    if line.low is None or line.high is None:
        return _MEAN.claim(language, **values)
    interval = format_interval(line.low, line.high, language, 1)
    return _FIGURES.claim(language, interval=interval, **values)


def should_have_begun(starts: Sequence[date | None], today: date, language: str) -> Claim:
    """Say how many of all actions of a plan have a start that is past."""
    begun = sum(1 for day in starts if day is not None and day <= today)
    return _BEGUN.claim(language, k=begun, n=len(starts))


def waiting(edges: Sequence[tuple[int, int, int]], n_actions: int, language: str) -> Claim:
    """Say how many actions of a plan come after another one; edges are (before, after, lag)."""
    return _WAITING.claim(language, k=len({after for _, after, _ in edges}), n=n_actions)
