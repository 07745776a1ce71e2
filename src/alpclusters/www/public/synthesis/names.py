"""What splits, filters and their values are called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.evidence.domain.codebook.reading import code_label, current_codebook
from alpclusters.platform.evidence.domain.synthesis.queries import NOT_STATED, Dimension
from alpclusters.platform.evidence.models import Codebook, Programme
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region

_CODED: Final = {
    Dimension.SCOPE: "scope",
    Dimension.AUDIENCE: "audience",
    Dimension.PAYER: "payer_after",
}


def horizon_name(months: int) -> str:
    """Say what counts as going on."""
    if not months:
        return _("as coded")
    return ngettext("at least %(n)s month", "at least %(n)s months", months) % {"n": months}


@dataclass(frozen=True)
class Names:
    """Names of values in the reader's language: three queries, however many values."""

    codebook: Codebook | None
    measures: Mapping[str, Measure]
    regions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, regions: Iterable[str] = ()) -> "Names":
        """Read the codebook, the catalogue, and the names of some regions."""
        catalogue = Measure.objects.of_catalogue().order_by("order", "pk")
        wanted = set(regions)
        named = Region.objects.current().filter(code__in=wanted).order_by("code")
        return cls(
            _codebook(),
            {measure.type_key: measure for measure in catalogue},
            {region.code: region.name for region in named},
        )

    def value(self, dimension: Dimension, value: str) -> Any:
        """Return what a value is called; an unknown one is called what it is."""
        if value == NOT_STATED:
            return _("not stated")
        if dimension in _CODED:
            return code_label(_CODED[dimension], value, self.codebook) if self.codebook else value
        return self._by_register(dimension, value)

    def _by_register(self, dimension: Dimension, value: str) -> Any:
        language = get_language()
        if dimension == Dimension.TYPE:
            return self.measures[value].name if value in self.measures else value
        if dimension == Dimension.COUNTRY:
            return country_name(value, language)
        if dimension == Dimension.SECTOR:
            return sector_label(value, language)
        if dimension == Dimension.PROGRAMME:
            return dict(Programme.Family.choices).get(value, value)
        name = self.regions.get(value)
        return f"{name} ({value})" if name else value


def _codebook() -> Codebook | None:
    try:
        return current_codebook()
    except Codebook.DoesNotExist:
        return None
