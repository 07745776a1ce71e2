"""What the tables of the data package are called in the reader's language."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

TITLES: Final[Mapping[str, Any]] = {
    "programmes": _("funding programmes in one period"),
    "initiatives": _("earlier initiatives with dates, money, sectors and licence"),
    "participations": _("bodies in initiatives, as the source names them"),
    "documents": _("sources"),
    "document_initiatives": _("what a source is about"),
    "measures": _("measures of the catalogue and published proposals"),
    "document_measures": _("measures that a source describes"),
    "codebooks": _("published versions of the codebook"),
    "codes": _("codes with definitions and examples"),
    "activities": _("what initiatives did, coded"),
    "codings": _("what each coder chose, where the coding is settled"),
    "settlements": _("how differences between coders were settled"),
    "lessons": _("what follows, with its certainty"),
    "bearings": _("activities for and against a lesson"),
    "lesson_measures": _("measures that a lesson suggests"),
    "quotations": _("places in sources"),
}
