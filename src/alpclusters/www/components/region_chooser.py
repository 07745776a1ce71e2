"""A form field for a region: by code or name, on the tile map, proposed from the postcode.

    region = RegionField(label=_("Region"), required=False)

gives a `Region` of the current vintage or None. ``{% field form.region %}`` draws everything,
scripts included (templates/components/region_chooser.html). For proposals without scripts call
``form.fields["region"].propose(country, postcode, town)`` when the form is shown; with scripts
they come while somebody types into fields named ``country``, ``postcode`` and ``town`` of the same
form; a form without ``country`` may set ``widget.country``, else all countries are asked. A
proposal is only offered; whoever fills in the form takes it or not. ``keep(region)`` lets an older
code stay that the object has already.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.actors.domain.postcodes import NO_PROPOSALS, Proposals, propose
from alpclusters.platform.territory.domain.finding import find_regions, resolve_region
from alpclusters.platform.territory.domain.tiles import tiles
from alpclusters.platform.territory.models import CURRENT_VINTAGE, Region
from alpclusters.sources.postcodes import LICENCE

LONGEST: Final = 200
WRITTEN: Final = "written"
_SUGGESTED: Final = 6


@dataclass(frozen=True)
class TileChoice:
    """A tile to choose: position from 1, short and whole name."""

    code: str
    short: str
    name: str
    column: int
    row: int


def region_label(region: Region) -> str:
    """Write a region as the field takes it."""
    return f"{region.name} ({region.code})"


class RegionWidget(forms.TextInput):
    """A text box with the tile map and the proposals; a chosen radio goes before the text."""

    template_name = "components/region_chooser.html"
    proposals: Proposals = NO_PROPOSALS
    country = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add tiles and proposals."""
        context = super().get_context(name, value, attrs)
        context["chooser"] = {
            "choice": f"{name}_choice",
            "written": WRITTEN,
            "prefix": name[: name.rindex("-") + 1] if "-" in name else "",
            "country": self.country,
            "tiles": tile_choices(),
            "proposals": self.proposals,
            "proposed": [(r.code, region_label(r)) for r in self.proposals.regions],
            "source": source_words(self.proposals),
            "attribution": LICENCE.attribution,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """Take the radio somebody set, else the text."""
        chosen = data.get(f"{name}_choice")
        if chosen and chosen != WRITTEN:
            return chosen
        return super().value_from_datadict(data, files, name)


class RegionField(forms.CharField):
    """A region of the current vintage, as code or as name."""

    widget = RegionWidget
    default_error_messages: ClassVar[dict[str, Any]] = {
        "unknown": gettext_lazy(
            "“%(text)s” is no region of NUTS %(vintage)s. Write its code or its name."
        ),
        "several": gettext_lazy("Several regions fit: %(regions)s. Write the code."),
        "near": gettext_lazy("Near to it: %(regions)s. Write the code."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        kwargs.setdefault("help_text", gettext_lazy("Code or name, such as AT323 or Salzburg"))
        super().__init__(**kwargs)

    kept: Region | None = None

    def keep(self, region: Region | None) -> None:
        """Accept a region of another vintage, because it stands there already."""
        self.kept = region

    def propose(self, country: str, postcode: str, town: str = "") -> Proposals:
        """Look up what a postcode or a town says, and offer it beside the field."""
        found = propose(country, postcode, town)
        widget: Any = self.widget
        widget.proposals = found
        return found

    def prepare_value(self, value: Any) -> Any:
        """Show a region with its name and code."""
        return region_label(value) if isinstance(value, Region) else value

    def clean(self, value: Any) -> Region | None:
        """Turn code or name into the region.

        Raises
        ------
        ValidationError
            Nothing or more than one region fits; it names what comes near.
        """
        text = super().clean(value)
        return self._region(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare regions, not the ways to write them."""
        found = self._found(str(data or ""))
        before = initial if isinstance(initial, Region) else None
        return (found[0] if len(found) == 1 else data or None) != (before or initial or None)

    def _found(self, text: str) -> list[Region]:
        if self.kept and text in {self.kept.code, region_label(self.kept)}:
            return [self.kept]
        return resolve_region(text)

    def _region(self, text: str) -> Region:
        found = self._found(text)
        if len(found) == 1:
            return found[0]
        near = found or find_regions(text, limit=_SUGGESTED)
        if near:
            regions = ", ".join(region_label(region) for region in near)
            code = "several" if found else "near"
            raise ValidationError(self.error_messages[code], code=code, params={"regions": regions})
        params = {"text": text, "vintage": CURRENT_VINTAGE}
        raise ValidationError(self.error_messages["unknown"], code="unknown", params=params)


def tile_choices() -> list[TileChoice]:
    """Return the tiles with names in the active language, row by row."""
    current = Region.objects.current().filter(code__in=[tile.code for tile in tiles()])
    names = {region.code: region.name for region in current}
    return [
        TileChoice(t.code, t.short, names[t.code], t.column + 1, t.row + 1)
        for t in tiles()
        if t.code in names
    ]


def source_words(proposals: Proposals) -> str:
    """Say what proposals rest on and how sure they are."""
    if not proposals.regions:
        return ""
    said = {
        "postcode": _("Proposed from the postcode."),
        "town": _("Proposed from the town: the postcode is not in the list."),
    }[proposals.source.value]
    parts = [said]
    if len(proposals.regions) > 1:
        parts.append(_("Several regions are possible; choose one."))
    if proposals.is_recoded:
        parts.append(
            _("The source has newer codes; these are the ones of NUTS %(vintage)s.")
            % {"vintage": CURRENT_VINTAGE}
        )
    return " ".join(parts)
