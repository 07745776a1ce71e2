"""Checks of texts: the original is there, the other languages are there and up to date."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import Text
from alpclusters.platform.policy.domain.coverage.reading import Facts
from alpclusters.platform.policy.domain.coverage.records import Check, Issue, On
from alpclusters.platform.policy.domain.editing.reviews import digest_of_text
from alpclusters.platform.policy.domain.editing.things import ACTION, PLAN, RECOMMENDATION
from alpclusters.platform.policy.domain.reasons import REASONS
from alpclusters.platform.policy.models import Action, Recommendation, TextReview

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


def _issue(thing: Any, on: On, check: Check, **rest: Any) -> Issue:
    code = "" if on is On.PLAN else thing.code
    return Issue(check, on, thing.pk, code, thing.title.each(), **rest)


def _original(thing: Any, on: On, language: str) -> Iterator[Issue]:
    for name in NEEDED[on]:
        if not getattr(thing, name).each()[language].strip():
            part = "" if on is On.PLAN else "action"
            params = {"what": name, "field": name}
            yield _issue(thing, on, Check.NO_TEXT, part=part, languages=(language,), params=params)


def _languages(thing: Any, on: On) -> Iterator[Issue]:
    missing = _missing(thing, TEXTS[on])
    if missing:
        part = "action" if on is On.ACTION else ""
        yield _issue(thing, on, Check.LANGUAGE_MISSING, part=part, languages=missing)


def _parts(action: Action) -> Iterator[Issue]:
    for name, part, fields in _PARTS:
        found = {code for row in getattr(action, name).all() for code in _missing(row, fields)}
        if found:
            languages = tuple(code for code in LANGUAGE_CODES if code in found)
            params = {"what": name, "part": name}
            yield _issue(
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
        yield _issue(row, on, Check.LANGUAGE_OUTDATED, part=part, languages=listed)


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
