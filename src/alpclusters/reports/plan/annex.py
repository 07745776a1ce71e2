"""The annexes: trail of every action, all findings, conventions, glossary."""

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.plan.findings import evidence_table
from alpclusters.reports.plan.subject import PlanSubject, TrailCount


def annex_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return all annexes."""
    record = subject.record
    text = translator(language)
    caption = text.gettext("All findings behind the plan")
    bare = [action.code for action in record.actions if not action.evidence]
    without = ", ".join(bare) if bare else text.gettext("none")
    return [
        Heading(text.gettext("Annex A: Evidence"), level=1),
        trail_table(subject, language),
        evidence_table(record.evidence, language, caption=caption),
        LabelledPart(text.gettext("Statements without trail"), (Paragraph(without),)),
        Heading(text.gettext("Annex B: Methods and conventions"), level=1, same_page=True),
        Bullets(conventions(language)),
        Heading(text.gettext("Annex C: Glossary"), level=1, same_page=True),
        *glossary(language),
    ]


def trail_table(subject: PlanSubject, language: str) -> Table:
    """Return the trail of every action as a table: from the documents to the recommendation."""
    text = translator(language)
    columns = (
        Column(text.gettext("Action"), "code"),
        Column(text.gettext("Title")),
        Column(text.gettext("Documents"), "number", decimals=0),
        Column(text.gettext("Lessons"), "number", decimals=0),
        Column(text.gettext("Measures")),
        Column(text.gettext("Findings")),
        Column(text.gettext("Recommendations")),
    )
    rows: list[Row] = []
    for action in subject.record.actions:
        count = subject.trails.get(action.pk, TrailCount())
        measures = dict.fromkeys(
            word(line.measure, language) for line in action.evidence if line.measure_key
        )
        rows.append(
            (
                action.code,
                word(action.title, language),
                count.documents,
                count.lessons,
                ", ".join(measures),
                ", ".join(line.code for line in action.evidence),
                ", ".join(r.code for r in action.recommendations),
            )
        )
    caption = text.gettext("Where each action comes from")
    return Table(columns, tuple(rows), caption, row_head=1, name=text.gettext("Trail"))


def conventions(language: str) -> tuple[str, ...]:
    """Say how the numbers were made."""
    text = translator(language)
    return (
        text.gettext(
            "Each criterion has its own scale, most often from 1 to 5, with words for its steps."
        ),
        text.gettext(
            "Estimate: of a model of the published counts (REML); where it cannot be fitted, the "
            "mean. The latest rating of each person counts."
        ),
        text.gettext(
            "Interval: 90%, two-sided, kept on the scale; of a mean by Student’s t, none where "
            "all ratings are equal."
        ),
        text.gettext("“Cannot judge” is in no mean and no n; its share is given."),
        text.gettext(
            "Certainty A to D of a lesson: our own rule, adapted from GRADE; it counts independent "
            "families of initiatives, not projects."
        ),
        text.gettext(
            "A plan rests on stored snapshots: later ratings do not change it. The hash on the "
            "cover is made of everything that stands in this document: text, status, reports, "
            "values and days."
        ),
    )


def glossary(language: str) -> list[Block]:
    """Explain the words a reader meets."""
    text = translator(language)
    entries = (
        (
            text.gettext("Finding"),
            text.gettext("What one source shows, with its uncertainty."),
        ),
        (
            text.gettext("Recommendation"),
            text.gettext("Who should do what, because of which findings."),
        ),
        (
            text.gettext("Action"),
            text.gettext("A line of the plan: one responsible body, dates, costs, indicators."),
        ),
        (
            text.gettext("Baseline"),
            text.gettext("The value of an indicator before the plan begins."),
        ),
        (
            text.gettext("Milestone"),
            text.gettext("What has to be reached by a date."),
        ),
        (
            text.gettext("Snapshot"),
            text.gettext("A state that is stored with its hash and never changed."),
        ),
    )
    return [LabelledPart(name, (Paragraph(words),)) for name, words in entries]
