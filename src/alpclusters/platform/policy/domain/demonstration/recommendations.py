"""Twenty recommendations of the demonstration in all states, each with its history."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.findings import Findings
from alpclusters.platform.policy.domain.demonstration.tables import reasons, regions_by_code, table
from alpclusters.platform.policy.domain.editing.reviews import digest_of_text
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.findings import MODEL
from alpclusters.platform.policy.domain.phrases import Evidence, rationale
from alpclusters.platform.policy.domain.recommendations import (
    edit_recommendation,
    explain_no_action,
    write_recommendation,
)
from alpclusters.platform.policy.domain.states import State, Step, move
from alpclusters.platform.policy.models import Finding, Recommendation, TextReview
from alpclusters.platform.seed_rows import Row, typed_texts

TEXTS: Final = ("title", "problem", "text", "expected_effect")
WRITTEN: Final = "-444"
REVISED: Final = "-419"
DECIDED: Final = "-415"
PUBLISHED: Final = "-412"
LATER: Final = "-60"
# What people said in the first consultation gave this one a sentence more.
_COMPLETED: Final = "window"

type Drawn = dict[str, Recommendation]


def make_recommendations(project: Project, calendar: Calendar) -> Drawn:
    """Write the recommendations that have a source here; return them by their key."""
    findings = Findings(project, calendar)
    regions = regions_by_code({row["region"] for row in table("recommendations")})
    drawn = {}
    for row in table("recommendations"):
        grounds = findings.of(row["findings"])
        if grounds:
            drawn[row["key"]] = _written(project, row, grounds, regions, calendar)
    return drawn


def decide(drawn: Drawn, calendar: Calendar) -> Drawn:
    """Move each to the state its row names, on the ways that are allowed."""
    decided = dict(drawn)
    rows = [row for row in table("recommendations") if row["key"] in drawn]
    for row in rows:
        decided[row["key"]] = _decided(decided[row["key"]], row, calendar)
    for row in rows:
        if row["successor"] in decided:
            step = Step(State.SUPERSEDED, successor=decided[row["successor"]])
            before = decided[row["key"]]
            decided[row["key"]] = move(before, step, by=None, now=calendar.moment(LATER))
    return decided


def _written(
    project: Project,
    row: Row,
    grounds: Sequence[Finding],
    regions: dict[str, Any],
    calendar: Calendar,
) -> Recommendation:
    reasons = {input_name("rationale", code): text for code, text in _reasons(grounds).items()}
    begun = write_recommendation(
        project,
        texts={**typed_texts(row, *TEXTS), **reasons, **_first_words(row)},
        level=row["level"],
        findings=grounds,
        by=None,
        now=calendar.moment(WRITTEN),
    )
    for name in ("instrument", "horizon", "addressee"):
        setattr(begun, name, row[name])
    begun.cost_band = row["cost"]
    begun.region = regions.get(row["region"])
    begun.save()
    return begun


def _first_words(row: Row) -> dict[str, str]:
    """Leave out what the consultation added."""
    if row["key"] != _COMPLETED:
        return {}
    whole = typed_texts(row, "text")
    return {name: f"{text.partition(';')[0].rstrip()}." for name, text in whole.items()}


def _reasons(grounds: Sequence[Finding]) -> Mapping[str, str]:
    """Say in figures what ratings show; lessons and pictures speak for themselves."""
    rated = [finding for finding in grounds if finding.snapshot_id]
    if not rated or rated[0].snapshot is None:
        return {}
    evidence = [
        Evidence(
            f.criterion.name.each(),
            f.criterion.scale,
            f.n or 0,
            f.cannot_judge_share or 0.0,
            f.estimate,
            f.low,
            f.high,
            is_model=f.convention == MODEL,
        )
        for f in rated
        if f.criterion
    ]
    snapshot = rated[0].snapshot
    return rationale(snapshot.cafe.title.each(), snapshot.number, evidence)


def _decided(current: Recommendation, row: Row, calendar: Calendar) -> Recommendation:
    current = _discussed(current, row, calendar)
    if row["state"] == State.REJECTED:
        return _rejected(current, row, calendar)
    # Those in consultation come into it by the consultation that is opened later.
    if row["state"] in {State.DRAFT, State.IN_CONSULTATION}:
        return current
    current = _moved(current, State.ADOPTED, DECIDED, calendar)
    if row["state"] in {State.PUBLISHED, State.SUPERSEDED}:
        _review(current, calendar)
        current = _moved(current, State.PUBLISHED, PUBLISHED, calendar)
    why = reasons(row, "no_action_reason")
    if why:
        current = explain_no_action(current, reason=why, by=None)
    return current


def _discussed(current: Recommendation, row: Row, calendar: Calendar) -> Recommendation:
    if current.state != State.IN_CONSULTATION:
        return current
    if row["key"] == _COMPLETED:
        now = calendar.moment(REVISED)
        edit_recommendation(
            current, typed_texts(row, "text"), version=current.version, by=None, now=now
        )
    return _moved(current, State.REVISED, REVISED, calendar)


def _rejected(current: Recommendation, row: Row, calendar: Calendar) -> Recommendation:
    step = Step(State.REJECTED, reason=reasons(row, "rejected_reason"))
    return move(current, step, by=None, now=calendar.moment(DECIDED))


def _moved(current: Recommendation, to: str, day: str, calendar: Calendar) -> Recommendation:
    return move(current, Step(to), by=None, now=calendar.moment(day))


def _review(current: Recommendation, calendar: Calendar) -> None:
    """Mark every translation as read, in one statement."""
    rows = [
        TextReview(
            thing=RECOMMENDATION.thing,
            thing_id=current.pk,
            field=field,
            language=language,
            source_hash=digest_of_text(source),
            source_text=source,
            text_hash=digest_of_text(text),
            is_reviewed=True,
            reviewed_at=calendar.moment(PUBLISHED),
        )
        for field in RECOMMENDATION.texts
        for source in [getattr(current, field).inside(current.source_language)]
        for language in LANGUAGE_CODES
        for text in [getattr(current, field).inside(language)]
        if text and language != current.source_language
    ]
    TextReview.objects.filter(thing=RECOMMENDATION.thing, thing_id=current.pk).delete()
    TextReview.objects.bulk_create(rows)
