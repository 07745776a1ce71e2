"""The fields of a list in words."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.importing.fields import columns_in_lists, list_fields

# What is no column of its own, and columns whose label says enough only among those of their part.
_WORDS: Final = {
    "external_id": _("Number in the source"),
    "coordinates": _("Latitude and longitude in one"),
    "pic": _("Participant code of the EU (PIC)"),
    "vat": _("VAT number"),
    "national": _("Number in the national register"),
    "ror": _("Research Organization Registry (ROR)"),
    "isni": _("International Standard Name Identifier (ISNI)"),
    "gln": _("Global Location Number (GLN)"),
    "eccp": _("Number at the European Cluster Collaboration Platform"),
    "sectors": _("Sectors (NACE)"),
    "n_sme": _("Members: small and medium-sized firms"),
    "n_large": _("Members: large firms"),
    "n_start_up": _("Members: start-ups"),
    "n_research": _("Members: research"),
    "n_public": _("Members: public bodies"),
    "n_civil": _("Members: civil society"),
    "n_other": _("Members: others"),
    "counted_on": _("Members counted on"),
    "label": _("Quality label"),
    "is_simulated": _("simulated"),
}


def field_choices() -> list[tuple[str, str]]:
    """Return what a column may hold, first that it is not used."""
    labels = _labels()
    names = sorted((field.name for field in list_fields()), key=lambda name: name != "name")
    named = ((name, labels[name]) for name in names)
    return [("", str(_("not used"))), *named]


def field_label(key: str) -> str:
    """Return a field in words."""
    return _labels().get(key, key)


def _labels() -> dict[str, str]:
    columns = {column.name: str(column.verbose_name) for column in columns_in_lists()}
    return columns | {name: str(words) for name, words in _WORDS.items()}
