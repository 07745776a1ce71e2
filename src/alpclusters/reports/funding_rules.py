"""Rules of the rule-books in plain words: a sentence for each, and names of their figures."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from alpclusters.analysis.funding.rulebooks import Rule
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.funding_rule_texts import TEXTS
from alpclusters.reports.numbers import format_integer, format_money, format_percent

_FULL: Final = 10_000
# Figures worth showing; what only tells the program how to check is left out.
FIGURES: Final[Mapping[str, str]] = {
    "small_bp": _("Intensity, small undertakings"),
    "medium_bp": _("Intensity, medium-sized undertakings"),
    "large_bp": _("Intensity, large undertakings"),
    "cluster_bp": _("Intensity, innovation clusters"),
    "bonus_small_bp": _("Bonus, small undertakings"),
    "bonus_medium_bp": _("Bonus, medium-sized undertakings"),
    "bonus_collaboration_bp": _("Bonus, collaboration"),
    "bonus_dissemination_bp": _("Bonus, wide dissemination"),
    "bonus_disadvantaged_bp": _("Bonus, disadvantaged persons or persons with disabilities"),
    "bonus_a_area_bp": _("Bonus, “a” areas"),
    "bonus_c_area_bp": _("Bonus, “c” areas"),
    "bonus_licences_bp": _("Bonus, results open to licences"),
    "bonus_joint_call_bp": _("Bonus, joint call of three States"),
    "bonus_cross_border_bp": _("Bonus, paid by two States or selected by the Union"),
    "bonus_sme_capacity_bp": _("Bonus, capacity for small and medium-sized undertakings"),
    "max_bp": _("Highest intensity with bonuses"),
    "ceiling_ct": _("Ceiling"),
    "other_ceiling_ct": _("Another ceiling that is named"),
    "limit_ct": _("Limit"),
    "road_freight_ct": _("Limit for road freight transport"),
    "threshold_ct": _("Threshold"),
    "rate_bp": _("Rate"),
    "strand_d_bp": _("Rate in strand D"),
    "programme_bp": _("Share of the programme"),
    "outermost_bp": _("Share of the programme in outermost regions"),
    "priority_bp": _("Share of the priority"),
    "applied_bp": _("Smallest part of a cost for an article to count"),
    "max_years": _("Longest aid period in years"),
    "years": _("Years that are added up"),
    "min_countries": _("Smallest number of countries"),
    "min_member_states": _("Smallest number of partners from Member States"),
    "wider_min_countries": _("Smallest number of countries, Interreg Europe"),
    "wider_min_member_states": _("Smallest number of partners from Member States, Interreg Europe"),
}
PER: Final[Mapping[str, str]] = {
    "undertaking_project": _("per undertaking and project"),
    "undertaking_year": _("per undertaking and year"),
    "undertaking_three_years": _("per undertaking in any three years"),
    "project": _("per project"),
    "cluster": _("per cluster, for all aid under this article"),
}


def rule_text(rule: Rule, language: str) -> str:
    """Return a rule in plain words; a key without a text stands for itself."""
    return translator(language).gettext(TEXTS.get(rule.text_key, rule.text_key))


def rule_figures(rule: Rule, language: str) -> list[tuple[str, str, bool]]:
    """Return the figures of a rule: name, value, and whether the figure is unverified."""
    return [
        (
            translator(language).gettext(label),
            _shown(rule, name, language),
            name in rule.unverified_params,
        )
        for name, label in FIGURES.items()
        if name in rule.params
    ]


def _shown(rule: Rule, name: str, language: str) -> str:
    value = int(rule.params[name])
    if name.endswith("_bp"):
        return format_percent(Decimal(value) / _FULL, language, 0)
    if not name.endswith("_ct"):
        return format_integer(value, language)
    money = format_money(value, "EUR", language)
    per = PER.get(str(rule.params.get("ceiling_per", ""))) if name == "ceiling_ct" else None
    return f"{money} {translator(language).gettext(per)}" if per else money
