"""The text of a plan apart from what becomes of it: what a body endorses, and its hash."""

from collections.abc import Iterable
from typing import Any, Final

from alpclusters.platform.evaluation.domain.storage import digest_of
from alpclusters.platform.policy.domain.records.lines import ActionLine
from alpclusters.platform.policy.domain.records.plain import plain
from alpclusters.platform.policy.domain.records.plans import PlanRecord

# Reports, ends, values, endorsements and what other apps say of it come later and elsewhere.
_PLAN: Final = (
    "title", "summary", "publisher", "policy_instrument", "instrument_type", "level", "starts_on",
    "ends_on", "drafting_bodies",
)  # fmt: skip
_ACTION: Final = (
    "uuid", "code", "title", "background", "description", "level", "responsible", "starts_on",
    "ends_on", "weight", "critical", "players", "costs", "funding", "risks", "dependencies",
)  # fmt: skip
_MILESTONE: Final = ("title", "due", "weight", "critical")
_INDICATOR: Final = (
    "code", "name", "unit", "direction", "stage", "path", "baseline", "baseline_on", "targets",
    "source",
)  # fmt: skip


def text_digest_of(record: PlanRecord) -> str:
    """Return the SHA-256 of the text of a whole plan; equal texts have equal ones.

    Status, reports and values are no part of it: they change while the text stays.
    """
    return digest_of(
        {
            **_chosen(record, _PLAN),
            "actions": [_action(line) for line in record.actions],
            "indicators": _all(record.indicators, _INDICATOR),
        }
    )


def _action(line: ActionLine) -> dict[str, Any]:
    return {
        **_chosen(line, _ACTION),
        "milestones": _all(line.milestones, _MILESTONE),
        "indicators": _all(line.indicators, _INDICATOR),
        "recommendations": [one.code for one in line.recommendations],
    }


def _all(things: Iterable[Any], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_chosen(one, names) for one in things]


def _chosen(thing: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain(getattr(thing, name)) for name in names}
