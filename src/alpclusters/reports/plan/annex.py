"""The annexes: trail of every action, all findings, conventions, glossary."""

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import ActionLine, IndicatorLine
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Station,
    Table,
    TrailBox,
)
from alpclusters.reports.numbers import (
    format_figure,
    format_integer,
    format_money,
    format_n,
    format_number,
    format_with_unit,
)
from alpclusters.reports.plan.findings import evidence_table
from alpclusters.reports.plan.reading import PlanSubject, TrailCount
from alpclusters.reports.plan.words import cut

# --- The trail of an action, from the source to the value that was reported -----------------------


_HERE = 5


def trail_box(line: ActionLine, subject: PlanSubject, language: str) -> TrailBox:
    """Return the trail of an action; what nobody recorded is shown as missing.

    The value that was reported, or else the money, is the last station: once there is one.
    """
    text = translator(language)
    count = subject.trails.get(line.pk, TrailCount())
    stations = [
        _source_station(count, language),
        _lesson_station(count, line, language),
        _measure_station(line, language),
        _rating_station(line, language),
        _recommendation_station(line, language),
        Station(text.gettext("Action"), cut(word(line.title, language)), line.code),
    ]
    last = _value_station(line, language) or _funding_station(line, language)
    return TrailBox((*stations, last) if last else tuple(stations), current=_HERE)


def _source_station(count: TrailCount, language: str) -> Station:
    text = translator(language)
    if not count.documents:
        return Station(text.gettext("Source"), is_missing=True)
    n = text.ngettext("%(n)s document", "%(n)s documents", count.documents) % {
        "n": format_integer(count.documents, language)
    }
    return Station(text.gettext("Source"), cut(count.first_document), n)


def _lesson_station(count: TrailCount, line: ActionLine, language: str) -> Station:
    text = translator(language)
    grades = ", ".join(sorted({e.certainty for e in line.evidence if e.certainty}))
    if not count.lessons:
        return Station(text.gettext("Lesson"), is_missing=True)
    n = text.ngettext("%(n)s lesson", "%(n)s lessons", count.lessons) % {
        "n": format_integer(count.lessons, language)
    }
    return Station(
        text.gettext("Lesson"), cut(count.first_lesson), f"{n} · {grades}" if grades else n
    )


def _measure_station(line: ActionLine, language: str) -> Station:
    names = list(dict.fromkeys(word(e.measure, language) for e in line.evidence if e.measure_key))
    name = translator(language).gettext("Measure")
    return Station(name, cut(", ".join(names)), is_missing=not names)


def _rating_station(line: ActionLine, language: str) -> Station:
    text = translator(language)
    ratings = [e for e in line.evidence if e.n is not None and e.measure_key]
    if not ratings:
        return Station(text.gettext("Rating"), is_missing=True)
    first = ratings[0]
    people = format_n(first.n or 0, language)
    if first.estimate is None:
        return Station(text.gettext("Rating"), "", people)
    value = format_figure(first.estimate, first.scale, language)
    if first.scale is not None and not first.scale.is_share:
        high = format_integer(first.scale.ends[1], language)
        value = text.gettext("%(mean)s of %(high)s") % {"mean": value, "high": high}
    return Station(text.gettext("Rating"), value, people)


def _recommendation_station(line: ActionLine, language: str) -> Station:
    name = translator(language).gettext("Recommendation")
    if not line.recommendations:
        return Station(name, is_missing=True)
    codes = ", ".join(r.code for r in line.recommendations)
    return Station(name, cut(word(line.recommendations[0].title, language)), codes)


def _funding_station(line: ActionLine, language: str) -> Station | None:
    if not line.funding:
        return None
    first = line.funding[0]
    amount = format_money(first.amount_cents, first.currency, language)
    name = translator(language).gettext("Funding")
    return Station(name, cut(first.offer or first.source), amount)


def _value_station(line: ActionLine, language: str) -> Station | None:
    measured = [one for one in line.indicators if one.latest is not None]
    if not measured:
        return None
    name = translator(language).gettext("Value")
    return Station(name, cut(word(measured[0].name, language)), _value(measured[0], language))


def _value(line: IndicatorLine, language: str) -> str:
    if line.latest is None:
        return ""
    unit = word(line.unit, language)
    value = line.latest.value.normalize()
    return format_with_unit(value, unit, language) if unit else format_number(value, language)


# --- The annexes: trail of every action, all findings, conventions, glossary ----------------------


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
