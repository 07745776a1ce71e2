"""How the tables of rules are written down, and when each was last compared with a text."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.funding.rulebooks import days
from alpclusters.analysis.funding.rulebooks.records import Rule

# --- When a version of a rule was last compared with a text, by what, and what is due again -------
#
# A rule may be verified without a day here: its text was seen before days were written down.


LASTS: Final = dt.timedelta(days=365)
_READ: Final = dt.date(2026, 12, 1)
_READ_AGAIN: Final = dt.date(2026, 12, 2)
_GESETZE: Final = "https://gesetze.legal/eu/vo_eu_2014_651"
_SINTACT: Final = "https://sintact.ro/legislatie/jurnalul-oficial-ue/regulamentul-1060-24-iun-2021"
_INTERACT: Final = "https://interact.eu/news/43"
_BAVARIA: Final = "https://www.gesetze-bayern.de/Content/Document/BayVV_7071_W_10501-18"
_PUBLIC_SERVICE: Final = "https://entreprendre.service-public.fr/actualites/A17933?lang=en"
_SENATE: Final = "https://www.senat.fr/rap/r25-300/r25-30030.html"
_REGISTER: Final = "https://www.stmwi.bayern.de/wirtschaft/aufsicht-und-recht/de-minimis-register"
_SUMMARY: Final = "https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=LEGISSUM%3A030103_1"


@dataclass(frozen=True, slots=True)
class Checked:
    """A comparison of a version with a text: its day, and where the text stands."""

    on: dt.date
    by: str


# By rule and first day of the version.
CHECKED: Final[Mapping[tuple[str, dt.date], Checked]] = {
    ("DM-2", days.DE_MINIMIS_2024): Checked(_READ, _PUBLIC_SERVICE),
    ("DM-8", days.DE_MINIMIS_REGISTER): Checked(_READ, _SENATE),
    ("DM-9", days.AGRICULTURE_2024): Checked(_READ, _SUMMARY),
    ("DM-10", days.DE_MINIMIS_2024): Checked(dt.date(2026, 12, 2), _REGISTER),
    ("GB-7", days.M6): Checked(_READ, _INTERACT),
    ("GB-9", days.M6): Checked(_READ, _INTERACT),
    ("GB-17", days.M6): Checked(_READ_AGAIN, _GESETZE),
    ("GB-18", days.M6): Checked(_READ_AGAIN, _GESETZE),
    ("GB-19", days.M6): Checked(_READ_AGAIN, _GESETZE),
    ("GB-19a", days.M6): Checked(_READ_AGAIN, f"{_GESETZE}/19a"),
    ("GB-19b", days.M6): Checked(_READ_AGAIN, f"{_GESETZE}/19b"),
    ("GB-20'", days.M6): Checked(_READ, _INTERACT),
    ("GB-20a", days.M6): Checked(_READ, _INTERACT),
    ("GB-25-experimental", days.M6): Checked(_READ, _BAVARIA),
    ("CO-EL", days.PERIOD_2021): Checked(_READ_AGAIN, _SINTACT),
    ("IR-80", days.PERIOD_2021): Checked(_READ, "Regulation 2021/1059, Art. 13"),
    ("IR-P2", days.PERIOD_2021): Checked(_READ, "Regulation 2021/1059, Art. 23(1)"),
}


def is_old(rule: Rule, *, today: dt.date) -> bool:
    """Say whether a rule was compared a year ago or longer, or on a day that nobody wrote down."""
    return rule.checked_on is None or today - rule.checked_on >= LASTS


def is_unsure(rule: Rule) -> bool:
    """Say whether anything of a rule is unverified."""
    return rule.status == "unverified" or bool(rule.unverified_params)


def is_undated(rule: Rule) -> bool:
    """Say whether a rule is verified in all it says, and nobody wrote down on which day."""
    return rule.checked_on is None and not is_unsure(rule)


def is_due(rule: Rule, *, today: dt.date) -> bool:
    """Say whether a rule that can still be applied has to be compared with its text."""
    is_open = rule.valid_to is None or rule.valid_to >= today
    return is_open and (is_unsure(rule) or is_old(rule, today=today))


# --- How the tables of rules are written down: one call for a version of a rule -------------------


V = "verified"
U = "unverified"
type Days = tuple[dt.date, dt.date | None]
type Standing = Literal["verified", "unverified"]


def text_key(rule_id: str) -> str:
    """Return the key under which the text of a rule stands in the catalogues."""
    return f"rule.{rule_id}"


def version(  # noqa: PLR0913 - a row of the table has this many columns
    rule_id: str,
    act: str,
    article: str,
    days: Days,
    formula: str,
    status: Standing,
    params: Mapping[str, int | str],
    *,
    unverified: tuple[str, ...] = (),
    source: str = "",
) -> Rule:
    """Return one version of a rule."""
    checked = CHECKED.get((rule_id, days[0]))
    return Rule(
        rule_id,
        act,
        article,
        text_key(rule_id),
        formula,
        days[0],
        days[1],
        dict(params),
        status,
        unverified,
        source or f"Regulation {act}, Art. {article}",
        checked_on=checked.on if checked else None,
        checked_by=checked.by if checked else "",
    )
