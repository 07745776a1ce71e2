"""Regions and programme areas for tests."""

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import (
    ProgrammeArea,
    ProgrammeAreaRegion,
    Region,
    Standing,
)


def make_region(
    code: str = "AT32", *, name: str = "", called: dict[str, str] | None = None, **fields: object
) -> Region:
    """Build a region whose code is valid from 2006 to 2024; ``called`` are names of languages."""
    names = dict.fromkeys(LANGUAGE_CODES, name or f"Region {code}") | (called or {})
    values = {"level": len(code) - 2, "country": code[:2], "parent_code": code[:-1], "name": names}
    return Region.objects.create(
        code=code, **{"first_vintage": 2006, "last_vintage": 2024, **values, **fields}
    )


def make_area(*codes: str, key: str = "area", status: str = Standing.VERIFIED) -> ProgrammeArea:
    """Build a programme area of some regions."""
    area = ProgrammeArea.objects.create(
        key=key, name={"en": key}, period="2021-2027", nuts_vintage=2021
    )
    for code in codes:
        ProgrammeAreaRegion.objects.create(area=area, code=code, status=status, source="a source")
    return area
