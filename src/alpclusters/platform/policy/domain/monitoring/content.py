"""What a snapshot of a plan holds: texts, rules, statuses, values, corrections, what is missing.

No personal data: bodies by name, people not at all, so that erasing a person stays possible. The
words of a report are left out for the same reason: a body can write a name into them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from alpclusters import __version__
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.records.lines import (
    ActionLine,
    IndicatorLine,
    RecommendationLine,
    ReportLine,
)
from alpclusters.platform.policy.domain.records.plain import plain
from alpclusters.platform.policy.domain.records.plans import PlanRecord, record_of
from alpclusters.platform.policy.domain.records.statuses import rules_of
from alpclusters.platform.policy.models import (
    ActionPlan,
    MonitoringRound,
    PlanSnapshot,
    TextReview,
)

FORMAT: Final = "plan-snapshot-2"
"""Since the second one reasons stand in five languages; kept ones stay as they are."""
# What is said elsewhere in the content, in another form, or belongs to the page alone.
_PLAN_ELSEWHERE: Final = frozenset(
    {"pk", "actions", "outlines", "indicators", "snapshot", "progress", "today", "region_names"}
    | {"joint", "below"}
)
_ACTION_ELSEWHERE: Final = frozenset(
    {"recommendations", "indicators", "report", "override", "status", "shown"}
)


def snapshot_content(
    plan: ActionPlan,
    *,
    number: int,
    today: date,
    round_: MonitoringRound | None = None,
    missing: Sequence[str] = (),
    corrects: PlanSnapshot | None = None,
    reason: str = "",
) -> dict[str, Any]:
    """Return everything a snapshot holds, ready for its canonical form.

    Parameters
    ----------
    plan : ActionPlan
    number : int
        Place in the chain of the plan, from 1.
    today : date
        The day for which the statuses are computed.
    round_ : MonitoringRound, optional
        The round that closes with it.
    missing : sequence of str
        Codes of the actions nobody reported on in the round.
    corrects, reason : PlanSnapshot and str
        The snapshot that was wrong, and why.
    """
    record = record_of(plan, today=today)
    codes = {str(line.pk): line.code for line in record.actions}
    return {
        "format": FORMAT,
        "software": __version__,
        "at": today.isoformat(),
        "number": number,
        "simulated": plan.is_simulated,
        "rules": plain(rules_of(plan)),
        "round": _round(round_, missing),
        "corrects": _corrected(corrects, reason),
        "plan": _plan(record),
        "colour": plain(record.joint.colour),
        "overall": plain(record.progress),
        "actions": [_action(line, codes) for line in _by_code(record.actions)],
        "indicators": [_indicator(line) for line in _all_indicators(record)],
        "recommendations": [_recommendation(line) for line in _recommendations(record)],
        "translations": _translations(plan, record),
    }


def _plan(record: PlanRecord) -> dict[str, Any]:
    return {k: v for k, v in plain(record).items() if k not in _PLAN_ELSEWHERE}


def _round(round_: MonitoringRound | None, missing: Sequence[str]) -> dict[str, Any] | None:
    if round_ is None:
        return None
    return {
        "number": round_.number,
        "opens_on": round_.opens_on.isoformat(),
        "closes_on": round_.closes_on.isoformat(),
        "missing": list(missing),
    }


def _corrected(corrects: PlanSnapshot | None, reason: str) -> dict[str, Any] | None:
    if corrects is None:
        return None
    return {"number": corrects.number, "digest": corrects.digest, "reason": reason}


def _by_code(lines: Iterable[ActionLine]) -> list[ActionLine]:
    return sorted(lines, key=lambda line: (len(line.code), line.code, line.uuid))


def _action(line: ActionLine, codes: Mapping[str, str]) -> dict[str, Any]:
    told = {k: v for k, v in plain(line).items() if k not in _ACTION_ELSEWHERE}
    told["status"] = _status(line, codes)
    told["override"] = plain(line.override)
    told["report"] = _report(line.report)
    told["recommendations"] = sorted(r.code for r in line.recommendations)
    return told


def _status(line: ActionLine, codes: Mapping[str, str]) -> dict[str, Any]:
    """Return what was computed and what is shown; other actions by code, not by row."""
    told = plain(line.status)
    del told["key"]
    for reason in told["reasons"]:
        params = reason["params"]
        if "action" in params:
            params["action"] = codes.get(params["action"], params["action"])
    return {**told, "shown": plain(line.shown)}


def _report(report: ReportLine | None) -> dict[str, Any] | None:
    if report is None:
        return None
    told = plain(report)
    return {key: told[key] for key in ("confirmed_on", "progress", "way", "round")}


def _all_indicators(record: PlanRecord) -> list[tuple[str, IndicatorLine]]:
    """List the indicators of the plan, then those of its actions, with the code of the action."""
    own = [("", line) for line in record.indicators]
    return own + [(a.code, line) for a in _by_code(record.actions) for line in a.indicators]


def _indicator(found: tuple[str, IndicatorLine]) -> dict[str, Any]:
    action, line = found
    told = {**plain(line), "action": action}
    del told["status"]["key"]
    told["values"] = [{k: v for k, v in value.items() if k != "note"} for value in told["values"]]
    # Once more by itself, so that the comparison of two reports shows this one and not the row.
    told["latest"] = told["values"][-1] if told["values"] else None
    return told


def _recommendations(record: PlanRecord) -> list[RecommendationLine]:
    found = {line.uuid: line for action in record.actions for line in action.recommendations}
    return sorted(found.values(), key=lambda line: (len(line.code), line.code, line.uuid))


def _recommendation(line: RecommendationLine) -> dict[str, Any]:
    told = plain(line)
    evidence = [_finding(item) for item in told["evidence"]]
    return {**told, "evidence": sorted(evidence, key=lambda item: str(item["code"]))}


def _finding(told: dict[str, Any]) -> dict[str, Any]:
    """Name the snapshot of ratings by its number, not by that of its row."""
    return {key: value for key, value in told.items() if key not in ("snapshot", "source_key")}


def _translations(plan: ActionPlan, record: PlanRecord) -> dict[str, Any]:
    """Count in each language the titles and texts that are there, and those reviewed."""
    texts = [record.title, record.summary]
    for action in record.actions:
        texts += [action.title, action.description, action.background]
    reviewed = _reviewed(plan)
    return {
        code: {
            "filled": sum(1 for text in texts if (text.get(code) or "").strip()),
            "of": len(texts),
            "reviewed": reviewed.get(code, 0),
        }
        for code in LANGUAGE_CODES
    }


def _reviewed(plan: ActionPlan) -> dict[str, int]:
    """Count the texts of plan and actions that a person reviewed, by language."""
    pks = list(plan.actions.order_by().values_list("pk", flat=True))
    found: dict[str, int] = {}
    for thing, keys in (("actionplan", [plan.pk]), ("action", pks)):
        rows = TextReview.objects.filter(
            thing=thing, thing_id__in=keys, is_reviewed=True
        ).order_by()
        for code in rows.values_list("language", flat=True):
            found[code] = found.get(code, 0) + 1
    return found
