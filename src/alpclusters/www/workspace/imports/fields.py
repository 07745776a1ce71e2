"""The fields of a list in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

LABELS: Final = {
    "name": _("Name"),
    "external_id": _("Number in the source"),
    "short_name": _("Short name"),
    "legal_form": _("Legal form"),
    "type": _("Type"),
    "helix": _("Sector of society"),
    "country": _("Country"),
    "region": _("Region (NUTS code or name)"),
    "postcode": _("Postcode"),
    "town": _("Town"),
    "website": _("Website"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
    "coordinates": _("Latitude and longitude in one"),
    "founded": _("Founded"),
    "pic": _("Participant code of the EU (PIC)"),
    "vat": _("VAT number"),
    "national": _("Number in the national register"),
    "ror": _("Research Organization Registry (ROR)"),
    "isni": _("International Standard Name Identifier (ISNI)"),
    "gln": _("Global Location Number (GLN)"),
    "eccp": _("Number at the European Cluster Collaboration Platform"),
    "sectors": _("Sectors (NACE)"),
    "ecosystem": _("Industrial ecosystem"),
    "summary": _("In short"),
    "staff_fte": _("Staff, full-time equivalents"),
    "staff_heads": _("Staff, heads"),
    "n_sme": _("Members: small and medium-sized firms"),
    "n_large": _("Members: large firms"),
    "n_start_up": _("Members: start-ups"),
    "n_research": _("Members: research"),
    "n_public": _("Members: public bodies"),
    "n_civil": _("Members: civil society"),
    "n_other": _("Members: others"),
    "n_abroad": _("Members abroad"),
    "counted_on": _("Members counted on"),
    "label": _("Quality label"),
    "is_simulated": _("simulated"),
}


def field_choices() -> list[tuple[str, str]]:
    """Return what a column may hold, first that it is not used."""
    return [("", str(_("not used"))), *((key, str(label)) for key, label in LABELS.items())]


def field_label(key: str) -> str:
    """Return a field in words."""
    return str(LABELS.get(key, key))
