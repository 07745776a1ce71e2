"""The evaluation of all recommendations and results of a project as a document."""

from typing import Final

from django.utils.translation import override

from alpclusters.analysis.plans import AdoptionFacts, adoption_rate
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.models import Adoption, Recommendation
from alpclusters.reports.blocks import (
    UNKNOWN,
    Block,
    Bullets,
    Column,
    Contents,
    Cover,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan.annex import conventions
from alpclusters.reports.plan.words import choice_word
from alpclusters.reports.plan_evaluation.ratings import denominator_blocks, rating_blocks
from alpclusters.reports.plan_evaluation.reading import ApproachLine, RecommendationsSubject
from alpclusters.reports.plan_evaluation.recommendations import (
    contradiction_blocks,
    recommendation_blocks,
)
from alpclusters.reports.plan_words.figures import NAMES, reason_words

# --- What came of it: adoption by region, and the indicators of Interreg --------------------------


def adoption_blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    """Return the joint approaches with how far each region is; never the rate alone."""
    text = translator(language)
    blocks: list[Block] = [Heading(text.gettext("Adoption by region"), level=1)]
    if not subject.approaches:
        return [*blocks, Paragraph(text.gettext("There is no joint approach yet."))]
    for one in subject.approaches:
        blocks += [
            Heading(word(one.title, language), level=2, code=one.code),
            Paragraph(_rate(one, language)),
            _adoption_table(one, language),
        ]
    return blocks


def interreg_blocks(subject: RecommendationsSubject, language: str) -> list[Block]:
    """Return the output and result indicators with what counts and what does not, and why."""
    text = translator(language)
    figures = subject.interreg.figures
    columns = (
        Column(text.gettext("Code"), "code"),
        Column(text.gettext("Indicator")),
        Column(text.gettext("Value"), "number", decimals=0, strong=True),
        Column(text.gettext("What counts")),
    )
    with override(language):
        names = {code: str(name) for code, name in NAMES.items()}
    rows: tuple[Row, ...] = tuple(
        (
            code,
            names.get(code, code),
            UNKNOWN if figure.value is None else figure.value,
            "; ".join(figure.counted),
        )
        for code, figure in sorted(figures.items())
    )
    caption = text.gettext("Interreg indicators from the data")
    blocks: list[Block] = [
        Heading(text.gettext("Output and result indicators"), level=1),
        Table(columns, rows, caption, row_head=1, name=text.gettext("Indicators")),
    ]
    with override(language):
        for code, figure in sorted(figures.items()):
            left_out = tuple(
                f"{one.name}: {reason_words(one.reason, language)}" for one in figure.not_counted
            )
            if left_out:
                words = text.gettext("%(code)s: what does not count, and why")
                blocks += [Heading(words % {"code": code}, level=2), Bullets(left_out)]
    return blocks


def _rate(one: ApproachLine, language: str) -> str:
    text = translator(language)
    facts = [AdoptionFacts(a.state, a.was_implemented) for a in one.adoptions]
    found = adoption_rate(facts)
    told = {
        "adopted": format_integer(found.n_adopted, language),
        "n": format_integer(found.n_addressees, language),
        "unknown": format_integer(found.n_unknown, language),
        "other": format_integer(found.n_not_applicable, language),
    }
    words = text.gettext(
        "Adopted by %(adopted)s of %(n)s regions it applies to; not known of %(unknown)s; does "
        "not apply to %(other)s."
    )
    if found.rate is None:
        return words % told
    return f"{words % told} ({format_percent(found.rate, language)})"


def _adoption_table(one: ApproachLine, language: str) -> Table:
    text = translator(language)
    columns = (
        Column(text.gettext("Region")),
        Column(text.gettext("State")),
        Column(text.gettext("Since"), "date"),
        Column(text.gettext("Reason")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            word(adoption.region, language),
            choice_word(Adoption.State, adoption.state, language),
            adoption.since,
            adoption.reason,
        )
        for adoption in one.adoptions
    )
    caption = text.gettext("How far each region is")
    return Table(columns, rows, caption, name=text.gettext("Adoption"))


# --- The evaluation of all recommendations and results of a project as a document -----------------


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
