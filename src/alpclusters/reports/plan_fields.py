"""What the fields of a report are called on the page."""

from collections.abc import Mapping
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.platform.fields import about_of, label_of
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Cost,
    Dependency,
    FundingLine,
    Indicator,
    Milestone,
    Player,
    Recommendation,
    Risk,
)

_THINGS: Final[Mapping[str, Any]] = {
    "plan": _("Plan"),
    "actions": _("Action"),
    "milestones": _("Milestone"),
    "costs": _("Cost"),
    "funding": _("Source of money"),
    "players": _("Body"),
    "risks": _("Risk"),
    "dependencies": _("Dependency"),
    "indicators": _("Indicator"),
    "recommendations": _("Recommendation"),
}
_FIELDS: Final[Mapping[str, Any]] = {
    "status.shown": _("Status"),
    "status.state": pgettext_lazy("of an action", "State"),
    "status.last_known": _("Last known"),
    "status.colour": _("Computed"),
    "status.progress": _("Progress"),
    "colour": _("Status of the plan"),
    "latest.value": _("Last value"),
    "latest.refers_to": _("As of"),
    "latest.source": _("Source"),
    "targets": _("Targets"),
    "override.shown": _("Status set by a person"),
    "override.reason": _("Reason"),
    "override.computed": _("Computed"),
}
# What stands in a report under the name of a column is called as the column is.
_MODELS: Final[Mapping[str, type[Model]]] = {
    "plan": ActionPlan,
    "actions": Action,
    "milestones": Milestone,
    "costs": Cost,
    "funding": FundingLine,
    "players": Player,
    "risks": Risk,
    "dependencies": Dependency,
    "indicators": Indicator,
    "recommendations": Recommendation,
}


def thing_name(thing: str) -> Any:
    """Return the word for a kind of object."""
    return _THINGS.get(thing, thing.replace("_", " "))


def field_name(thing: str, path: str) -> Any:
    """Return the word for a field; the language behind a text is named beside it."""
    if not path:
        return thing_name(thing)
    parts = path.split(".")
    if thing == "plan" and parts[0] == "plan":
        parts = parts[1:]
    for n in (2, 1):
        known = _FIELDS.get(".".join(parts[:n]))
        if known is not None:
            return known
    for name in (parts[0], parts[-1]):
        if thing in _MODELS and _is_column(_MODELS[thing], name):
            return label_of(_MODELS[thing], name)
    return _FIELDS.get(parts[-1], parts[-1].replace("_", " "))


def _is_column(model: type[Model], name: str) -> bool:
    try:
        field = field_of(model, name)
    except FieldDoesNotExist:
        return False
    return field.many_to_many or about_of(field) is not None
