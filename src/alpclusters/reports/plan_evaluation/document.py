"""The evaluation of all recommendations and results of a project as a document."""

from typing import Final

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Contents,
    Cover,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
)
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.annex import conventions
from alpclusters.reports.plan_evaluation.ratings import denominator_blocks, rating_blocks
from alpclusters.reports.plan_evaluation.recommendations import (
    contradiction_blocks,
    recommendation_blocks,
)
from alpclusters.reports.plan_evaluation.results import adoption_blocks, interreg_blocks
from alpclusters.reports.plan_evaluation.subject import RecommendationsSubject

_SHORT_PROJECT: Final = "demo"


def build_overall_evaluation(subject: RecommendationsSubject, *, language: str) -> Document:
    """Build the evaluation of all recommendations and results in one language.

    Parameters
    ----------
    subject : RecommendationsSubject
        From `reports.plan_evaluation.reading.read_recommendations`.
    language : str

    Returns
    -------
    Document
    """
    text = translator(language)
    name = text.gettext("Evaluation of all recommendations and results")
    statement = text.gettext(
        "All people, bodies, ratings and dates in this document are simulated. It shows what an "
        "evaluation looks like and says nothing about a real project."
    )
    day = (text.gettext("As of"), format_date(subject.day, language))
    return Document(
        title=word(subject.title, language) or subject.acronym,
        language=language,
        kind="evaluation",
        date=subject.day,
        blocks=tuple(_blocks(subject, language)),
        subtitle=name,
        short_title=name,
        publisher=subject.publisher,
        simulated=subject.is_simulated,
        keywords=(text.gettext("Evaluation"), subject.acronym),
        project=_SHORT_PROJECT if subject.is_simulated else subject.project,
        cover=Cover(subject.acronym, (day,), statement if subject.is_simulated else ""),
    )


def _blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    text = translator(language)
    return [
        Heading(text.gettext("At a glance"), level=1),
        _key_figures(subject, language),
        Contents(),
        *recommendation_blocks(subject, language),
        *contradiction_blocks(subject, language),
        *denominator_blocks(subject, language),
        *rating_blocks(subject, language),
        *adoption_blocks(subject, language),
        *interreg_blocks(subject, language),
        Heading(text.gettext("Methods and conventions"), level=1, same_page=True),
        Bullets(conventions(language)),
    ]


def _key_figures(subject: RecommendationsSubject, language: str) -> KeyFigures:
    text = translator(language)
    lines = subject.recommendations
    rejected = sum(line.state == Recommendation.State.REJECTED for line in lines)
    strong = sum(
        shown.shown == Recommendation.Strength.STRONG for shown in subject.strengths.values()
    )
    people = sum(one.evaluation.n_people or 0 for one in subject.across.released)
    cafes = len(subject.across.released)
    return KeyFigures(
        (
            KeyFigure(
                format_integer(len(lines), language),
                text.ngettext("recommendation", "recommendations", len(lines)),
                text.gettext("rejected: %(n)s") % {"n": format_integer(rejected, language)},
            ),
            KeyFigure(format_integer(strong, language), text.gettext("strongly supported")),
            KeyFigure(
                format_integer(subject.proposals.n_proposed, language),
                text.gettext("proposed as common denominators"),
            ),
            KeyFigure(
                format_integer(people, language),
                text.gettext("people have rated"),
                text.ngettext("in %(n)s AlpCafé", "in %(n)s AlpCafés", cafes)
                % {"n": format_integer(cafes, language)},
            ),
        )
    )
