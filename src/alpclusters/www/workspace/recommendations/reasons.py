"""Reasons in other languages: what somebody typed with a decision, said again for the others."""

from typing import Any, Final

from django import forms
from django.utils.translation import get_language

from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language, told
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.reasons import (
    LONGEST,
    REASONS,
    has_reason,
    missing_reasons,
)
from alpclusters.platform.policy.models import Recommendation
from alpclusters.www.workspace.five import TextGroup, five_fields, text_group

_NAMES: Final = dict(LANGUAGES)


class ReasonsForm(forms.Form):
    """The reasons that were given, in five languages; what a decider wrote only one may change."""

    use_required_attribute = False

    def __init__(
        self, data: Any = None, *, recommendation: Recommendation, may_decide: bool
    ) -> None:
        self._found = recommendation
        self._given = [name for name in REASONS if has_reason(recommendation, name)]
        names = input_names(self._given)
        texts = {name: read_input(recommendation, name) for name in names}
        super().__init__(data, initial=texts, prefix="reasons")
        for name in self._given:
            self.fields.update(five_fields(name, label_of(Recommendation, name), LONGEST, rows=2))
        for name, text in texts.items():
            self.fields[name].disabled = bool(text) and not may_decide

    def groups(self) -> list[TextGroup]:
        """Return every reason with its five fields, the language of the page first."""
        return [
            text_group(self, name, label_of(Recommendation, name), self._first(name))
            for name in self._given
        ]

    def missing(self) -> str:
        """Name the languages in which a reason is missing."""
        return ", ".join(_NAMES[code] for code in missing_reasons(self._found))

    def _first(self, name: str) -> str:
        own = nearest_language(get_language())
        return told(getattr(self._found, name).each(), own)[1] or own
