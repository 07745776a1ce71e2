"""The country of a side of a link."""

from typing import Final

from alpclusters.platform.actors.models import Organisation

_ISO: Final = {"EL": "GR", "UK": "GB"}


def country_of(organisation: Organisation) -> str:
    """Return the ISO code of an organisation's country; of its region where it names none."""
    code = organisation.country or (organisation.region.country if organisation.region else "")
    return _ISO.get(code, code)
