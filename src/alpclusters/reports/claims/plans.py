"""What a plan allows to be said of its actions on a day."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.platform.policy.domain.records import EvidenceLine, PlanRecord
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.numbers import (
    format_figure,
    format_figures,
    format_integer,
    format_n,
)

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
_FIGURES: Final = register(
    "finding.figures", _("%(mean)s of %(high)s, 90%% interval %(interval)s, %(n)s")
)
_MEAN: Final = register("finding.mean", _("%(mean)s of %(high)s, no interval, %(n)s"))
_SHARE: Final = register(
    "finding.share", _("share of yes %(mean)s, 90%% interval %(interval)s, %(n)s")
)
_SHARE_ALONE: Final = register(
    "finding.share_alone", _("share of yes %(mean)s, no interval, %(n)s")
)


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
    if line.estimate is None or line.n is None or line.scale is None:
        return None
    values = {
        "mean": format_figure(line.estimate, line.scale, language),
        "n": format_n(line.n, language),
    }
    has_interval = line.low is not None and line.high is not None
    if has_interval:
        values["interval"] = format_figures(line.low or 0, line.high or 0, line.scale, language)
    if line.scale.is_share:
        return (_SHARE if has_interval else _SHARE_ALONE).claim(language, **values)
    values["high"] = format_integer(line.scale.ends[1], language)
    return (_FIGURES if has_interval else _MEAN).claim(language, **values)


def should_have_begun(starts: Sequence[date | None], today: date, language: str) -> Claim:
    """Say how many of all actions of a plan have a start that is past."""
    begun = sum(1 for day in starts if day is not None and day <= today)
    return _BEGUN.claim(language, k=begun, n=len(starts))


def waiting(edges: Sequence[tuple[int, int, int]], n_actions: int, language: str) -> Claim:
    """Say how many actions of a plan come after another one; edges are (before, after, lag)."""
    return _WAITING.claim(language, k=len({after for _, after, _ in edges}), n=n_actions)
