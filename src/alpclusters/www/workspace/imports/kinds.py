"""Kinds of notes on rows, short, for counting them."""

from typing import Final

from django.utils.translation import gettext_lazy as _

KINDS: Final = {
    "region.recoded": _("Region codes of an earlier year, recoded to those of today"),
    "region.ambiguous": _("Region codes that became several regions: the region stays empty"),
    "region.approximate": _("Region codes whose area changed on the way"),
    "region.elsewhere": _("Codes of regions outside those kept here: the region stays empty"),
    "region.unknown_code": _("Codes that no list of regions has: the region stays empty"),
    "region.unknown_name": _("Names of regions nobody knows: the region stays empty"),
    "region.several_names": _("Names that several regions have: the region stays empty"),
    "region.country_only": _("A country where a region was expected"),
    "region.extra_regio": _("Codes outside of every region"),
    "region.other_country": _("Region and country do not fit together"),
    "identifier.taken": _("Numbers that another organisation has already"),
    "organisation.ambiguous_number": _("Numbers that can be read in two ways"),
    "organisation.formula": _("Cells with formulas: the stored result was taken"),
    "organisation.kept": _("Fields kept as a person set them"),
    "organisation.proposed": _("Fields that a person set and the list says differently"),
    "organisation.left_out": _("Values that cannot be read, left out"),
    "organisation.too_long": _("Texts that are too long, left out"),
    "organisation.matched": _("Found by name, country and town"),
    "organisation.no_country": _("No country"),
    "organisation.no_coordinates": _("Places that are none on Earth, left out"),
    "organisation.no_profile": _("Fields of a profile for a body that has none, left out"),
    "organisation.no_website": _("Web addresses that are none, left out"),
    "organisation.postcode_padded": _("Postcodes that had lost their leading zeros"),
    "organisation.repeat": _("Rows that repeat an organisation of the same list"),
    "organisation.unknown_word": _("Words for type, sector or label nobody knows, left out"),
}


def kind_label(code: str) -> str:
    """Return the kind of a note in words; an unknown one by its code."""
    return str(KINDS.get(code, code))
