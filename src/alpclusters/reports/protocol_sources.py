"""How answers came in, in words: by phone, for somebody present, on paper."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer

SOURCES: Final[Mapping[str, str]] = {
    "phone": _("by phone"),
    "proxy": _("entered for somebody present"),
    "paper": _("on paper"),
}


def sources_words(evaluation: Evaluation, language: str) -> str:
    """Say how many people answered in which way: "51 by phone, 8 on paper".

    Of a source that few used there is no number, nor of the one that would give it away.
    """
    if evaluation.arrivals is None:
        return ""
    text = translator(language)
    told = [
        f"{format_integer(line.n_people, language)} {text.gettext(SOURCES[line.source])}"
        for line in evaluation.arrivals.sources
        if line.n_people is not None
    ]
    few = [
        text.gettext(SOURCES[line.source])
        for line in evaluation.arrivals.sources
        if line.n_people is None
    ]
    if few:
        words = text.gettext("%(sources)s (number withheld)")
        told += [words % {"sources": one} for one in few]
    return ", ".join(told)
