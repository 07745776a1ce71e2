"""How it was counted, and what to be careful with."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.network.domain.links.lasting import Lasting
from alpclusters.reports.numbers import format_integer, format_percent

FEW_ANSWERS = 0.5
FEW_PROJECTS = 20


def conventions() -> list[str]:
    """Say by which rules links are counted."""
    return [
        _(
            "Counted are links that both sides confirmed, or that a published project shows. Time "
            "begins with the end of the funding."
        ),
        _(
            "An end is a report “ended” or “dormant”; it lies half way between the last “active” "
            "and that report. Without an end a link is observed up to its last “active”, never up "
            "to today."
        ),
        _(
            "A link that somebody entered after its funding had ended is observed from that day "
            "on: its end could not have been reported before."
        ),
        _(
            "Share after Kaplan and Meier. Interval: 90%, whole projects resampled 500 times, "
            "because links of one project hang together; a link without a project stands alone."
        ),
        _(
            "The line ends where fewer than 5 links, or fewer than a tenth, are still observed. "
            "Groups with fewer than 5 links are not shown."
        ),
    ]


def cautions(lasting: Lasting, language: str) -> list[str]:
    """Say what the numbers of this page cannot carry."""
    found = []
    total = lasting.total
    if lasting.n_ended_funding and total.n < FEW_ANSWERS * lasting.n_ended_funding:
        rate = format_percent(total.n / lasting.n_ended_funding, language)
        found.append(
            _(
                "Only %(share)s of the links whose funding has ended have an answer. Who answers "
                "may differ from who does not."
            )
            % {"share": rate}
        )
    if not total.is_suppressed and total.n_projects < FEW_PROJECTS:
        found.append(
            ngettext(
                "The links come from %(n)s project only: the interval is rough.",
                "The links come from %(n)s projects only: the interval is rough.",
                total.n_projects,
            )
            % {"n": format_integer(total.n_projects, language)}
        )
    if lasting.n_reopened:
        found.append(
            ngettext(
                "%(n)s link was opened again after an end; that time is not in the curve.",
                "%(n)s links were opened again after an end; that time is not in the curve.",
                lasting.n_reopened,
            )
            % {"n": format_integer(lasting.n_reopened, language)}
        )
    return found
