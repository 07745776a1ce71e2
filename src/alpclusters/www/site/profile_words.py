"""Names of fields, and sentences on what follows from a profile."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

NAMES: Final[dict[str, Any]] = {
    "name": _("Name"),
    "short_name": _("Short name"),
    "legal_form": _("Legal form"),
    "founded": _("Founded"),
    "website": _("Website"),
    "country": _("Country"),
    "region": _("Region"),
    "region_id": _("Region"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "is_listed": _("Shown in the public directory"),
    "status": _("Status"),
    "type": _("Type"),
    "summary": _("In short"),
    "logo": _("Logo"),
    "logo_alt": _("What the logo shows"),
    "has_english_page": _("Has an English page"),
    "english_page": _("English page"),
    "catchment": _("Catchment area"),
    "languages": _("Working languages"),
    "sectors": _("Sectors"),
    "sector_text": _("Sectors in words"),
    "ecosystem": _("Industrial ecosystem"),
    "technologies": _("Technologies"),
    "s3_priorities": _("Priorities of smart specialisation"),
    "n_sme": _("Small and medium-sized firms"),
    "n_large": _("Large firms"),
    "n_start_up": _("Start-ups among them"),
    "n_research": _("Research"),
    "n_public": _("Public bodies"),
    "n_civil": _("Civil society"),
    "n_other": _("Others"),
    "n_abroad": _("Members abroad"),
    "counted_on": _("Counted on"),
    "public_cooperation": _("Works visibly with public bodies"),
    "staff_fte": _("Staff (full-time equivalents)"),
    "staff_heads": _("Staff (people)"),
    "has_board": _("Has a board"),
    "has_assembly": _("Yearly general assembly"),
    "strategy_url": _("Address of the strategy"),
    "strategy_until": _("Strategy valid until"),
    "money_year": _("Year of the figures"),
    "budget": _("Annual budget"),
    "financing": _("Financing"),
    "services": _("Services"),
    "international_strategy": _("Internationalisation strategy"),
    "international_url": _("Address of the internationalisation strategy"),
    "international_until": _("Internationalisation strategy valid until"),
    "target_markets": _("Target markets"),
    "partners_abroad": _("Partners abroad"),
    "offers": _("Offers to others"),
    "programme": _("Cluster programme"),
    "is_recognised": _("Officially recognised by a cluster programme"),
    "maturity": _("Maturity"),
    "last_activity_on": _("Last visible activity"),
    "latest_event": _("Latest event"),
    "confirmed_on": _("Last confirmed"),
    "label_or_programme": _("A label or a programme"),
    "scheme": _("Scheme"),
    "level": _("Level of the label"),
    "first_awarded": _("First awarded"),
    "valid_from": _("Valid from"),
    "valid_to": _("Valid until"),
    "score": _("Score in per cent"),
    "certificate_url": _("Address of the certificate"),
    "source": _("Source"),
    # Inputs of the validation.
    "sme": _("Small and medium-sized firms"),
    "large": _("Large firms"),
    "research": _("Research"),
    "public": _("Public bodies"),
    "civil": _("Civil society"),
    "other": _("Others"),
}
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


def name_of(field: str) -> str:
    """Return the name of a field of a profile."""
    return str(NAMES.get(field, field))
