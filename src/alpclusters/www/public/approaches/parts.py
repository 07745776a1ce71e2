"""What pages on a joint approach show: its regions, and the rate with what belongs to it."""

from collections.abc import Sequence
from typing import Any, Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.approaches.reading import ApproachRecord
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.parts import Figure

# State: icon and tone of its badge.
BADGES: Final = {
    "unknown": ("circle-help", "unv"),
    "informed": ("info", ""),
    "under_review": ("search", ""),
    "adopted": ("check", "good"),
    "implementing": ("play", "info"),
    "implemented": ("circle-check", "good"),
    "not_applicable": ("minus", ""),
    "declined": ("x", "bad"),
    "discontinued": ("ban", "warn"),
}


def badge_of(state: str) -> tuple[str, str]:
    """Return icon and tone of a state."""
    return BADGES[state]


def rate_figures(record: ApproachRecord) -> Sequence[Figure]:
    """Return the adoption rate with its n, the number unknown and those left out."""
    language, rate = nearest_language(get_language()), record.rate
    share = format_percent(rate.rate, language) if rate.rate is not None else "–"
    of = _("%(n)s of %(all)s regions to which it applies; convention %(name)s") % {
        "n": format_integer(rate.n_adopted, language),
        "all": format_integer(rate.n_addressees, language),
        "name": rate.convention,
    }
    return [
        Figure(
            pgettext("joint approach", "Adopted"),
            share,
            of,
            key="adopted",
            exact=rate.n_adopted,
            n=rate.n_addressees,
            convention=rate.convention,
            is_listed=True,
        ),
        Figure(
            _("Not known"),
            format_integer(rate.n_unknown, language),
            _("counted as not adopted"),
            key="unknown",
            exact=rate.n_unknown,
            is_listed=True,
        ),
        Figure(
            _("Does not apply"),
            format_integer(rate.n_not_applicable, language),
            _("left out"),
            key="not-applicable",
            exact=rate.n_not_applicable,
            is_listed=True,
        ),
    ]


def region_rows(record: ApproachRecord) -> list[dict[str, Any]]:
    """Return the lines of the table of regions."""
    return [
        {
            "adoption": line.adoption,
            "steps": line.steps,
            "last": line.steps[-1] if line.steps else None,
            "counts": line.counts_as,
            "icon": badge_of(line.adoption.state)[0],
            "tone": badge_of(line.adoption.state)[1],
            "is_overdue": line.is_overdue,
        }
        for line in record.lines
    ]
