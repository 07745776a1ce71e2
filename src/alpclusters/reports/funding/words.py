"""Words of a mix in five languages: how it ended, levels of the objective, categories, links."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator

STATUSES: Final[Mapping[str, str]] = {
    "optimal": _("proved best"),
    "gap": _("near the best"),
    "feasible": _("without a bound"),
    "infeasible": _("no mix possible"),
    "cancelled": _("cancelled"),
    "failed": _("check failed"),
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
    "net_grant": _("grants minus efforts"),
    "offers": _("number of offers used"),
    "participations": _("number of participations"),
    "peak": _("largest advance of private partners"),
    "last_payment": _("time until the last payment"),
}
LINKS: Final[Mapping[str, str]] = {
    "exclusive": _("exclude each other"),
    "exclusive_per_partner": _("exclude each other for one partner"),
    "requires": _("the first needs the others"),
    "alternative": _("one or the other"),
    "paired": _("only together"),
}


def said(words: Mapping[str, str], key: str, language: str) -> str:
    """Return a word of a table in a language; an unknown key stands for itself."""
    return translator(language).gettext(words[key]) if key in words else key
