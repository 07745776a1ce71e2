"""The figures at the head of an evaluation: people, items, answers, what is missing."""

from collections.abc import Mapping

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import KeyFigure, KeyFigures
from alpclusters.reports.evaluation_missing import cannot_judge_in, cannot_judge_words
from alpclusters.reports.evaluation_subject import (
    EvaluationSubject,
    is_vote,
    listed_items,
    rated_items,
)
from alpclusters.reports.numbers import format_integer, format_percent


def key_figures(
    by_criterion: Mapping[str, Description],
    subject: EvaluationSubject,
    language: str,
    *,
    n_people: int | None = None,
) -> KeyFigures:
    """Return how much an evaluation rests on, over all criteria; people, items, answers, missing.

    ``n_people`` counts those who rated on any criterion, where that is known.
    """
    text = translator(language)
    descriptions = list(by_criterion.values())
    first = descriptions[0]
    standing = sum(description.standing for description in descriptions)
    cast = sum(description.cast for description in descriptions)
    listed = listed_items(first, subject)
    n_all = len(first.measures)
    of_all = _of_all(n_all, subject, language)
    people = n_people or max(description.n_raters for description in descriptions)
    word = _items_word(subject, len(listed), language)
    return KeyFigures(
        (
            KeyFigure(_count(people, language), text.ngettext("person", "people", people)),
            KeyFigure(_count(len(listed), language), word, of_all if len(listed) < n_all else ""),
            KeyFigure(
                _count(standing, language),
                text.gettext("answers that stand"),
                text.gettext("%(n)s given, the latest counts") % {"n": _count(cast, language)},
            ),
            _missing_figure(descriptions, subject, language),
        )
    )


def _of_all(n_all: int, subject: EvaluationSubject, language: str) -> str:
    """Say why items are in no result."""
    text = translator(language)
    n_person = len(subject.person)
    words = {
        "n": _count(n_all, language),
        "person": _count(n_person, language),
        "rejected": _count(len(subject.hidden) - n_person, language),
    }
    if not n_person:
        return text.gettext("of %(n)s; the others were rejected") % words
    if len(subject.hidden) == n_person:
        return text.gettext("of %(n)s; the others are about the person") % words
    return text.gettext("of %(n)s; rejected: %(rejected)s, about the person: %(person)s") % words


def _missing_figure(
    descriptions: list[Description], subject: EvaluationSubject, language: str
) -> KeyFigure:
    """Return passes of a vote, "cannot judge" of ratings."""
    text = translator(language)
    items = [item for found in descriptions for item in rated_items(found, subject)]
    n = sum(item.summary.n for item in items)
    if is_vote(descriptions[0]):
        passed = sum(item.summary.counts[1] for item in items)
        return KeyFigure(_share(passed, n, language), text.gettext("passes"))
    share, base = cannot_judge_words(cannot_judge_in(descriptions), language)
    return KeyFigure(share, text.gettext("Cannot judge"), base)


def _items_word(subject: EvaluationSubject, n: int, language: str) -> str:
    text = translator(language)
    if subject.item_word == "statement":
        return text.ngettext("statement", "statements", n)
    return text.ngettext("measure", "measures", n)


def _count(n: int, language: str) -> str:
    return format_integer(n, language)


def _share(part: int, whole: int, language: str) -> str:
    return format_percent(part / whole, language) if whole else "–"
