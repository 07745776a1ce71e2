"""Words of a mix in five languages: how it ended, levels of the objective, categories, links."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.mix.certificate import METHOD
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import NO_BREAK, format_percent

STATUSES: Final[Mapping[str, str]] = {
    "optimal": _("proved best"),
    "gap": _("near the best"),
    "feasible": _("without a bound"),
    "undecided": _("law not known for each grant"),
    "infeasible": _("no mix possible"),
    "cancelled": _("cancelled"),
    "failed": _("check failed"),
}
# As key figures, which have room for one short word.
SHORT: Final[Mapping[str, str]] = {
    "optimal": _("proved"),
    "gap": _("close"),
    "feasible": _("found"),
    "undecided": _("undecided"),
    "infeasible": _("none"),
    "cancelled": _("stopped"),
    "failed": _("failed"),
}
CATEGORIES: Final[Mapping[str, str]] = {
    "staff": _("Staff"),
    "overheads": _("Overheads"),
    "travel": _("Travel"),
    "external": _("External services"),
    "equipment": _("Equipment"),
    "training": _("Training"),
    "fairs": _("Fairs"),
    "marketing": _("Marketing"),
    "investment": _("Investment"),
    "other": _("Other costs"),
}
LEVELS: Final[Mapping[str, str]] = {
    "net_grants": _("grants minus efforts"),
    "offers": _("number of offers used"),
    "participations": _("number of participations"),
    "peak_claims": _("largest advance of private partners"),
    "last_repayment": _("quarter of the last payment, mean weighted with grants"),
}
# How the bound of a mix is proved, as its certificate names it.
METHODS: Final[Mapping[str, str]] = {
    METHOD: _("dual values of the linear program, weak duality"),
}
LINKS: Final[Mapping[str, str]] = {
    "exclusive": _("exclude each other"),
    "exclusive_per_partner": _("exclude each other for one partner"),
    "requires": _("the first needs the others"),
    "alternative": _("one or the other"),
    "paired": _("only together"),
}
# With one place for a name: an offer, a partner, an amount.
WISHES: Final[Mapping[str, str]] = {
    "use": _("use “%(name)s”"),
    "avoid": _("do without “%(name)s”"),
    "min_total": _("grants of at least %(name)s"),
    "min_partner": _("a least grant for %(name)s"),
    "max_offers": _("at most %(name)s offers"),
    "fund_line": _("a least grant for the cost %(name)s"),
}


def said(words: Mapping[str, str], key: str, language: str) -> str:
    """Return a word of a table in a language; an unknown key stands for itself."""
    return translator(language).gettext(words[key]) if key in words else key


def undecided_words(n: int, language: str) -> str:
    """Say that no mix can be judged before conditions or answers of so many offers are entered."""
    return translator(language).ngettext(
        "Nothing can be computed yet: the conditions or answers of %(n)s offer are missing. Enter "
        "them first; until then nobody can say which mix is best.",
        "Nothing can be computed yet: the conditions or answers of %(n)s offers are missing. Enter "
        "them first; until then nobody can say which mix is best.",
        n,
    ) % {"n": n}


def gap_words(gap: float | None, language: str) -> str:
    """Write a gap so that one that is there is never printed as none."""
    if gap is None:
        return "–"
    for decimals in (2, 4):
        if gap == 0 or gap >= 0.5 * 10 ** -(decimals + 2):
            return format_percent(gap, language, decimals)
    return f"<{NO_BREAK}{format_percent(0.000001, language, 4)}"
