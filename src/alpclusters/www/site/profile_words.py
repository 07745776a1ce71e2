"""Names of fields, and sentences on what follows from a profile."""

from typing import Final

from django.db.models import Model
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.completeness import LABEL_OR_PROGRAMME
from alpclusters.platform.actors.domain.editing import model_of
from alpclusters.platform.actors.domain.judging import MEMBER_TYPES
from alpclusters.platform.fields import label_of

# Why a field of this group is the next most useful one.
WHY: Final = {
    "identity": _("Visitors decide by it whether they have found the right body."),
    "place": _("The map and the filters by region and language need it."),
    "what": _("Visitors filter by it and find you among hundreds."),
    "members": _("Two of the four validation rules count members."),
    "management": _("It shows that somebody runs the body; one validation rule needs the staff."),
    "international": _("Partners abroad look for those who aim at the same countries."),
    "label": _("A label or programme tells others how sure they can be of you."),
    "life": _("A profile that nobody confirms counts as out of date after a year."),
}
RULES: Final = {
    "management": _("Management with at least half a full-time post"),
    "activity": _("English page, and visible activity within two years"),
    "members": _("At least 15 members"),
    "mix": _("At least two types of members, with a public body or visible work with one"),
}
OUTCOMES: Final = {
    "pass": (_("met"), "check", "good"),
    "fail": (_("not met"), "x", "bad"),
    "unknown": (_("unknown"), "circle-help", "unv"),
}
RESULTS: Final = {
    "valid": (_("all four rules are met"), "circle-check", "good"),
    "invalid": (_("a rule is not met"), "circle-alert", "bad"),
    "open": (_("not decided: facts are missing"), "circle-help", "unv"),
    "waived": (_("recognised by a programme"), "circle-check", "good"),
}
FRESHNESS: Final = {
    "fresh": (_("confirmed within a year"), "circle-check", "good"),
    "ageing": (_("confirmed more than a year ago"), "clock", "warn"),
    "stale": (_("confirmed more than two years ago"), "triangle-alert", "bad"),
    "never": (_("never confirmed"), "circle-help", "unv"),
}
LABEL_STATES: Final = {
    "valid": (_("valid"), "circle-check", "good"),
    "in_grace": (_("ended, may still be renewed"), "clock", "warn"),
    "expired": (_("expired"), "x", ""),
    "not_yet": (_("not valid yet"), "clock", ""),
    "unknown": (_("period unknown"), "circle-help", "unv"),
}


def points(gain: float) -> str:
    """Say by how much the completeness would rise."""
    n = round(gain)
    return ngettext("+%(n)s point", "+%(n)s points", n) % {"n": n}


def name_of(field: str, model: type[Model] | None = None) -> str:
    """Return the name of a field of a profile or of an input of its validation.

    Parameters
    ----------
    field : str
        A column, a text in one language, a type of members or what the completeness asks.
    model : type, optional
        Where it stands; else the profile or its organisation.
    """
    if field == LABEL_OR_PROGRAMME:
        return gettext("A label or a programme")
    name = f"n_{field}" if field in MEMBER_TYPES else field
    return label_of(model or model_of(name), name)
