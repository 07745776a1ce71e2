"""What conditions of eligibility ask, as people read it: names, questions and values of fields."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.eligibility import field_of
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator

# Name of the field; for what is answered by yes or no also the question.
LABELS: Final[Mapping[str, str]] = {
    "kind": _("Kind of body"),
    "size": _("Size of the undertaking"),
    "nuts": _("Seat"),
    "sites[*].nuts": _("Further sites"),
    "sites": _("Further sites"),
    "country": _("Country"),
    "lead": _("Lead partner"),
    "own_ct": _("Own means"),
    "credit_ct": _("Credit line"),
    "vat_recoverable": _("Recovery of value added tax"),
    "turnover_ct": _("Annual turnover"),
    "balance_ct": _("Balance sheet total"),
    "employees": _("Employees of the undertaking"),
    "staff": _("Staff of the office (full-time equivalents)"),
    "founded": _("Year of foundation"),
    "age": _("Age in years"),
    "legal_form": _("Legal form"),
    "non_profit": _("Non-profit body"),
    "independent": _("Independent undertaking"),
    "in_difficulty": _("Undertaking in difficulty"),
    "recovery_order": _("Aid to be paid back"),
    "label": _("Label of cluster excellence"),
    "recognised": _("Recognition by a cluster programme"),
    "members": _("Members"),
    "sme_members": _("Small and medium-sized firms among the members"),
    "large_members": _("Large firms among the members"),
    "research_members": _("Research bodies among the members"),
    "public_members": _("Public bodies among the members"),
    "members_abroad": _("Members abroad"),
    "international_strategy": _("Internationalisation strategy"),
    "themes": _("Themes"),
    "sectors": _("Sectors (NACE)"),
    "technologies": _("Technologies"),
    "languages": _("Working languages"),
    "partners": _("Partnership"),
    "project.start": _("Start of the project"),
    "project.end": _("End of the project"),
    "project.months": _("Duration in months"),
    "project.total_cost_ct": _("Total costs of the project"),
    "project.themes": _("Themes of the project"),
    "project.categories": _("Cost categories of the project"),
    "project.levels": _("Levels of the project"),
    "project.trl": _("Technology readiness level"),
    "project.seal": _("Seal of Excellence"),
    "project.previous_phase": _("Completed earlier phase"),
    "project.transnational": _("Partners from several countries"),
    "project.outside_area": _("Activities outside the programme area"),
    "offer.programme": _("Programme of the offer"),
    "offer.level": _("Level of the offer"),
    "offer.origin": _("Source of the money"),
    "offer.grants_from": _("Granting state"),
    "offer.opens": _("Opening of the call"),
    "offer.closes": _("Closing of the call"),
    "offer.applied_on": _("Day of the application"),
    "offer.decided_on": _("Day of the decision"),
    "offer.grant_date": _("Day of the grant"),
    "offer.cap_ct": _("Ceiling of the offer"),
    "offer.conditions_coded": _("Conditions of the offer"),
}
QUESTIONS: Final[Mapping[str, str]] = {
    "lead": _("Is it the lead partner?"),
    "vat_recoverable": _("Can it recover value added tax?"),
    "non_profit": _("Is it a non-profit body?"),
    "independent": _("Is it independent of other undertakings?"),
    "in_difficulty": _("Is it an undertaking in difficulty?"),
    "recovery_order": _("Does it still have to pay back aid after a decision of the Commission?"),
    "label": _("Which label of cluster excellence does it have?"),
    "recognised": _("Is it officially recognised by a cluster programme?"),
    "international_strategy": _("Does it have a written internationalisation strategy?"),
    "project.seal": _("Does the project have a Seal of Excellence?"),
    "project.previous_phase": _("Is the earlier phase of the project completed?"),
    "project.transnational": _("Does the project have partners from several countries?"),
    "project.outside_area": _("Are activities outside the programme area planned?"),
}
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": {
        "public": _("public body"),
        "research": _("research body"),
        "cluster": _("cluster organisation"),
        "sme": _("small or medium-sized firm"),
        "large": _("large firm"),
        "other": _("other body"),
    },
    "size": {
        "small": _("small"),
        "medium": _("medium-sized"),
        "large": _("large"),
        "none": _("no economic activity"),
    },
    "label": {
        "gold": _("gold"),
        "silver": _("silver"),
        "bronze": _("bronze"),
        "none": _("no label"),
    },
    "offer.level": {
        "european": _("European"),
        "macro_regional": _("macro-regional"),
        "cross_border": _("cross-border"),
        "national": _("national"),
        "regional": _("regional"),
    },
    "offer.origin": {
        "union_central": _("managed by the Commission"),
        "union_shared": _("Union money managed by the Member States"),
        "national": _("national money"),
        "regional": _("regional money"),
        "ch": _("Swiss money"),
        "private": _("private money"),
    },
}
_OF_PARTNER: Final = _("%(partner)s: %(field)s")
_OWN: Final = _("Question of this offer: %(name)s")
_OWN_QUESTION: Final = _("Does this hold: %(name)s?")
_WHAT: Final = _("What is this: %(field)s?")
_CONDITION: Final = "condition_"


def field_label(path: str, language: str, *, partners: Mapping[str, str] | None = None) -> str:
    """Name a field; ``partners`` gives the names of partners by their id."""
    gettext = translator(language).gettext
    owner, name = _taken_apart(path)
    if name.removeprefix("project.").removeprefix("offer.").startswith(_CONDITION):
        label = gettext(_OWN) % {"name": _slug(name)}
    else:
        label = gettext(LABELS.get(name, name))
    if owner is None:
        return label
    told = {"partner": (partners or {}).get(owner, owner), "field": label}
    return gettext(_OF_PARTNER) % told


def field_question(path: str, language: str) -> str:
    """Ask for a field: a yes or no as a question of its own, the rest by its name."""
    gettext = translator(language).gettext
    _owner, name = _taken_apart(path)
    if name in QUESTIONS:
        return gettext(QUESTIONS[name])
    if _CONDITION in name:
        return gettext(_OWN_QUESTION) % {"name": _slug(name)}
    return gettext(_WHAT) % {"field": gettext(LABELS.get(name, name))}


def value_labels(path: str, language: str) -> dict[str, str]:
    """Return the values of an enumeration with their words, in the order of the catalogue."""
    gettext = translator(language).gettext
    words = VALUES.get(_taken_apart(path)[1], {})
    asked = field_of(_plain(path))
    values = asked.values if asked else ()
    return {value: gettext(words.get(value, value)) for value in values}


def _taken_apart(path: str) -> tuple[str | None, str]:
    """Return whose field it is, None for the judged one, and its name; project and offer stay."""
    if path.startswith("partners["):
        owner, _, name = path.removeprefix("partners[").rpartition("].")
        return owner, name
    root, _, name = path.partition(".")
    if root == "partner" and name.startswith("sites[") and name.endswith("].nuts"):
        return None, "sites[*].nuts"
    return None, name if root in {"partner", "it"} else path


def _plain(path: str) -> str:
    owner, name = _taken_apart(path)
    return path if owner is None else f"partner.{name}"


def _slug(name: str) -> str:
    return name.partition(_CONDITION)[2].replace("_", " ")
