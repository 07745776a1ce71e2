"""What a paragraph of the law says, in our own words, with where it stands and how sure it is."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from alpclusters.analysis.funding.rulebooks import RULES, Rule
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding_words.findings import law_words
from alpclusters.reports.funding_words.rules import rule_figures, rule_text

# Paragraphs and points of articles that the rule-books name as a whole.
PARAGRAPHS: Final[Mapping[str, str]] = {
    "GB-19b": "19b(2)",
    "GB-20a": "20a(2)",
    "GB-25-fundamental": "25(5)(a)",
    "GB-25-industrial": "25(5)(b), (6)",
    "GB-25-experimental": "25(5)(c), (6)",
    "GB-25-feasibility": "25(5)(d), (7)",
    "GB-28": "28(3)",
    "GB-31": "31(4)",
}
_VERIFIED_ON: Final = _("in our own words, verified on %(day)s")
_VERIFIED: Final = _("in our own words, verified, day not recorded")
_UNVERIFIED: Final = _("in our own words, unverified")
_FIGURE: Final = _("%(name)s: %(value)s")
_UNSURE_FIGURE: Final = _("%(name)s: %(value)s (unverified)")
# Figures that a statement names; bonuses and the rest stand on the page of the rules.
_NAMED: Final = (
    "small_bp", "medium_bp", "large_bp", "cluster_bp", "max_bp", "ceiling_ct", "ceiling_per",
    "limit_ct", "threshold_ct", "rate_bp", "min_countries", "min_member_states",
)  # fmt: skip
# What makes more than a figure unsure.
_WORDING: Final = frozenset({"text", "article"})


def rule_version(rule: str, act: str, article: str = "", day: dt.date | None = None) -> Rule | None:
    """Return the version of a rule that holds on a day, else the newest; None of none.

    Parameters
    ----------
    rule, act, article : str
        An empty article stands for any.
    day : date, optional
    """
    found = [
        one for one in RULES if (one.id, one.act) == (rule, act) and article in {"", one.article}
    ]
    holding = [one for one in found if day is not None and one.holds_on(day)]
    return max(holding or found, key=lambda one: one.valid_from, default=None)


def paragraph_law(rule: Rule, language: str) -> str:
    """Return act, article and paragraph of a rule as they are cited."""
    return law_words(rule.act, PARAGRAPHS.get(rule.id, rule.article), language)


def paragraph_says(rule: Rule, language: str) -> str:
    """Return what a rule says with its figures, and whether that was compared with a text.

    Parameters
    ----------
    rule : Rule
    language : str
    """
    parts = [rule_text(rule, language)]
    if figures := "; ".join(_figures(rule, language)):
        parts.append(f"{figures}.")
    return f"{' '.join(parts)} ({_standing(rule, language)})"


def _figures(rule: Rule, language: str) -> Iterator[str]:
    _text = translator(language).gettext
    named = {name: rule.params[name] for name in _NAMED if name in rule.params}
    for name, value, is_unsure in rule_figures(replace(rule, params=named), language):
        said = _UNSURE_FIGURE if is_unsure and rule.status == "verified" else _FIGURE
        yield _text(said) % {"name": name, "value": value}


def _standing(rule: Rule, language: str) -> str:
    _text = translator(language).gettext
    if rule.status == "unverified" or _WORDING.intersection(rule.unverified_params):
        return _text(_UNVERIFIED)
    if rule.checked_on is None:
        return _text(_VERIFIED)
    return _text(_VERIFIED_ON) % {"day": format_date_short(rule.checked_on, language)}
