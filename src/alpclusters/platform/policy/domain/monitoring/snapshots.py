"""Snapshots of a plan: taken, chained by their hashes, corrected by another one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from alpclusters import __version__
from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.analysis.plans import GENESIS, canonical_text, chain_digest
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.records.lines import (
    ActionLine,
    IndicatorLine,
    RecommendationLine,
    ReportLine,
    plain,
)
from alpclusters.platform.policy.domain.records.plans import (
    PlanRecord,
    last_report,
    record_of,
    today_of,
)
from alpclusters.platform.policy.domain.records.statuses import rules_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    GivenHash,
    MonitoringRound,
    PlanSnapshot,
    ProgressReport,
    TextReview,
)

# --- What a snapshot of a plan holds: texts, rules, statuses, values, corrections, what is missing
#
# No personal data: bodies by name, people not at all, so that erasing a person stays possible. The
# words of a report are left out for the same reason: a body can write a name into them.


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


# --- The hashes that leave the machine are noted, so that each can be looked up and missed --------


FEWEST: Final = 12
"""Digits of a hash that feet and names of files show; fewer could mean several."""
_WHOLE: Final = 64
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document says of itself: its name, language, version and day of the text, its day."""

    digest: str
    name: str
    language: str
    version: str
    text_on: date | None
    as_of: date


def note_report(snapshot: PlanSnapshot) -> None:
    """Note the hash of a report in the moment in which it is kept."""
    GivenHash.objects.create(
        plan_id=snapshot.plan_id,
        kind=GivenHash.Kind.REPORT,
        digest=snapshot.digest,
        number=snapshot.number,
        given_at=snapshot.made_at,
        is_simulated=snapshot.is_simulated,
    )


def note_document(plan: ActionPlan, told: Printed, *, now: datetime) -> None:
    """Note the hash of a document that is handed out; the same document is noted once."""
    rows = plan.given_hashes.filter(kind=GivenHash.Kind.DOCUMENT)
    if rows.filter(digest=told.digest).exists():
        return
    last = last_report(plan)
    try:
        with transaction.atomic():
            GivenHash.objects.create(
                plan=plan,
                kind=GivenHash.Kind.DOCUMENT,
                digest=told.digest,
                number=last.number if last else 0,
                name=told.name[:200],
                language=told.language,
                version=told.version[:20],
                text_on=told.text_on,
                as_of=told.as_of,
                given_at=now,
                is_simulated=plan.is_simulated,
            )
    except IntegrityError:
        # Two people fetched it at once: the other request noted it.
        if not rows.filter(digest=told.digest).exists():
            raise


def digits_of(text: str) -> str:
    """Return the digits of a hash as it was copied from paper, with blanks and in capitals.

    Raises
    ------
    InputError
        ``snapshot.no_hash``: other letters, fewer than 12 digits, or more than 64.
    """
    digits = "".join(c for c in text.lower() if not c.isspace() and c not in "\u00ad:-…")
    if not FEWEST <= len(digits) <= _WHOLE or not set(digits) <= _HEX:
        code = "snapshot.no_hash"
        raise InputError(code, where=Where(argument="--expect"), found=text[:80])
    return digits


def given_as(digits: str) -> "QuerySet[GivenHash]":
    """Find what bears a hash, by its first digits."""
    rows = GivenHash.objects.filter(digest__startswith=digits)
    return rows.select_related("plan").order_by("pk")


# --- Snapshots of a plan: taken, chained by their hashes, corrected by another one ----------------


SHORTEST_REASON: Final = 20


@transaction.atomic
def take_snapshot(
    plan: ActionPlan,
    *,
    now: datetime,
    round_: MonitoringRound | None = None,
    corrects: PlanSnapshot | None = None,
    reason: str = "",
) -> PlanSnapshot:
    """Keep a plan with all its figures as it is now, chained to the snapshot before.

    Parameters
    ----------
    plan : ActionPlan
    now : datetime
    round_ : MonitoringRound, optional
        The round that closes with it.
    corrects, reason : PlanSnapshot and str
        A snapshot that was wrong, and why; see `correct_snapshot`.
    """
    # Two snapshots at once would both follow the same one: the plan is locked.
    rows = ActionPlan.objects.select_for_update(of=("self",)).select_related("project")
    plan = rows.get(pk=plan.pk)
    last = plan.snapshots.order_by("number").last()
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    content = canonical_text(
        snapshot_content(
            plan,
            number=number,
            today=today_of(plan, now),
            round_=round_,
            missing=_missing(round_),
            corrects=corrects,
            reason=reason,
        )
    )
    snapshot = PlanSnapshot(
        plan=plan,
        number=number,
        round=round_,
        corrects=corrects,
        content=content,
        digest=chain_digest(previous, content),
        previous=previous,
        made_at=now,
        is_simulated=plan.is_simulated,
    )
    snapshot.save()
    note_report(snapshot)
    return snapshot


def correct_snapshot(wrong: PlanSnapshot, *, reason: str, now: datetime) -> PlanSnapshot:
    """Answer a wrong snapshot by a correcting one; the wrong one stays.

    Raises
    ------
    InputError
        The reason has fewer than 20 characters (``snapshot.reason_short``).
    StateError
        It was corrected already (``snapshot.corrected``): correct the later one.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        code = "snapshot.reason_short"
        raise InputError(code, where=Where(field="reason"), expected=str(SHORTEST_REASON))
    if wrong.corrections.exists():
        code = "snapshot.corrected"
        raise StateError(code, found=str(wrong.number))
    return take_snapshot(
        wrong.plan, now=now, round_=wrong.round, corrects=wrong, reason=reason.strip()
    )


def read_content(snapshot: PlanSnapshot) -> dict[str, Any]:
    """Return what a snapshot holds."""
    content: dict[str, Any] = json.loads(snapshot.content)
    return content


def _missing(round_: MonitoringRound | None) -> Sequence[str]:
    """List the codes of the actions that nobody reported on in a round."""
    if round_ is None:
        return ()
    reported = set(
        ProgressReport.objects.filter(round=round_).order_by().values_list("action", flat=True)
    )
    return [a.code for a in asked_in(round_) if a.pk not in reported]


def asked_in(round_: MonitoringRound) -> list[Action]:
    """List the actions that were not over when a round opened, in their order."""
    return [
        action
        for action in round_.plan.actions.order_by("order", "pk")
        if (over := action.done_on or action.stopped_on) is None or over >= round_.opens_on
    ]
