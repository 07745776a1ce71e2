"""What the evidence of a lesson allows to be said: its reasons in numbers."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import override

from alpclusters.platform.evidence.domain.grading import showing
from alpclusters.reports.claims.wording import Claim, find, register

register("lesson.amount", showing.AMOUNT)
register("lesson.lasting", showing.LASTING)
register("lesson.source", showing.SOURCE)
register("lesson.relevance", showing.RELEVANCE)
register("lesson.against", showing.AGAINST)
register("lesson.nothing_against", showing.NOTHING_AGAINST)


def lesson_claims(grading: Mapping[str, Any], language: str) -> list[Claim]:
    """Return what may be said of a lesson.

    Parameters
    ----------
    grading : mapping
        As `grading_of` derives it from the evidence of this moment.
    language : str
    """
    with override(language):
        said = [
            showing.reason_words(reason["rule"], reason["numbers"], grading.get("coding", {}))
            for reason in grading.get("reasons", ())
        ]
    return [claim for text in said for claim in find(text, language)]
