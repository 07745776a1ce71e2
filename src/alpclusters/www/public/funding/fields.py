"""What conditions ask, in words."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import pgettext_lazy

_FIELDS: Final[Mapping[str, Any]] = {
    "partner.kind": pgettext_lazy("asked by a condition", "Kind of body"),
    "partner.size": pgettext_lazy("asked by a condition", "Size of the undertaking"),
    "partner.nuts": pgettext_lazy("asked by a condition", "Seat"),
    "partner.sites[*].nuts": pgettext_lazy("asked by a condition", "A site"),
    "partner.sites": pgettext_lazy("asked by a condition", "Sites"),
    "partner.country": pgettext_lazy("asked by a condition", "Country"),
    "partner.lead": pgettext_lazy("asked by a condition", "Lead partner"),
    "partner.own_ct": pgettext_lazy("asked by a condition", "Own money"),
    "partner.credit_ct": pgettext_lazy("asked by a condition", "Credit"),
    "partner.vat_recoverable": pgettext_lazy("asked by a condition", "Recovers value added tax"),
    "partner.turnover_ct": pgettext_lazy("asked by a condition", "Turnover in a year"),
    "partner.balance_ct": pgettext_lazy("asked by a condition", "Balance sheet total"),
    "partner.employees": pgettext_lazy("asked by a condition", "Employees"),
    "partner.staff": pgettext_lazy("asked by a condition", "Staff of the cluster organisation"),
    "partner.founded": pgettext_lazy("asked by a condition", "Year of foundation"),
    "partner.age": pgettext_lazy("asked by a condition", "Age in years"),
    "partner.legal_form": pgettext_lazy("asked by a condition", "Legal form"),
    "partner.non_profit": pgettext_lazy("asked by a condition", "Non-profit"),
    "partner.independent": pgettext_lazy("asked by a condition", "Independent undertaking"),
    "partner.in_difficulty": pgettext_lazy("asked by a condition", "Undertaking in difficulty"),
    "partner.recovery_order": pgettext_lazy(
        "asked by a condition", "Under an order to repay unlawful aid"
    ),
    "partner.label": pgettext_lazy("asked by a condition", "Label of cluster excellence"),
    "partner.recognised": pgettext_lazy(
        "asked by a condition", "Recognised by the State or region"
    ),
    "partner.members": pgettext_lazy("asked by a condition", "Members"),
    "partner.sme_members": pgettext_lazy("asked by a condition", "Members that are SMEs"),
    "partner.large_members": pgettext_lazy("asked by a condition", "Members that are large firms"),
    "partner.research_members": pgettext_lazy(
        "asked by a condition", "Members that are research bodies"
    ),
    "partner.public_members": pgettext_lazy(
        "asked by a condition", "Members that are public bodies"
    ),
    "partner.members_abroad": pgettext_lazy("asked by a condition", "Members in other countries"),
    "partner.international_strategy": pgettext_lazy(
        "asked by a condition", "Has a strategy for internationalisation"
    ),
    "partner.themes": pgettext_lazy("asked by a condition", "Themes"),
    "partner.sectors": pgettext_lazy("asked by a condition", "Sectors"),
    "partner.technologies": pgettext_lazy("asked by a condition", "Technologies"),
    "partner.languages": pgettext_lazy("asked by a condition", "Working languages"),
    "project.start": pgettext_lazy("asked by a condition", "Start of the project"),
    "project.end": pgettext_lazy("asked by a condition", "End of the project"),
    "project.months": pgettext_lazy("asked by a condition", "Duration of the project in months"),
    "project.total_cost_ct": pgettext_lazy("asked by a condition", "Total cost of the project"),
    "project.themes": pgettext_lazy("asked by a condition", "Themes of the project"),
    "project.categories": pgettext_lazy("asked by a condition", "Kinds of cost of the project"),
    "project.levels": pgettext_lazy("asked by a condition", "Levels of the project"),
    "project.trl": pgettext_lazy("asked by a condition", "Technology readiness level"),
    "project.seal": pgettext_lazy("asked by a condition", "Seal of Excellence"),
    "project.previous_phase": pgettext_lazy("asked by a condition", "An earlier phase was funded"),
    "project.transnational": pgettext_lazy("asked by a condition", "Partners of several countries"),
    "project.outside_area": pgettext_lazy(
        "asked by a condition", "Costs outside the programme area"
    ),
    "offer.programme": pgettext_lazy("asked by a condition", "Programme"),
    "offer.level": pgettext_lazy("asked by a condition", "Level"),
    "offer.origin": pgettext_lazy("asked by a condition", "Whose money"),
    "offer.grants_from": pgettext_lazy("asked by a condition", "Granting state"),
    "offer.opens": pgettext_lazy("asked by a condition", "Opening of the call"),
    "offer.closes": pgettext_lazy("asked by a condition", "Deadline of the call"),
    "offer.applied_on": pgettext_lazy("asked by a condition", "Day of the application"),
    "offer.decided_on": pgettext_lazy("asked by a condition", "Day of the decision"),
    "offer.grant_date": pgettext_lazy("asked by a condition", "Day of the grant"),
    "offer.cap_ct": pgettext_lazy("asked by a condition", "Largest grant"),
    "partners": pgettext_lazy("asked by a condition", "Partners"),
}
_OWN: Final = "condition_"


def field_label(path: str) -> str:
    """Return what a condition asks; a question of one offer's own by its own words."""
    asked = f"partner.{path.removeprefix('it.')}" if path.startswith("it.") else path
    if known := _FIELDS.get(asked):
        return str(known)
    name = asked.rpartition(".")[2].removeprefix(_OWN).replace("_", " ")
    return name[:1].upper() + name[1:]
