"""What groups, organisations and choices are called."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Q
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Participation
from alpclusters.platform.network.domain.measuring.places import ALL, COUNTRY, NUTS2, Basis
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.domain.tiles import tiles
from alpclusters.reports.numbers import EN_DASH
from alpclusters.www.public.directory.filters import region_names
from alpclusters.www.site.organisation_addresses import page_of

MOST_ASKED: Final = 500
BASES: Final = {
    Basis.LINKS.value: gettext_lazy("Links between organisations"),
    Basis.PROJECTS.value: gettext_lazy("Joint projects"),
}
GROUPINGS: Final = {COUNTRY: gettext_lazy("Countries"), NUTS2: gettext_lazy("Regions (NUTS 2)")}


def window_name(name: str) -> str:
    """Return what a period is called."""
    return _("All years") if name == ALL else name.replace("-", EN_DASH)


@dataclass(frozen=True)
class GroupNames:
    """Names of countries or regions, long and short."""

    names: Mapping[str, str]
    shorts: Mapping[str, str]

    @classmethod
    def load(cls, codes: Iterable[str]) -> "GroupNames":
        """Read the names of all codes (one query for regions, none for countries)."""
        wanted = [code for code in dict.fromkeys(codes) if code]
        regions = region_names(code for code in wanted if len(code) > 2)  # noqa: PLR2004 - of a country
        names = {code: regions.get(code) or _country(code) for code in wanted}
        shorts = {tile.code: tile.short for tile in tiles()}
        return cls(names, {code: shorts.get(code, code) for code in wanted})

    def long(self, code: str) -> str:
        """Return the name of a group."""
        return self.names.get(code, code) or _("region not known")

    def short(self, code: str) -> str:
        """Return the short name of a group: of its tile, else its code."""
        return self.shorts.get(code, code)


def _country(code: str) -> str:
    return country_name(code, get_language())


@dataclass(frozen=True)
class Named:
    """An organisation as a page names it; without an address it is not in the directory."""

    name: str
    short: str = ""
    url: str = ""
    is_simulated: bool = False

    @property
    def label(self) -> str:
        """Return the name for a picture."""
        return self.short or self.name


@dataclass(frozen=True)
class Organisations:
    """The organisations of a page by their numbers (one query)."""

    listed: Mapping[int, Named]
    groups: GroupNames
    hidden: frozenset[str] = frozenset()

    @classmethod
    def load(
        cls,
        numbers: Iterable[int],
        groups: GroupNames,
        hidden: frozenset[str] = frozenset(),
        *,
        is_of_projects: bool = False,
    ) -> "Organisations":
        """Read those that are in the directory; the others stay without a name.

        In a network of joint projects the page of a published initiative names who took part, and
        so does this one. Of a ``hidden`` group, with fewer than five organisations, not even the
        region of a body without a name is told.
        """
        wanted = set(numbers)
        known = {number for number in wanted if number > 0}
        rows = Organisation.objects.listed().filter(pk__in=known).select_related("cluster")
        found = {
            row.pk: Named(row.name, row.short_name, page_of(row), row.is_simulated) for row in rows
        }
        if is_of_projects:
            found |= published_names(wanted - found.keys())
        return cls(found, groups, hidden)

    def of(self, number: int, group: str = "") -> Named:
        """Return an organisation; one that is not listed is only said to be in its region."""
        if number in self.listed:
            return self.listed[number]
        if not group or group in self.hidden:
            return Named(_("organisation not in the directory"))
        region = self.groups.long(group)
        return Named(_("organisation not in the directory (%(region)s)") % {"region": region})

    def is_listed(self, number: int) -> bool:
        """Say whether an organisation may be named."""
        return number in self.listed


def published_names(numbers: Collection[int]) -> dict[int, Named]:
    """Return the names under which published initiatives tell who took part (one query)."""
    rows = Participation.objects.filter(initiative__is_published=True)
    # A database takes only so many numbers in a question: of many bodies all rows are read.
    if len(numbers) <= MOST_ASKED:
        known = [number for number in numbers if number > 0]
        bodies = [-number for number in numbers if number < 0]
        rows = rows.filter(Q(pk__in=bodies) | Q(organisation__in=known))
    columns = rows.order_by("-pk").values_list("pk", "organisation", "name")
    wanted = set(numbers)
    return {
        number: Named(name)
        for pk, organisation, name in columns
        if (number := -pk if -pk in wanted else organisation) in wanted
    }
