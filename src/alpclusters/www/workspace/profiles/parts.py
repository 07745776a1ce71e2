"""The parts of a profile in their order, what each is for, and where a field is; its logo."""

from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.actors.domain.completeness import LABEL_OR_PROGRAMME
from alpclusters.platform.actors.domain.editing import columns_in, model_of
from alpclusters.platform.actors.domain.judging import MEMBER_TYPES
from alpclusters.platform.actors.domain.logos import keep_logo
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.fields import about_of, label_of, length_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import field_of
from alpclusters.reports.errors import remedy, what
from alpclusters.sources.logos import MAX_BYTES
from alpclusters.www.site.organisation_links import LogoView, logo_of
from alpclusters.www.workspace.profiles.part_contents import (
    FieldsForm,
    InternationalForm,
    LifeForm,
    ManagementForm,
    MembersForm,
    MoneyForm,
    NameForm,
    PlaceForm,
    ProgrammeForm,
    ServicesForm,
    SummaryForm,
)
from alpclusters.www.workspace.profiles.part_forms import PartForm

# --- The logo of a profile: a picture that is drawn anew, and what it shows in each language ------


class LogoForm(PartForm):
    """A file, or the wish to have none, and words for those who do not see it."""

    PART = "logo"
    OWN = frozenset({"logo"})

    picture = forms.FileField(
        label=_("Picture file"),
        required=False,
        help_text=_(
            "PNG, JPEG or WebP, at most 2 MB and 4,000 pixels a side. It is drawn anew: nothing of "
            "the file but its pixels is kept. SVG is not taken, because such a file can hold "
            "programs and addresses of other sites; save it as PNG."
        ),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    removes = forms.BooleanField(label=_("Take the logo off"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.cluster.logo:
            del self.fields["removes"]
        for code, name in LANGUAGES:
            self.fields[input_name("logo_alt", code)] = forms.CharField(
                label=f"{label_of(self.cluster, 'logo_alt')} ({name})",
                help_text=_("Without words here it is the name of the organisation.")
                if code == LANGUAGES[0][0]
                else "",
                max_length=length_of(ClusterOrganisation, "logo_alt"),
                required=False,
                widget=forms.TextInput(
                    attrs={"lang": code, "placeholder": self.cluster.organisation.name}
                ),
            )

    def clean_picture(self) -> "UploadedFile[Any] | None":
        """Draw the picture anew and store it; a form with errors leaves it to the tidying."""
        sent: UploadedFile[Any] | None = self.cleaned_data["picture"]
        if sent is None:
            return None
        try:
            self.cleaned_data["logo"] = keep_logo(sent.read(MAX_BYTES + 1))
        except FileFormatError as error:
            language = nearest_language(get_language())
            sentence = f"{what(error, language)} {remedy(error, language)}"
            raise ValidationError(sentence, code=error.code) from error
        return sent

    def clean(self) -> dict[str, Any]:
        """Without a logo there is nothing to describe."""
        data = super().clean()
        if data.get("removes") and not data.get("picture"):
            data.update(dict.fromkeys(self.names, ""))
        return data

    @property
    def logo(self) -> LogoView | None:
        """The logo there is."""
        return logo_of(self.cluster)


# --- The parts of a profile in their order, what each is for, and where a field is edited ---------


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
