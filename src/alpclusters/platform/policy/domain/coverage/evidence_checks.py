"""Checks of what the plan rests on: trail, contradictions, conflicts, wording, old findings."""

import re
from collections.abc import Iterator
from typing import Final

from alpclusters.platform.languages.rows import ROWS
from alpclusters.platform.policy.domain.contradictions import open_among
from alpclusters.platform.policy.domain.coverage.reading import (
    STANDING,
    Facts,
    findings_of,
)
from alpclusters.platform.policy.domain.coverage.records import Check, Issue, On
from alpclusters.platform.policy.domain.coverage.trails import without_trail
from alpclusters.platform.policy.domain.reasons import has_reason
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.trail.domain.kinds import Thing

# A recommendation says what should be done, never what must.
STRONG_WORDS: Final = {
    code: re.compile(row.must, re.IGNORECASE) for code, row in ROWS.items() if row.must
}


def evidence_issues(facts: Facts) -> Iterator[Issue]:
    """Go through trail and recommendations of a plan."""
    yield from _trail(facts)
    for recommendation in facts.recommendations.values():
        yield from _contradictions(recommendation)
        yield from _conflicts(recommendation)
        yield from _wording(recommendation)
        yield from _old_findings(recommendation, facts)
    yield from _raised(facts)
    yield from _orphans(facts)


def _issue(recommendation: Recommendation, check: Check, **params: str | int) -> Issue:
    title = recommendation.title.each()
    pk, code = recommendation.pk, recommendation.code
    return Issue(check, On.RECOMMENDATION, pk, code, title, params=params)


def _trail(facts: Facts) -> Iterator[Issue]:
    actions = {action.pk: action for action in facts.actions}
    for statement in without_trail(facts.plan):
        is_action = statement.thing is Thing.ACTION
        on = On.ACTION if is_action else On.RECOMMENDATION
        thing = actions[statement.pk] if is_action else facts.recommendations.get(statement.pk)
        title = thing.title.each() if thing else {}
        part = "background" if is_action else ""
        yield Issue(Check.NO_TRAIL, on, statement.pk, statement.code, title, part)


def _contradictions(recommendation: Recommendation) -> Iterator[Issue]:
    """List findings that speak against it, or whose lesson has evidence against it, unanswered."""
    for finding in open_among(recommendation, findings_of(recommendation)):
        said: dict[str, str | int] = {"what": finding.code, "finding": finding.code}
        if finding.lesson is not None:
            said["lesson"] = finding.lesson.statement
        yield _issue(recommendation, Check.CONTRADICTION_OPEN, **said)


def _conflicts(recommendation: Recommendation) -> Iterator[Issue]:
    for other in recommendation.conflicts_with.all():
        if other.state in STANDING:
            said = {"what": other.code, "other": other.code}
            yield _issue(recommendation, Check.CONFLICT_OPEN, **said)


def _wording(recommendation: Recommendation) -> Iterator[Issue]:
    texts = recommendation.text.each()
    found = {code: one.search(texts[code]) for code, one in STRONG_WORDS.items()}
    strong = {code: match.group() for code, match in found.items() if match}
    if strong:
        title = recommendation.title.each()
        yield Issue(
            Check.WEAK_EVIDENCE,
            On.RECOMMENDATION,
            recommendation.pk,
            recommendation.code,
            title,
            languages=tuple(strong),
            params={"what": "wording", "word": next(iter(strong.values()))},
        )


def _raised(facts: Facts) -> Iterator[Issue]:
    """List recommendations whose strength a person set higher than the evidence carries."""
    from alpclusters.platform.policy.domain.strengths.computing import (  # noqa: PLC0415 - NumPy
        strengths_of,
        with_evidence,
    )

    own = [pk for pk, one in facts.recommendations.items() if one.strength_override]
    if not own:
        return
    strengths = strengths_of(with_evidence(Recommendation.objects.filter(pk__in=own)))
    for pk, strength in strengths.items():
        if strength.is_raised:
            yield _issue(facts.recommendations[pk], Check.WEAK_EVIDENCE, what="strength")


def _old_findings(recommendation: Recommendation, facts: Facts) -> Iterator[Issue]:
    stale = [f.code for f in findings_of(recommendation) if _is_stale(f, facts)]
    if stale:
        yield _issue(recommendation, Check.STALE_FINDING, codes=", ".join(stale))


def _is_stale(finding: Finding, facts: Facts) -> bool:
    if finding.superseded_by_id is not None:
        return True
    snapshot = finding.snapshot
    return snapshot is not None and snapshot.number < facts.newest.get(snapshot.cafe_id, 0)


def _orphans(facts: Facts) -> Iterator[Issue]:
    rows = facts.plan.project.recommendations.filter(state__in=STANDING, actions__isnull=True)
    for recommendation in rows.order_by("pk"):
        if not has_reason(recommendation, "no_action_reason"):
            yield _issue(recommendation, Check.ORPHAN_RECOMMENDATION)
