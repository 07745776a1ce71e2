"""What the fields of a report are called on the page."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

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
    "title": _("Title"),
    "summary": _("Summary"),
    "background": _("Background"),
    "description": _("Description"),
    "text": _("Text"),
    "rationale": _("Reasons"),
    "problem": _("Problem"),
    "expected_effect": _("Expected effect"),
    "reason_not_done": _("Reason why not"),
    "rejected_reason": _("Reason for the rejection"),
    "state_reason": _("Reason for the last step"),
    "strength_override": _("Strength set by a person"),
    "strength_reason": _("Reason for the strength"),
    "denominator": _("Common denominator"),
    "denominator_reason": _("Reason for the decision on the common denominator"),
    "no_action_reason": _("Reason why there is no action"),
    "name": _("Name"),
    "unit": _("Unit"),
    "answer": _("Answer"),
    "responsible": _("Responsible body"),
    "publisher": _("Publisher"),
    "level": _("Level"),
    "starts_on": _("Start"),
    "ends_on": _("End"),
    "due": _("Due"),
    "done_on": _("Done on"),
    "stopped_on": _("Stopped on"),
    "accepted_on": _("Accepted on"),
    "completed_on": _("Completed on"),
    "weight": _("Weight"),
    "critical": _("Critical"),
    "amount_cents": _("Amount"),
    "currency": _("Currency"),
    "year": _("Year"),
    "type": _("Type"),
    "source": _("Source"),
    "baseline": _("Baseline"),
    "targets": _("Targets"),
    "override.shown": _("Status set by a person"),
    "override.reason": _("Reason"),
    "override.computed": _("Computed"),
    "recommendations": _("Recommendations"),
    "regions": _("Regions"),
    "evidence": _("Proof"),
    "likelihood": _("Likelihood"),
    "impact": _("Impact"),
    "state": _("State"),
    "lag_days": _("Days between"),
    "addressee": _("Addressed to"),
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
    return _FIELDS.get(parts[-1], parts[-1].replace("_", " "))
