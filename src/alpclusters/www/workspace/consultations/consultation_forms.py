"""What a consultation is about, whom it invites, what becomes of a comment; who may see it."""

import re
from typing import Any, Final

from django import forms
from django.core.validators import validate_email
from django.db.models import Q
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.fields import label_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.consulting.answering import DECISIONS
from alpclusters.platform.policy.domain.consulting.steps import Wanted
from alpclusters.platform.policy.domain.states import State
from alpclusters.platform.policy.models import (
    Comment,
    Consultation,
    ConsultationInvitation,
    Recommendation,
)
from alpclusters.platform.policy.rules import visible_consultations
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of
from alpclusters.www.workspace.recommendations.access import VIEW, recommendation_crumbs, require
from alpclusters.www.workspace.translated import LanguagePart, language_parts

# --- Fetch what a person may see, then ask one right by name --------------------------------------


def own_consultation(request: HttpRequest, pk: int, right: str = VIEW) -> Consultation:
    """Return a consultation of a project in which one has a right."""
    rows = visible_consultations(request.user).select_related("project")
    found = get_object_or_404(rows, pk=pk)
    require(request, right, found.project)
    return found


def consultation_crumbs(project: Project, *last: Crumb) -> list[Crumb]:
    """Return the way to the consultations of a project."""
    address = reverse("workspace:consultations", args=[project.slug]) if last else ""
    return recommendation_crumbs(project, Crumb(gettext("Consultations"), address), *last)


# --- What a consultation is about, whom it invites, and what becomes of a comment -----------------


TEXTS: Final = ("title", "introduction")
MOST_INVITED: Final = 200
# Texts that may go into consultation.
FIT: Final = (State.DRAFT, State.REVISED, State.IN_CONSULTATION)


class RecommendationsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when run
    """Recommendations to tick, by code and title."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, one: Any) -> str:
        """Name a recommendation."""
        return f"{one.code} {one.title}"


class ConsultationForm(forms.Form):
    """Texts in five languages, the recommendations, who may comment, until when."""

    use_required_attribute = False
    audience = input_of(Consultation, "audience", widget=forms.RadioSelect)
    closes_on = input_of(Consultation, "closes_on", form_class=Day, required=True)
    title = input_of(Consultation, "title")
    introduction = input_of(Consultation, "introduction", rows=3)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fit = Recommendation.objects.filter(project=project).filter(Q(state__in=FIT))
        self.fields["recommendations"] = RecommendationsField(
            fit.order_by("pk"), label=label_of(Consultation, "recommendations")
        )

    def languages(self) -> list[LanguagePart]:
        """Sort the texts into languages."""
        return language_parts(self, TEXTS)

    def wanted(self) -> Wanted:
        """Return what the consultation is to be."""
        data = self.cleaned_data
        return Wanted(
            {name: data[name] for name in TEXTS},
            data["audience"],
            None,
            data["closes_on"],
            list(data["recommendations"]),
        )

    def clean(self) -> dict[str, Any] | None:
        """A title in one language at least."""
        data = self.cleaned_data
        if not any(data.get("title", {}).values()):
            self.add_error(None, _("Give a title in at least one language."))
        return data


class InviteForm(forms.Form):
    """Addresses of mail, one a line."""

    use_required_attribute = False
    emails = forms.CharField(
        label=_("E-mail addresses"),
        help_text=_("One a line. Each gets a link of its own; 90 days after the end they go."),
        max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
    )
    language = input_of(ConsultationInvitation, "language")

    def clean_emails(self) -> list[str]:
        """Take lines, commas and semicolons; name what is no address."""
        found = [one for one in re.split(r"[\s,;]+", self.cleaned_data["emails"]) if one]
        if len(found) > MOST_INVITED:
            raise forms.ValidationError(
                _("At most %(n)s addresses at once."), params={"n": MOST_INVITED}
            )
        for one in found:
            try:
                validate_email(one)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("This is no address of mail: %(text)s"), params={"text": one}
                ) from None
        return found


class AnswerForm(forms.Form):
    """What becomes of a comment, and why."""

    use_required_attribute = False
    state = forms.ChoiceField(
        label=lazy_label_of(Comment, "state"),
        choices=[(one.value, one.label) for one in DECISIONS],
        widget=forms.RadioSelect,
    )
    answer = input_of(Comment, "answer", required=True, widget=forms.Textarea({"rows": 3}))


def answer_form(comment: Comment, data: Any = None) -> AnswerForm:
    """Return the form of one comment with what was answered."""
    is_answered = comment.state in DECISIONS
    initial = {} if not is_answered else {"state": comment.state, "answer": comment.answer}
    return AnswerForm(data, prefix=f"c{comment.pk}", initial=initial)


class WithholdForm(forms.Form):
    """Why a comment is not shown."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_(
            "Public in place of the comment, such as: it names a person, it insults, it advertises."
        ),
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
    )


def withhold_form(comment: Comment, data: Any = None) -> WithholdForm:
    """Return the form by which one comment is kept from the public."""
    return WithholdForm(data, prefix=f"w{comment.pk}")
