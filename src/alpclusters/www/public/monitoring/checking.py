"""Whoever holds a hash, on paper for instance, asks here what bears it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.errors import InputError
from alpclusters.platform.policy.domain.monitoring.giving import digits_of
from alpclusters.platform.policy.domain.monitoring.verifying import Expected, expect
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.errors import phrase
from alpclusters.reports.plan_monitoring.verdicts import expected_sentence, unknown_sentence
from alpclusters.www.public.monitoring.words import language


class HashForm(forms.Form):
    """A hash as it was copied, with blanks or without."""

    use_required_attribute = False
    hash = forms.CharField(
        label=_("Hash"),
        help_text=_("From a document, a mail or the feed: at least its first 12 digits."),
        max_length=200,
    )

    def clean_hash(self) -> str:
        """Refuse what is no hash."""
        try:
            return digits_of(self.cleaned_data["hash"])
        except InputError as error:
            raise forms.ValidationError(phrase(error, language())) from error


@dataclass(frozen=True)
class Checked:
    """The answer: sentences, and whether something bears the hash and all is whole."""

    sentences: Sequence[str]
    is_good: bool


def check_hash(form: HashForm, plans: "QuerySet[ActionPlan]") -> Checked | None:
    """Look a hash up among some plans; None while nothing was asked."""
    if not form.is_bound or not form.is_valid():
        return None
    found = expect(form.cleaned_data["hash"], plans=plans)
    if not found:
        return Checked([unknown_sentence(language())], is_good=False)
    whole = all(one.verdict.is_whole for one in found)
    return Checked([_sentence(one) for one in found], is_good=whole)


def _sentence(one: Expected) -> str:
    return f"{one.given.plan.title}: {expected_sentence(one, language())}"


def hash_form(data: Any) -> HashForm:
    """Return the form, filled where a hash was sent with the address."""
    return HashForm(data if "hash" in data else None)
