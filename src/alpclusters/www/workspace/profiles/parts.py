"""The parts of a profile in their order, what each is for, and where a field is edited."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.completeness import LABEL_OR_PROGRAMME
from alpclusters.platform.actors.domain.editing import columns_in, model_of
from alpclusters.platform.actors.domain.profiles import MEMBER_TYPES
from alpclusters.platform.fields import about_of
from alpclusters.platform.languages.text import field_of
from alpclusters.www.workspace.profiles.forms import PartForm
from alpclusters.www.workspace.profiles.logos import LogoForm
from alpclusters.www.workspace.profiles.parts_about import (
    FieldsForm,
    NameForm,
    PlaceForm,
    SummaryForm,
)
from alpclusters.www.workspace.profiles.parts_numbers import (
    ManagementForm,
    MembersForm,
    MoneyForm,
    ServicesForm,
)
from alpclusters.www.workspace.profiles.parts_reach import (
    InternationalForm,
    LifeForm,
    ProgrammeForm,
)


@dataclass(frozen=True)
class Part:
    """One part: its form, or a page of its own where there is no form."""

    key: str
    title: Any
    lead: Any
    form: type[PartForm] | None = None

    @property
    def required(self) -> tuple[str, ...]:
        """The fields that count for the completeness."""
        if self.key in ("labels", "programme"):
            return (LABEL_OR_PROGRAMME,)
        columns = [(one.name, about_of(one)) for one in columns_in(self.key)]
        return tuple(name for name, said in columns if said and said.counts)

    def url(self, slug: str) -> str:
        """Return the address of the part."""
        if self.form is None:
            return reverse(f"workspace:profile-{self.key}", args=[slug])
        return reverse("workspace:profile-part", args=[slug, self.key])


PARTS: Final = (
    Part(
        "name",
        _("Name and website"),
        _("What people look for first."),
        NameForm,
    ),
    Part(
        "summary",
        _("In short"),
        _("Two or three sentences. Where a language is missing, readers see English."),
        SummaryForm,
    ),
    Part(
        "logo",
        _("Logo"),
        _("It stands on your page and, small, in the directory."),
        LogoForm,
    ),
    Part(
        "place",
        _("Place and languages"),
        _("Where your office is and for which regions you work."),
        PlaceForm,
    ),
    Part(
        "sectors",
        _("Sectors"),
        _("Up to five sectors by NACE Rev. 2; the first is the main one."),
    ),
    Part(
        "technologies",
        _("Ecosystem and technologies"),
        _("What you work on, beside the sectors."),
        FieldsForm,
    ),
    Part(
        "members",
        _("Members"),
        _("How many members of each type you have."),
        MembersForm,
    ),
    Part(
        "named",
        _("Named members"),
        _("Members you want to name. How many there are is counted above."),
    ),
    Part(
        "management",
        _("Management"),
        _("Who runs it, and on which strategy."),
        ManagementForm,
    ),
    Part(
        "contacts",
        _("Contact persons"),
        _("Who answers. People are shown only with their consent."),
    ),
    Part(
        "money",
        _("Money"),
        _("A band and shares, no exact sums. They can be filled bit by bit."),
        MoneyForm,
    ),
    Part("services", _("Services"), _("What you do for your members."), ServicesForm),
    Part(
        "international",
        _("Going international"),
        _("Your strategy, partners abroad and what you offer to others."),
        InternationalForm,
    ),
    Part(
        "markets",
        _("Target markets"),
        _("Countries you aim at, and what for. Others find you by them."),
    ),
    Part(
        "labels",
        _("Labels"),
        _("Quality labels with their period."),
    ),
    Part(
        "programme",
        _("Cluster programme"),
        _("The programme of your region or country you belong to."),
        ProgrammeForm,
    ),
    Part(
        "life",
        _("Signs of life"),
        _("The last thing one could see of you."),
        LifeForm,
    ),
)
BY_KEY: Final = {part.key: part for part in PARTS}


def part_of(field: str) -> Part | None:
    """Return the part in which a field is edited; a confirmation has none."""
    if field in MEMBER_TYPES:
        return BY_KEY["members"]
    if field == LABEL_OR_PROGRAMME:
        return BY_KEY["labels"]
    said = about_of(field_of(model_of(field), field))
    return BY_KEY.get(said.part) if said is not None else None


def part_after(key: str) -> Part | None:
    """Return the next part."""
    keys = list(BY_KEY)
    place = keys.index(key) + 1
    return BY_KEY[keys[place]] if place < len(keys) else None
