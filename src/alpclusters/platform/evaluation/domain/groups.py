"""Names of the groups people put themselves in: regions and stakeholder groups."""

from collections.abc import Iterable

from alpclusters.platform.cafe.domain.roles import role_name
from alpclusters.platform.evaluation.domain.records import Group, Words
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.territory.models import Region


def region_groups(pks: Iterable[int | None]) -> dict[int | None, Group]:
    """Return a group per region, and one for those who named none."""
    wanted = set(pks)
    regions = Region.objects.filter(pk__in=[pk for pk in wanted if pk is not None])
    found: dict[int | None, Group] = {
        region.pk: Group(region.code, region_names(region)) for region in regions.order_by("pk")
    }
    return {**found, None: unnamed_group()} if None in wanted else found


def region_names(region: Region) -> Words:
    """Return the name of a region in the five languages."""
    return {code: getattr(region, f"name_{code}", "") or region.name for code in LANGUAGE_CODES}


def role_group(key: str | None) -> Group:
    """Return the group of a stakeholder role."""
    if not key:
        return unnamed_group()
    return Group(key, {code: role_name(key, code) for code in LANGUAGE_CODES})


def unnamed_group() -> Group:
    """Return the group of the people who did not say."""
    # Translators: people who did not name their region or group when they rated
    names = {code: translator(code).gettext("not stated") for code in LANGUAGE_CODES}
    return Group("", names)
