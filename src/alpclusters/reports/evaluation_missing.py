"""How many could not judge, of all answers, in words; nothing where a measure is withheld.

Few judge what most cannot, so such a measure is withheld. A share over the others is too low, one
over all would give it away: then there is none, and the reader is told why.
"""

from collections.abc import Iterable

from alpclusters.analysis.consensus import Description
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer, format_percent

type Counted = tuple[int, int]
"""Answers "cannot judge", and all answers."""


def cannot_judge_in(descriptions: Iterable[Description]) -> Counted | None:
    """Count the answers over several criteria; None where a measure is withheld."""
    items = [item for found in descriptions for item in found.measures]
    if any(item.state == "withheld" for item in items):
        return None
    shown = [item.summary for item in items if item.summary is not None]
    cannot = sum(summary.cannot_judge for summary in shown)
    return cannot, cannot + sum(summary.n for summary in shown)


def cannot_judge_words(counted: Counted | None, language: str) -> tuple[str, str]:
    """Return the share and its base in words; why there is none, where a measure is withheld."""
    text = translator(language)
    if counted is None:
        why = text.gettext("withheld: measures that few could judge are protected")
        return "–", why
    cannot, answered = counted
    if not answered:
        return "–", text.gettext("nobody answered")
    words = text.ngettext("%(k)s of %(n)s answer", "%(k)s of %(n)s answers", answered)
    counts = {"k": format_integer(cannot, language), "n": format_integer(answered, language)}
    return format_percent(cannot / answered, language), words % counts
