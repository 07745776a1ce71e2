"""A reason in a document; in another language than the document it says in which."""

from collections.abc import Mapping
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGES, told
from alpclusters.platform.policy.domain.monitoring.verifying import kept_reason
from alpclusters.reports.blocks import Run, Text

_NAMES: Final = dict(LANGUAGES)


def reason_runs(texts: Mapping[str, str] | None, language: str) -> tuple[Run, ...]:
    """Return a reason as stretches of text; none where there is no reason."""
    return _runs(*told(texts, language))


def kept_runs(reason: Any, language: str) -> tuple[Run, ...]:
    """Return a reason as a report kept it, in the form of its time."""
    return _runs(*kept_reason(reason, language))


def worded_runs(text: str, spoken: str, language: str) -> tuple[Run, ...]:
    """Return the words of a body, which stay in its own language."""
    return _runs(text, "" if spoken in ("", language) else spoken)


def as_text(runs: tuple[Run, ...]) -> Text:
    """Return what stands in a cell: plain where it is in the language of the document."""
    return runs if any(run.language for run in runs) else "".join(run.text for run in runs)


def _runs(text: str, spoken: str) -> tuple[Run, ...]:
    if not text:
        return ()
    if not spoken:
        return (Run(text),)
    return (Run(text, language=spoken), Run(f" ({_NAMES[spoken]})", quiet=True, language=spoken))
