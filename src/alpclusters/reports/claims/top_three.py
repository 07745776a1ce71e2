"""What the points of the top three allow to be said: a count of those who chose, no estimate."""

from typing import Final

from alpclusters.platform.evaluation.domain.science import TopThreeResult
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop, translator
from alpclusters.reports.claims.wording import Claim, register
from alpclusters.reports.evaluation_subject import EvaluationSubject, short

_ONE: Final = register("top_three.one", _("%(name)s has most points of the %(all)s measures shown"))
_SEVERAL: Final = register(
    "top_three.several",
    ngettext_noop(
        "%(n)s of the %(all)s measures shown has most points",
        "%(n)s of the %(all)s measures shown have most points alike",
    ),
)


def most_points(found: TopThreeResult, subject: EvaluationSubject, language: str) -> Claim:
    """Name what has most points, or say how many share the first place."""
    shown = [line for line in found.lines if line.points is not None]
    most = shown[0].points
    first = [line for line in shown if line.points == most]
    if len(first) > 1:
        return _SEVERAL.claim(language, n=len(first), all=len(shown))
    words = {"words": short(subject.item(first[0].measure))}
    name = translator(language).gettext("“%(words)s”") % words
    return _ONE.claim(language, name=name, all=len(shown))
