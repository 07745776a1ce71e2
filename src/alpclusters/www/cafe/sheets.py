"""What people in the hall fill in, and the rating sheet as templates show it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.actors.domain.named_lists import level_choices
from alpclusters.platform.cafe import limits
from alpclusters.platform.cafe.domain.answers import Answer, Leaf, Sheet
from alpclusters.platform.cafe.domain.codes import (
    CONSENT_VERSION,
    LENGTH,
    foreign_characters,
    normalise_code,
)
from alpclusters.platform.cafe.domain.roles import experience_choices, role_choices
from alpclusters.platform.cafe.models import AlpCafe, Block, Criterion, Participant
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.models import Region
from alpclusters.reports.numbers import format_n, format_number, format_percent
from alpclusters.www.components import parts
from alpclusters.www.site.inputs import input_of, lazy_label_of

# --- What people in the hall fill in --------------------------------------------------------------


CANNOT_JUDGE = "cj"


class ConsentBox(forms.CheckboxInput):
    """A box whose value says which text was agreed to: a kept page sends that of its day."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, check_test=lambda value: value == CONSENT_VERSION)

    def format_value(self, value: Any) -> str:  # noqa: ARG002 - the same whatever was sent
        """Return the text of today."""
        return CONSENT_VERSION

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002 - of Django
        """Return which text was agreed to; empty where the box is not ticked."""
        return str(data.get(name, ""))


class JoinForm(forms.Form):
    """The code from the screen or the table, and the consent."""

    code = forms.CharField(
        label=_("Code from the table or the screen"),
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "class": "codein",
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "inputmode": "text",
            }
        ),
    )
    consent = forms.CharField(
        label=_("I consent to the analysis of my ratings."),
        widget=ConsentBox,
        error_messages={"required": _("Without consent nothing is stored. Tick the box to join.")},
    )

    def clean_code(self) -> str:
        """Say what is wrong with a code before anybody looks it up."""
        code = normalise_code(self.cleaned_data["code"])
        foreign = foreign_characters(code)
        if foreign:
            text = ngettext(
                "No code contains %(characters)s. Compare it with the screen.",
                "No code contains the characters %(characters)s. Compare them with the screen.",
                len(foreign),
            )
            raise ValidationError(text % {"characters": ", ".join(foreign[:LENGTH])})
        if len(code) != LENGTH:
            raise ValidationError(_("A code has eight characters."))
        return code

    def clean_consent(self) -> str:
        """Ask again where the page was kept since an earlier text."""
        agreed: str = self.cleaned_data["consent"]
        if agreed != CONSENT_VERSION:
            raise ValidationError(_("The text has changed since. Please read it and tick the box."))
        return agreed


def _listed(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(required=False, label=lazy_label_of(Participant, name))


class ProfileForm(forms.Form):
    """Region, role, level and experience; all may stay empty."""

    region = input_of(Participant, "region", empty_label=_("not stated"))
    role = _listed("role")
    level = _listed("level")
    experience = _listed("experience")
    no_research = input_of(Participant, "no_research")

    def __init__(self, *args: Any, cafe: AlpCafe, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = regions_of(cafe)
        region.label_from_instance = lambda item: item.name
        lists = {"role": role_choices, "level": level_choices, "experience": experience_choices}
        for name, choices in lists.items():
            field: Any = self.fields[name]
            field.choices = [("", _("not stated")), *choices(get_language())]


def regions_of(cafe: AlpCafe) -> Any:
    """Select the regions a person may come from: those of the partnership and of its AlpCafés."""
    partners = Region.objects.filter(partners__project=cafe.project_id)
    events = Region.objects.filter(cafes__project=cafe.project_id)
    return (partners | events).distinct().order_by("country", "name__shown", "pk")


class LeafForm(forms.Form):
    """One page of the rating sheet, as a browser without scripts sends it."""

    comment = forms.CharField(required=False, max_length=limits.COMMENT)

    def __init__(
        self, *args: Any, leaf: Leaf, criteria: tuple[Criterion, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = {c.pk: question_name(leaf.measure.pk, c.pk) for c in criteria}
        for criterion in criteria:
            steps = [(str(step), str(step)) for step in criterion.scale.steps]
            self.fields[self.names[criterion.pk]] = forms.ChoiceField(
                required=False, choices=[*steps, (CANNOT_JUDGE, CANNOT_JUDGE)]
            )

    def choices(self) -> dict[int, str]:
        """Return what is chosen for each criterion; nothing chosen is left out."""
        chosen = {pk: self.cleaned_data.get(name, "") for pk, name in self.names.items()}
        return {pk: value for pk, value in chosen.items() if value}


def question_name(measure_id: int, criterion_id: int) -> str:
    """Name the radios of a question so that every name on the sheet is different."""
    return f"m{measure_id}c{criterion_id}"


# --- The rating sheet as the templates show it to phones without scripts --------------------------


OVERVIEW = 0

type Cells = Mapping[tuple[int, int], Mapping[str, Any]]
"""Released figures by measure and criterion."""


@dataclass(frozen=True)
class Page:
    """One measure on the phone."""

    leaf: Leaf
    total: int
    questions: Sequence[parts.Criterion]

    @property
    def number(self) -> int:
        """Its place in this person's order."""
        return self.leaf.number

    @property
    def is_last(self) -> bool:
        """Say whether the overview follows."""
        return self.number == self.total

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("cafe:rate", args=[self.number])

    @property
    def state(self) -> str:
        """``all``, ``some`` or ``none`` of its questions are answered."""
        if self.leaf.is_complete:
            return "all"
        return "some" if self.leaf.n_answered else "none"


def pages_of(sheet: Sheet, middles: Cells | None = None) -> list[Page]:
    """Return all pages of a sheet; in the second rating with the middles of all by question."""
    told = middles or {}
    return [
        Page(leaf, len(sheet.leaves), [_question(sheet, leaf, c, told) for c in sheet.criteria])
        for leaf in sheet.leaves
    ]


def middles_of(cafe: AlpCafe) -> Cells:
    """Return the figures of all first answers per measure and criterion, if they are released."""
    blocks = released_results(cafe, [Block.HEAT]).get("blocks", {})
    return {
        (row["measure"], cell["criterion"]): cell
        for row in blocks.get(Block.HEAT, {}).get("rows", ())
        for cell in row["cells"]
    }


def dash_states(pages: Sequence[Page], number: int) -> list[str]:
    """Return one word for each dash: answered, this one, or to come."""
    return ["now" if p.number == number else "ok" if p.state == "all" else "" for p in pages]


def position_label(number: int, total: int) -> str:
    """Say where one is, in words."""
    return gettext("Measure %(number)s of %(total)s") % {"number": number, "total": total}


def open_text(n: int, round: int = 1) -> str:  # noqa: A002 - as the model
    """Say how many measures still have a question without an answer in this rating."""
    if n == 0:
        return gettext(
            "You have answered everything, thank you. You can still change your answers."
        )
    text = ngettext(
        "%(n)s measure still has a question without an answer.",
        "%(n)s measures still have a question without an answer.",
        n,
    )
    stands = gettext("Where you answer nothing, your first answer stands.") if round > 1 else ""
    return f"{text % {'n': n}} {stands}".strip()


def options_of(criterion: Criterion) -> list[parts.Option]:
    """Return the steps of a criterion as a phone asks them."""
    is_numbered = criterion.scale.is_numbered
    return [
        parts.Option(step, anchor, is_numbered=is_numbered or not anchor)
        for step, anchor in criterion.anchors
    ]


def _question(sheet: Sheet, leaf: Leaf, criterion: Criterion, middles: Cells) -> parts.Criterion:
    value = _chosen(leaf.answers[criterion.pk])
    return parts.Criterion(
        name=question_name(leaf.measure.pk, criterion.pk),
        label=criterion.name,
        options=options_of(criterion),
        question=criterion.question,
        value=value,
        saved="" if value is None else "saved",
        before=_before(leaf, criterion, middles) if sheet.round > 1 else None,
    )


def _before(leaf: Leaf, criterion: Criterion, middles: Cells) -> parts.Before:
    answer = leaf.first.get(criterion.pk)
    value = _chosen(answer)
    known: dict[Any, Any] = {
        None: gettext("no answer"),
        CANNOT_JUDGE: gettext("I cannot judge this"),
        **{
            option.value: option.anchor
            for option in options_of(criterion)
            if not option.is_numbered
        },
    }
    own = gettext("Your first answer: %(value)s") % {"value": known.get(value, value)}
    cell = middles.get((leaf.measure.pk, criterion.pk))
    group = _middle(cell, criterion) if cell else ""
    return parts.Before(own, group, can_keep=answer is not None)


def _middle(cell: Mapping[str, Any], criterion: Criterion) -> str:
    """Say what all answered: the middle, of yes and no the share of yes."""
    if cell.get("withheld") or cell.get("median") is None:
        return ""
    language = nearest_language(get_language())
    words = {one.value: one.anchor for one in options_of(criterion) if not one.is_numbered}
    if criterion.scale.is_share:
        share = format_percent(cell["mean"], language)
        said = gettext("Answered “%(answer)s”: %(share)s.") % {
            "answer": words.get(1, "1"),
            "share": share,
        }
        return f"{said} {format_n(cell['n'], language)}"
    names = {"median": "median", "low": "lower_quartile", "high": "upper_quartile"}
    told = {
        name: words.get(cell[key]) or format_number(cell[key], language, 1)
        for name, key in names.items()
    }
    text = gettext("Middle of all answers: %(median)s; half lie between %(low)s and %(high)s.")
    return f"{text % told} {format_n(cell['n'], language)}"


def _chosen(answer: Answer | None) -> int | str | None:
    if answer is None:
        return None
    return CANNOT_JUDGE if answer.cannot_judge else answer.value
