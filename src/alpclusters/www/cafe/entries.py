"""The rating sheet as somebody types it for another person: by proxy, or from paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.answers import MAX_LENGTH
from alpclusters.platform.cafe.domain.papers import (
    CANNOT_JUDGE,
    INVALID,
    NO_RESEARCH,
    TICKED,
    TOP_THREE,
    Typed,
)
from alpclusters.platform.cafe.domain.proxies import Entry, role_choices
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Participant
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.territory.models import Region
from alpclusters.www.cafe.forms import regions_of

PLACES: Final = 3
UNREADABLE: Final = "x"


@dataclass(frozen=True)
class Block:
    """The fields of one measure."""

    measure: Measure
    fields: Sequence[Any]
    comment: Any


class SheetForm(forms.Form):
    """All criteria of all measures; in the first rating the top three and comments too."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)

    # Typed from paper an answer begins with the key that chooses it, and marks may be unreadable.
    is_paper = False

    def __init__(self, *args: Any, cafe: AlpCafe, round: int, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        self.cafe, self.rating_round = cafe, round
        self.measures = [row.measure for row in cafe.cafe_measures.select_related("measure")]
        self.criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
        for measure in self.measures:
            self._add_measure(measure)
        if cafe.has_top_three and round == 1:
            self._add_top_three()

    def _add_measure(self, measure: Measure) -> None:
        for criterion in self.criteria:
            self.fields[f"q{measure.pk}-{criterion.pk}"] = forms.ChoiceField(
                label=criterion.name,
                required=False,
                choices=self._steps(criterion),
                error_messages={"invalid_choice": _("%(value)s is no step of this scale.")},
            )
        if self.rating_round > 1:
            return
        self.fields[f"comment{measure.pk}"] = forms.CharField(
            label=_("Comment"),
            required=False,
            max_length=MAX_LENGTH,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _steps(self, criterion: Criterion) -> list[tuple[str, str]]:
        if not self.is_paper:
            name = criterion.scale.name
            said = [(str(step), name(step, anchor)) for step, anchor in criterion.anchors]
            return [("", _("no answer")), *said, (CANNOT_JUDGE, _("I cannot judge this"))]
        steps = [
            (str(step), f"{step} – {anchor}" if anchor else str(step))
            for step, anchor in criterion.anchors
        ]
        return [
            ("", _("no answer")),
            *steps,
            (CANNOT_JUDGE, _("n – cannot judge")),
            (INVALID, _("x – unreadable or two marks")),
        ]

    def _add_top_three(self) -> None:
        choices = [("", _("none")), *((str(m.pk), m.name) for m in self.measures)]
        if self.is_paper:
            choices.append((UNREADABLE, _("x – unreadable or two marks")))
        labels = [_("First place"), _("Second place"), _("Third place")]
        for place, label in enumerate(labels, start=1):
            self.fields[f"top{place}"] = forms.ChoiceField(
                label=label, required=False, choices=choices
            )

    def clean(self) -> dict[str, Any]:
        """A measure stands on one place only."""
        data = super().clean() or {}
        chosen = [value for value in self._places() if value != UNREADABLE]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(_("A measure is named twice in the top three."))
        return data

    def _places(self) -> list[str]:
        data = getattr(self, "cleaned_data", {})
        values = [data.get(f"top{place}", "") for place in range(1, PLACES + 1)]
        return [value for value in values if value]

    # --- for the template -----------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        """Return the fields measure by measure."""
        for measure in self.measures:
            names = [f"q{measure.pk}-{criterion.pk}" for criterion in self.criteria]
            comment = f"comment{measure.pk}"
            own = self[comment] if comment in self.fields else None
            yield Block(measure, [self[n] for n in names], own)

    def places(self) -> list[Any]:
        """Return the fields of the top three, if it is asked."""
        return [self[f"top{n}"] for n in range(1, PLACES + 1) if f"top{n}" in self.fields]

    # --- what was typed -------------------------------------------------------------------------

    def typed(self) -> Typed:
        """Return the sheet as it was typed."""
        data = self.cleaned_data
        fields = {
            f"{measure.pk}:{criterion.pk}": value
            for measure in self.measures
            for criterion in self.criteria
            if (value := data.get(f"q{measure.pk}-{criterion.pk}"))
        }
        places = self._places()
        if places:
            fields[TOP_THREE] = INVALID if UNREADABLE in places else " ".join(places)
        if data.get(NO_RESEARCH):
            fields[NO_RESEARCH] = TICKED
        comments = {
            measure.pk: text
            for measure in self.measures
            if (text := (data.get(f"comment{measure.pk}") or "").strip())
        }
        return Typed(fields, data["language"], self.rating_round, comments)


class PaperForm(SheetForm):
    """A sheet on paper: some marks cannot be read; the first has a box on research."""

    is_paper = True

    def __init__(self, *args: Any, cafe: AlpCafe, round: int, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, cafe=cafe, round=round, **kwargs)
        if round == 1:
            self.fields[NO_RESEARCH] = forms.BooleanField(
                label=_("The box on research is ticked"), required=False
            )


class ProxyForm(SheetForm):
    """Somebody without a phone: present, with spoken consent, who may say who they are."""

    person = forms.ModelChoiceField(
        Participant.objects.none(),
        required=False,
        label=gettext_lazy("Person"),
        empty_label=gettext_lazy("somebody new"),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(),
        required=False,
        label=gettext_lazy("Region"),
        empty_label=gettext_lazy("not stated"),
    )
    role = forms.ChoiceField(required=False, label=gettext_lazy("Role"))
    no_research = forms.BooleanField(
        required=False,
        label=gettext_lazy("The answers are left out of files for research."),
        help_text=gettext_lazy(
            "Say that researchers may get answers one by one, without name, role and region; tick "
            "this if the person says no to that."
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "The person is here and agreed in words to the analysis of the ratings."
        ),
        error_messages={
            "required": gettext_lazy("Ask the person first; without consent nothing is stored.")
        },
    )

    def __init__(self, *args: Any, cafe: AlpCafe, **kwargs: Any) -> None:
        # They answer what everybody answers now.
        super().__init__(*args, cafe=cafe, round=cafe.rating_round or 1, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = cafe.participants.filter(source="proxy").order_by("pk")
        people.label_from_instance = lambda person: f"P{person.pk}"
        region: Any = self.fields["region"]
        region.queryset = regions_of(cafe)
        region.label_from_instance = lambda item: item.name
        role: Any = self.fields["role"]
        role.choices = [("", _("not stated")), *role_choices(get_language())]

    def entry(self) -> Entry:
        """Return what the person said."""
        typed = self.typed().entry()
        profile = _profile(self.cleaned_data)
        return Entry(
            typed.language, typed.round, typed.answers, typed.top_three, typed.comments, profile
        )


def _profile(data: Mapping[str, Any]) -> dict[str, str | bool]:
    told = {
        "region": data["region"].code if data.get("region") else "",
        "role": data.get("role"),
        "no_research": data.get("no_research"),
    }
    return {name: value for name, value in told.items() if value}
