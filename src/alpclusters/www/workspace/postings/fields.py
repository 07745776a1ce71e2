"""Fields of the forms of needs and offers: sectors by code or word, countries, regions."""

import re
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.sectors import parse_sector, search_sectors, sector_label
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region

# The countries of the Alpine space; those of the directory come with them.
ALPINE: Final = ("AT", "CH", "DE", "FR", "IT", "LI", "SI")
MOST_SECTORS: Final = 8
MOST_REGIONS: Final = 20
_BETWEEN: Final = re.compile(r"[,;\n]")
_CODE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{1,3}")
_MOST_PROPOSED: Final = 5


class SectorsField(forms.CharField):
    """Sectors as codes of NACE or as words that fit one sector; the value is a tuple of codes."""

    def prepare_value(self, value: Any) -> Any:
        """Write codes with commas between."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the codes; a word that fits several sectors is asked about."""
        written = [part.strip() for part in _BETWEEN.split(super().clean(value) or "")]
        codes = tuple(dict.fromkeys(_sector(part) for part in written if part))
        if len(codes) > MOST_SECTORS:
            text = ngettext("At most %(n)s sector.", "At most %(n)s sectors.", MOST_SECTORS)
            raise ValidationError(text % {"n": MOST_SECTORS}, code="many")
        return codes


class RegionsField(forms.CharField):
    """Regions as codes of NUTS; the value is a tuple of codes that there are."""

    def prepare_value(self, value: Any) -> Any:
        """Write codes with commas between."""
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        """Return the codes; each must be a region that there is."""
        written = [part.strip().upper() for part in _BETWEEN.split(super().clean(value) or "")]
        codes = tuple(dict.fromkeys(part for part in written if part))[:MOST_REGIONS]
        known = set(Region.objects.filter(code__in=codes).values_list("code", flat=True))
        unknown = [code for code in codes if not _CODE.fullmatch(code) or code not in known]
        if unknown:
            raise ValidationError(
                _("No region has the code %(codes)s. Look codes up under “Regions”."),
                code="unknown",
                params={"codes": ", ".join(unknown)},
            )
        return codes


def country_choices() -> list[tuple[str, str]]:
    """Offer the countries of the Alpine space and of the directory, by name."""
    listed = ClusterOrganisation.objects.filter(organisation__is_listed=True)
    rows = listed.exclude(organisation__country="").order_by("organisation__country")
    codes = {*ALPINE, *rows.values_list("organisation__country", flat=True).distinct()}
    language = get_language()
    return sorted(((code, country_name(code, language)) for code in codes), key=lambda one: one[1])


def _sector(written: str) -> str:
    code = parse_sector(written)
    if code:
        return code
    found = search_sectors(written, get_language())
    if len(found) == 1:
        return found[0]
    if not found:
        raise ValidationError(
            _("No sector is called “%(word)s”. Write a code of NACE such as 16 or 28.4."),
            code="unknown",
            params={"word": written[:60]},
        )
    labels = [sector_label(one, get_language()) for one in found[:_MOST_PROPOSED]]
    raise ValidationError(
        _("“%(word)s” fits several sectors. Write the code of one: %(labels)s"),
        code="several",
        params={"word": written[:60], "labels": "; ".join(labels)},
    )
