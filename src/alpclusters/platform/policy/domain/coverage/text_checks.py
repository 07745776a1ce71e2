"""Checks of texts: the original is there, the other languages are there and up to date."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.rows import ROWS
from alpclusters.platform.languages.text import Text
from alpclusters.platform.policy.domain.contradictions import open_among
from alpclusters.platform.policy.domain.coverage.records import (
    STANDING,
    Check,
    Facts,
    Issue,
    On,
    findings_of,
    without_trail,
)
from alpclusters.platform.policy.domain.editing.reviews import digest_of_text
from alpclusters.platform.policy.domain.editing.things import ACTION, PLAN, RECOMMENDATION
from alpclusters.platform.policy.domain.reasons import REASONS, has_reason
from alpclusters.platform.policy.models import Action, Finding, Recommendation, TextReview
from alpclusters.platform.trail.domain.kinds import Thing

# --- Checks of what the plan rests on: trail, contradictions, conflicts, wording, old findings


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


def _evidence_issue(recommendation: Recommendation, check: Check, **params: str | int) -> Issue:
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
        yield _evidence_issue(recommendation, Check.CONTRADICTION_OPEN, **said)


def _conflicts(recommendation: Recommendation) -> Iterator[Issue]:
    for other in recommendation.conflicts_with.all():
        if other.state in STANDING:
            said = {"what": other.code, "other": other.code}
            yield _evidence_issue(recommendation, Check.CONFLICT_OPEN, **said)


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
    from alpclusters.platform.policy.domain.strengths import strengths_of, with_evidence  # noqa: PLC0415 - NumPy

    own = [pk for pk, one in facts.recommendations.items() if one.strength_override]
    if not own:
        return
    strengths = strengths_of(with_evidence(Recommendation.objects.filter(pk__in=own)))
    for pk, strength in strengths.items():
        if strength.is_raised:
            yield _evidence_issue(facts.recommendations[pk], Check.WEAK_EVIDENCE, what="strength")


def _old_findings(recommendation: Recommendation, facts: Facts) -> Iterator[Issue]:
    stale = [f.code for f in findings_of(recommendation) if _is_stale(f, facts)]
    if stale:
        yield _evidence_issue(recommendation, Check.STALE_FINDING, codes=", ".join(stale))


def _is_stale(finding: Finding, facts: Facts) -> bool:
    if finding.superseded_by_id is not None:
        return True
    snapshot = finding.snapshot
    return snapshot is not None and snapshot.number < facts.newest.get(snapshot.cafe_id, 0)


def _orphans(facts: Facts) -> Iterator[Issue]:
    rows = facts.plan.project.recommendations.filter(state__in=STANDING, actions__isnull=True)
    for recommendation in rows.order_by("pk"):
        if not has_reason(recommendation, "no_action_reason"):
            yield _evidence_issue(recommendation, Check.ORPHAN_RECOMMENDATION)


# --- Checks of texts: the original is there, the other languages are there and up to date ---------


# What a reader cannot do without, and what is translated where it is written.
NEEDED: Final = {On.PLAN: PLAN.required, On.ACTION: ACTION.required}
TEXTS: Final = {
    On.PLAN: PLAN.texts,
    On.ACTION: ACTION.texts,
    On.RECOMMENDATION: (*RECOMMENDATION.texts, *REASONS),
}
_PARTS: Final = (
    ("milestones", "time", ("title",)),
    ("risks", "risks", ("text", "answer")),
    ("indicators", "indicators", ("name", "unit", "source")),
)
# How `TextReview` calls them.
_THINGS: Final = {
    On.PLAN: "actionplan",
    On.ACTION: "action",
    On.RECOMMENDATION: "recommendation",
}


def text_issues(facts: Facts) -> Iterator[Issue]:
    """Go through the texts of plan, actions with their parts, and recommendations."""
    plan, original = facts.plan, facts.plan.source_language
    yield from _original(plan, On.PLAN, original)
    yield from _languages(plan, On.PLAN)
    if not plan.publisher.strip():
        yield Issue(Check.NO_PUBLISHER, On.PLAN, plan.pk)
    for action in facts.actions:
        yield from _original(action, On.ACTION, original)
        yield from _languages(action, On.ACTION)
        yield from _parts(action)
    for recommendation in facts.recommendations.values():
        yield from _languages(recommendation, On.RECOMMENDATION)
    yield from _outdated(facts)


def _text_issue(thing: Any, on: On, check: Check, **rest: Any) -> Issue:
    code = "" if on is On.PLAN else thing.code
    return Issue(check, on, thing.pk, code, thing.title.each(), **rest)


def _original(thing: Any, on: On, language: str) -> Iterator[Issue]:
    for name in NEEDED[on]:
        if not getattr(thing, name).each()[language].strip():
            part = "" if on is On.PLAN else "action"
            params = {"what": name, "field": name}
            yield _text_issue(
                thing, on, Check.NO_TEXT, part=part, languages=(language,), params=params
            )


def _languages(thing: Any, on: On) -> Iterator[Issue]:
    missing = _missing(thing, TEXTS[on])
    if missing:
        part = "action" if on is On.ACTION else ""
        yield _text_issue(thing, on, Check.LANGUAGE_MISSING, part=part, languages=missing)


def _parts(action: Action) -> Iterator[Issue]:
    for name, part, fields in _PARTS:
        found = {code for row in getattr(action, name).all() for code in _missing(row, fields)}
        if found:
            languages = tuple(code for code in LANGUAGE_CODES if code in found)
            params = {"what": name, "part": name}
            yield _text_issue(
                action,
                On.ACTION,
                Check.LANGUAGE_MISSING,
                part=part,
                languages=languages,
                params=params,
            )


def _missing(thing: Any, fields: Sequence[str]) -> tuple[str, ...]:
    """List the languages that lack a text another language has."""
    found = set()
    for name in fields:
        texts = getattr(thing, name).each()
        if any(text.strip() for text in texts.values()):
            found |= {code for code, text in texts.items() if not text.strip()}
    return tuple(code for code in LANGUAGE_CODES if code in found)


def _outdated(facts: Facts) -> Iterator[Issue]:
    """Look for translations that were made from an original that has changed since."""
    things: dict[tuple[str, int], tuple[On, Any, str]] = {}
    original = facts.plan.source_language
    for on, rows in _things(facts):
        for row in rows:
            is_own = isinstance(row, Recommendation)
            language = row.source_language if is_own else original
            things[_THINGS[on], row.pk] = (on, row, language)
    outdated: dict[tuple[str, int], set[str]] = defaultdict(set)
    pks = {pk for _name, pk in things}
    for review in TextReview.objects.filter(thing_id__in=pks).order_by("pk"):
        key = (review.thing, review.thing_id)
        if key in things and _is_outdated(review, *things[key][1:]):
            outdated[key].add(review.language)
    for key, languages in outdated.items():
        on, row, _language = things[key]
        listed = tuple(code for code in LANGUAGE_CODES if code in languages)
        part = "action" if on is On.ACTION else ""
        yield _text_issue(row, on, Check.LANGUAGE_OUTDATED, part=part, languages=listed)


def _things(facts: Facts) -> list[tuple[On, Sequence[Any]]]:
    return [
        (On.PLAN, [facts.plan]),
        (On.ACTION, facts.actions),
        (On.RECOMMENDATION, list(facts.recommendations.values())),
    ]


def _is_outdated(review: TextReview, thing: Any, original: str) -> bool:
    if review.language == original:
        return False
    text: Text = getattr(thing, review.field, Text({}))  # a field that is gone has no text
    source = text.inside(original)
    if not source or not text.inside(review.language):
        return False
    return digest_of_text(source) != review.source_hash
