"""How the tables of rules are written down: one call for a version of a rule."""

import datetime as dt
from collections.abc import Mapping
from typing import Literal

from alpclusters.analysis.funding.rulebooks.checked import CHECKED
from alpclusters.analysis.funding.rulebooks.records import Rule

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
