"""Answers that a case has already: facts of its partners and of the project."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.analysis.funding.eligibility import Field, field_of
from alpclusters.reports.funding_conditions import theme_words, value_words
from alpclusters.reports.funding_fields import field_label, value_labels
from alpclusters.www.workspace.funding_cases.questions import THEMES
from alpclusters.www.workspace.funding_cases.words import language


@dataclass(frozen=True)
class GivenAnswer:
    """One fact; ``owner`` is empty for the project."""

    owner: str
    owner_name: str
    name: str
    label: str
    value: str


def answers_of(data: Mapping[str, Any]) -> list[GivenAnswer]:
    """List the facts of a case, those of the project first."""
    found = [_given("", "", name, value) for name, value in data.get("project", {}).items()]
    for partner in data.get("partners", []):
        for name, value in partner.get("facts", {}).items():
            found.append(_given(partner["id"], partner["name"], name, value))
    return found


def _given(owner: str, owner_name: str, name: str, value: Any) -> GivenAnswer:
    path = f"{'partner' if owner else 'project'}.{name}"
    label = field_label(path, language())
    return GivenAnswer(owner, owner_name, name, label, _words(path, field_of(path), value))


def _words(path: str, asked: Field | None, value: Any) -> str:
    if value is None:
        return _("nobody knows")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_word(path, asked, one) for one in value) or _("none")
    return _word(path, asked, value)


def _word(path: str, asked: Field | None, value: Any) -> str:
    if path.partition(".")[2] in THEMES:
        return theme_words(str(value), language())
    labels = value_labels(path, language())
    if value in labels:
        return labels[value]
    return value_words(value, asked, language())
