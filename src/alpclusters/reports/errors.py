"""Errors as people read them: place, what is wrong, what to do, in their language.

The errors carry codes and fields (`alpclusters.analysis.errors`); `error_texts` has a sentence and
a remedy for each code, one file a subject. Every code that is raised is there; a test checks it.
"""

from typing import Final

from alpclusters.analysis.errors import AlpClustersError, RecordsError, Where
from alpclusters.analysis.funding.case_files.faults import CaseError
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.error_texts import (
    accounts,
    actors,
    analysis,
    evidence,
    files,
    funding,
    funding_cases,
    imports,
    monitoring,
    network,
    operation,
    participation,
    plans,
    sources,
)
from alpclusters.reports.error_texts.case_faults import fault_lines
from alpclusters.reports.numbers import format_integer

PARTS: Final = (
    accounts,
    actors,
    analysis,
    evidence,
    files,
    funding,
    funding_cases,
    imports,
    monitoring,
    network,
    operation,
    participation,
    plans,
    sources,
)
# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    code: pair for part in PARTS for code, pair in part.SENTENCES.items()
}


def error_lines(error: AlpClustersError, language: str) -> list[str]:
    """Return the error as lines for a terminal or a list: one per thing to mend.

    Parameters
    ----------
    error : AlpClustersError
    language : str
        One of the five codes.

    Returns
    -------
    list of str
        ``votes.csv, line 17, column “vote” (E): “x” is not a vote. Use -1, 0 or 1.``
    """
    if isinstance(error, CaseError):
        return fault_lines(error, language)
    if not isinstance(error, RecordsError):
        return [phrase(error, language)]
    lines = [phrase(single, language) for single in error.errors]
    if error.n_more:
        text = translator(language)
        more = text.ngettext("and %(n)s more error", "and %(n)s more errors", error.n_more)
        lines.append(more % {"n": format_integer(error.n_more, language)})
    return lines


def phrase(error: AlpClustersError, language: str) -> str:
    """Return one line: place, what is wrong, what to do."""
    place = describe_place(error.where, language)
    sentence = " ".join(part for part in (what(error, language), remedy(error, language)) if part)
    return f"{place}: {sentence}" if place else sentence


def what(error: AlpClustersError, language: str) -> str:
    """Return the sentence that says what is wrong."""
    unknown = _("Something is wrong (%(code)s).")
    return _filled(SENTENCES.get(error.code, (unknown, ""))[0], error, language)


def remedy(error: AlpClustersError, language: str) -> str:
    """Return the sentence that says what to do, or nothing."""
    return _filled(SENTENCES.get(error.code, ("", ""))[1], error, language)


def as_record(error: AlpClustersError, language: str) -> dict[str, str | int]:
    """Return the error for JSON, with its remedy as a sentence."""
    return {
        **error.as_record(),
        "sentence": what(error, language),
        "remedy": remedy(error, language),
    }


def describe_place(where: Where, language: str) -> str:
    """Return the place in words: ``votes.csv, line 17, column “vote” (E)``."""
    text = translator(language)
    parts = [where.file or "", where.sheet or ""]
    if where.argument and not where.file:
        parts.append(where.argument)
    if where.line is not None:
        parts.append(text.gettext("line %(line)s") % {"line": where.line})
    column = _column(where, language)
    if column:
        parts.append(text.gettext("column %(column)s") % {"column": column})
    return ", ".join(part for part in parts if part)


def _column(where: Where, language: str) -> str:
    if not where.field:
        return where.column or ""
    name = translator(language).gettext("“%(words)s”") % {"words": where.field}
    return f"{name} ({where.column})" if where.column else name


def _filled(sentence: str, error: AlpClustersError, language: str) -> str:
    if not sentence:
        return ""
    fields = {"code": error.code, "found": error.found or "", "expected": error.expected or ""}
    return translator(language).gettext(sentence) % {**fields, **error.values}
