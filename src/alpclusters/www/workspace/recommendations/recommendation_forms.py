"""What people write about a recommendation and its findings."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.evidence.rules import visible_lessons
from alpclusters.platform.fields import label_of, length_of
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.models import Finding, Level, Recommendation
from alpclusters.platform.territory.models import Region
from alpclusters.platform.worlds import of_world
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.editing import EditForm, LaterText
from alpclusters.www.workspace.project_regions import region_choices
from alpclusters.www.workspace.translated import TextGroup, five_fields, text_group

_ROWS: Final = {"title": 0, "problem": 4, "text": 5, "rationale": 5, "expected_effect": 3}
_UNKNOWN: Final = [("", pgettext_lazy("no choice", "not said"))]


def _five(name: str, original: str) -> dict[str, forms.Field]:
    longest, needed = length_of(Recommendation, name), RECOMMENDATION.required
    return five_fields(
        name,
        label_of(Recommendation, name),
        longest,
        rows=_ROWS[name],
        needed_in=original if name in needed else "",
    )


class RecommendationForm(EditForm):
    """The texts of a recommendation in five languages and the fields beside them."""

    level = input_of(Recommendation, "level", choices=Level.choices)
    region_id = forms.ModelChoiceField(
        Region.objects.none(),
        label=_("Region"),
        required=False,
        help_text=_("Only if it is for one region alone; then that region's ratings count."),
    )
    addressee = input_of(
        Recommendation,
        "addressee",
        form_class=LaterText,
        required=True,
        help_text=_("Who should act: ministries, agencies, programmes."),
    )
    instrument = input_of(
        Recommendation, "instrument", choices=[*_UNKNOWN, *Recommendation.Instrument.choices]
    )
    theme = input_of(Recommendation, "theme")
    horizon = input_of(
        Recommendation, "horizon", choices=[*_UNKNOWN, *Recommendation.Horizon.choices]
    )
    cost_band = input_of(Recommendation, "cost_band")
    source_language = input_of(Recommendation, "source_language")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RECOMMENDATION.texts:
            self.fields.update(_five(name, self._original()))
        region: Any = self.fields["region_id"]
        region.queryset, choices = region_choices(project.pk)
        region.choices = [*_UNKNOWN, *choices[1:]]

    def clean(self) -> dict[str, Any]:
        """Ask for a title in some language."""
        super().clean()
        titles = [input_name("title", code) for code, _name in LANGUAGES]
        if not any((self.cleaned_data.get(name) or "").strip() for name in titles):
            self.add_error(titles[1], _("Give a title in at least one language."))
        return self.cleaned_data

    def groups(self) -> list[TextGroup]:
        """Return every text with its five fields, the original first."""
        return [
            text_group(self, n, label_of(Recommendation, n), self._original())
            for n in RECOMMENDATION.texts
        ]

    def _original(self) -> str:
        original = str(self["source_language"].value() or "")
        return original if original in dict(LANGUAGES) else "en"


class BeginForm(forms.Form):
    """How a recommendation is begun by hand."""

    title = forms.CharField(label=_("Title"), max_length=length_of(Recommendation, "title"))
    source_language = input_of(Recommendation, "source_language")
    level = input_of(Recommendation, "level", choices=Level.choices)
    findings = forms.ModelMultipleChoiceField(
        Finding.objects.none(),
        label=_("Findings it rests on"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["findings"]
        field.queryset = standing_findings(project)
        field.label_from_instance = finding_label

    @property
    def has_findings(self) -> bool:
        """Say whether there is a finding to choose."""
        field: Any = self.fields["findings"]
        return bool(field.queryset)


class GroundsForm(forms.Form):
    """Which findings a recommendation rests on."""

    findings = forms.ModelMultipleChoiceField(
        Finding.objects.none(),
        label=_("Findings it rests on"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["findings"]
        wanted = Q(superseded_by__isnull=True) | Q(recommendations=recommendation)
        rows = Finding.objects.filter(wanted, project=recommendation.project_id).distinct()
        field.queryset = rows.select_related("measure", "criterion", "lesson").order_by("pk")
        field.label_from_instance = finding_label


class ConflictsForm(forms.Form):
    """With which recommendations one is in conflict."""

    conflicts_with = forms.ModelMultipleChoiceField(
        Recommendation.objects.none(),
        label=_("In conflict with"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["conflicts_with"]
        rows = Recommendation.objects.filter(project=recommendation.project_id)
        field.queryset = rows.exclude(pk=recommendation.pk).order_by("pk")


class StepForm(forms.Form):
    """A step to the next state with what it needs."""

    to = forms.ChoiceField(choices=Recommendation.State.choices)
    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )
    accepts_open = forms.BooleanField(
        label=_("Open points are known and listed; the reason says why it goes on."), required=False
    )
    successor = forms.ModelChoiceField(
        Recommendation.objects.none(), label=_("In its place"), required=False, empty_label="–"
    )

    def __init__(self, *args: Any, recommendation: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        rows = Recommendation.objects.filter(project=recommendation.project_id)
        field.queryset = rows.exclude(pk=recommendation.pk).order_by("pk")


class StrengthForm(forms.Form):
    """Another strength beside the computed one."""

    strength = forms.ChoiceField(label=_("Strength"), choices=Recommendation.Strength.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("At least 20 characters. It is shown beside the computed strength."),
    )


class ReasonForm(forms.Form):
    """A reason alone; empty takes it back."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea({"rows": 2})
    )


class FindingForm(forms.Form):
    """What a source says, in five languages."""

    use_required_attribute = False
    direction = input_of(Finding, "direction")
    regions = input_of(
        Finding, "regions", queryset=Region.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, project: Project, original: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = original
        longest = length_of(Finding, "statement")
        self.fields.update(
            five_fields("statement", label_of(Finding, "statement"), longest, rows=3)
        )
        field: Any = self.fields["regions"]
        of_partners = Region.objects.filter(partners__project=project)
        field.queryset = of_partners.distinct().order_by("country", "code", "pk")

    def group(self) -> TextGroup:
        """Return the sentence with its five fields."""
        return text_group(self, "statement", label_of(Finding, "statement"), self.original)

    def statement(self) -> dict[str, str]:
        """Return the sentence by language."""
        return {c: self.cleaned_data.get(input_name("statement", c), "") for c, _name in LANGUAGES}


class SourceForm(forms.Form):
    """The source of a finding."""

    source = forms.ModelChoiceField(Lesson.objects.none(), label=_("Source"))

    def __init__(self, *args: Any, choices: Sequence[Any], rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["source"]
        field.queryset = rows
        field.choices = [("", _("choose")), *choices]


class SupersedeForm(forms.Form):
    """The newer finding in the place of one."""

    successor = forms.ModelChoiceField(
        Finding.objects.none(), label=_("Newer finding"), empty_label=_("choose")
    )

    def __init__(self, *args: Any, finding: Finding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["successor"]
        field.queryset = standing_findings(finding.project).exclude(pk=finding.pk)
        field.label_from_instance = finding_label


def standing_findings(project: Project) -> Any:
    """Return the findings of a project in whose place no newer one stands."""
    rows = Finding.objects.filter(project=project, superseded_by__isnull=True)
    return rows.select_related("measure", "criterion", "lesson").order_by("pk")


def finding_label(finding: Finding) -> str:
    """Name a finding: code and sentence, or measure and criterion."""
    if finding.kind == Finding.Kind.RATING and finding.measure and finding.criterion:
        return f"{finding.code} {finding.measure.name}: {finding.criterion.name}"
    return f"{finding.code} {finding.statement}"


def lesson_rows(project: Project, user: Any) -> Any:
    """Return the lessons one can state, those that suggest a rated measure first."""
    rated = Finding.objects.filter(project=project, measure__isnull=False).values("measure")
    near = Q(measures__in=rated)
    seen = of_world(visible_lessons(user), is_simulated=project.is_simulated)
    return seen.filter(near).distinct().order_by("pk"), seen.exclude(near).order_by("pk")
