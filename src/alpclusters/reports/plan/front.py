"""The cover and the one page that has to be enough: what, how sure, what it costs, what is open."""

from collections.abc import Sequence

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.records import PlanRecord
from alpclusters.platform.policy.models import Recommendation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Cell,
    Column,
    Columns,
    Cover,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Row,
    Run,
    Status,
    Table,
)
from alpclusters.reports.captions import kept_sentence
from alpclusters.reports.dates import format_date, format_date_range, format_year_range
from alpclusters.reports.numbers import format_integer, format_money
from alpclusters.reports.plan.findings import evidence_figure
from alpclusters.reports.plan.reading import OpenPoint, PlanSubject
from alpclusters.reports.plan.words import choice_word, level_name, money
from alpclusters.reports.plan_words.status import kind_of

_SHOWN_ACTIONS = 6
_SHOWN_MEASURES = 4
_SHOWN_POINTS = 2
# Alone, the page carries the title too.
_ACTIONS_ALONE = 4
_MEASURES_ALONE = 3


def cover_of(record: PlanRecord, language: str) -> Cover:
    """Return the cover: project and years, regions, languages, what is simulated."""
    text = translator(language)
    regions = ", ".join(word(region, language) for region in record.regions)
    facts = [(text.gettext("Languages"), ", ".join(code for code, _ in LANGUAGES))]
    if regions:
        facts.insert(0, (text.gettext("Regions"), regions))
    if record.policy_instrument:
        facts.append((text.gettext("Policy instrument"), record.policy_instrument))
    if record.starts_on and record.ends_on:
        period = format_date_range(record.starts_on, record.ends_on, language)
        facts.append((text.gettext("Period"), period))
    statement = text.gettext(
        "All people, bodies, ratings and dates in this document are simulated. It shows what a "
        "plan looks like and says nothing about a real project."
    )
    kicker = " · ".join(part for part in (record.acronym, _years(record, language)) if part)
    return Cover(kicker, tuple(facts), statement if record.is_simulated else "")


def summary_blocks(subject: PlanSubject, language: str, *, is_alone: bool = False) -> list[Block]:
    """Return the page of the summary; alone, it leaves room for the title of the plan."""
    record = subject.record
    text = translator(language)
    blocks: list[Block] = [
        Heading(text.gettext("Summary"), level=1),
        Paragraph(word(record.summary, language), "lead"),
        key_figures(subject, language),
    ]
    most = _MEASURES_ALONE if is_alone else _SHOWN_MEASURES
    figure = evidence_figure(record.evidence, language, most=most)
    if figure is not None:
        blocks.append(figure)
    most = _ACTIONS_ALONE if is_alone else _SHOWN_ACTIONS
    blocks.append(summary_table(record, language, most=most))
    # With a cover in front, that says it.
    note = [standing_note(record, language)] if is_alone else []
    return [*blocks, Columns(*_open_and_next(subject, language)), *note]


def standing_note(record: PlanRecord, language: str) -> Paragraph:
    """Say of when the text is, of when status and reports are, and which report was kept last."""
    text = translator(language)
    told = {"version": f"{record.version}.0", "day": format_date(record.today, language)}
    if record.text_on is None:
        words = text.gettext(
            "Draft of version %(version)s. Text, status, reports and values as of %(day)s."
        )
    else:
        told["date"] = format_date(record.text_on, language)
        words = text.gettext(
            "Text: version %(version)s of %(date)s. Status, reports and values as of %(day)s."
        )
    kept = f" {kept_sentence(record.snapshot, language)}" if record.snapshot else ""
    return Paragraph(words % told + kept, "note")


def key_figures(subject: PlanSubject, language: str) -> KeyFigures:
    """Count actions, recommendations and measures, and say how many people rated at most."""
    record = subject.record
    text = translator(language)
    n_actions, n_recommendations = len(record.outlines), len(subject.recommendations)
    measures = len({line.measure_key for line in record.evidence if line.measure_key})
    people = max((line.n or 0 for line in record.evidence), default=0)
    return KeyFigures(
        (
            KeyFigure(
                format_integer(n_actions, language),
                text.ngettext("action", "actions", n_actions),
                _levels(record, language),
            ),
            KeyFigure(
                format_integer(n_recommendations, language),
                text.ngettext("recommendation", "recommendations", n_recommendations),
                _strengths(subject, language),
            ),
            KeyFigure(
                format_integer(measures, language),
                text.ngettext("rated measure behind it", "rated measures behind it", measures),
            ),
            KeyFigure(
                format_integer(people, language),
                text.gettext("people at most behind one figure"),
                text.gettext("n of each figure: annex A"),
            ),
        )
    )


def summary_table(record: PlanRecord, language: str, *, most: int = _SHOWN_ACTIONS) -> Table:
    """List the actions with body, period and cost; each currency has its own sum."""
    text = translator(language)
    shown = record.actions[:most]
    paid = {cost.currency for action in shown for cost in action.costs}
    currencies = [sums.currency for sums in record.money_sums if sums.currency in paid]
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Action")),
        Column(text.gettext("Responsible body")),
        Column(text.gettext("End"), "date"),
        Column(text.gettext("Status"), "status"),
        *(Column(text.gettext("Cost"), "number", unit=c, decimals=0) for c in currencies),
    )
    rows: tuple[Row, ...] = tuple(
        (
            action.code,
            word(action.title, language),
            action.responsible,
            action.ends_on,
            Status(kind_of(action)),
            *(
                _sum([c.amount_cents for c in action.costs if c.currency == currency])
                for currency in currencies
            ),
        )
        for action in shown
    )
    rest = len(record.outlines) - len(shown)
    note = text.ngettext(
        "%(n)s more action: see the overview of the actions.",
        "%(n)s more actions: see the overview of the actions.",
        rest,
    ) % {"n": format_integer(rest, language)}
    return Table(
        columns,
        rows,
        text.gettext("What the plan provides for"),
        note if rest else "",
        row_head=1,
        name=text.gettext("Actions"),
    )


def _sum(cents: Sequence[int]) -> Cell:
    return money(sum(cents)) if cents else None


def _levels(record: PlanRecord, language: str) -> str:
    counts = {level: len(lines) for level, lines in record.by_level()}
    return ", ".join(
        f"{level_name(level, language)}: {format_integer(n, language)}"
        for level, n in counts.items()
    )


def _strengths(subject: PlanSubject, language: str) -> str:
    shown = [line.shown for line in subject.strengths.values()]
    parts = [
        f"{choice_word(Recommendation.Strength, value, language)}: {format_integer(n, language)}"
        for value in Recommendation.Strength.values
        if (n := shown.count(value))
    ]
    return ", ".join(parts)


def _open_and_next(
    subject: PlanSubject, language: str
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    text = translator(language)
    left = (_title(text.gettext("What is open")), *_open(subject, language))
    right = (
        _title(text.gettext("How it goes on")),
        Paragraph(
            text.gettext(
                "Every %(days)s days each responsible body says how its action stands. The "
                "status is computed from dates, milestones and reports."
            )
            % {"days": format_integer(subject.record.reporting_days, language)}
        ),
        *_money_line(subject.record, language),
    )
    return left, right


def _open(subject: PlanSubject, language: str) -> list[Block]:
    text = translator(language)
    found = [point for point in subject.open_points if point.severity != "info"]
    if not found:
        return [Paragraph(text.gettext("The checks of the plan found nothing."))]
    items = tuple(_point(point) for point in found[:_SHOWN_POINTS])
    blocks: list[Block] = [Bullets(items)]
    if len(found) > len(items):
        n = len(found)
        words = text.ngettext(
            "%(n)s point in all: see the chapter on open points.",
            "%(n)s points in all: see the chapter on open points.",
            n,
        ) % {"n": format_integer(n, language)}
        blocks.append(Paragraph(words, "note"))
    return blocks


def _point(point: OpenPoint) -> str:
    return f"{point.code}: {point.words}" if point.code else point.words


def _money_line(record: PlanRecord, language: str) -> list[Block]:
    text = translator(language)
    words = [
        text.gettext("Planned: %(planned)s, granted: %(granted)s.")
        % {
            "planned": format_money(sums.planned_cents, sums.currency, language),
            "granted": format_money(sums.granted_cents, sums.currency, language),
        }
        for sums in record.money_sums
    ]
    return [Paragraph(" ".join(words))] if words else []


def _years(record: PlanRecord, language: str) -> str:
    ends = [record.starts_on, record.ends_on]
    ends += [day for a in record.outlines for day in (a.starts_on, a.ends_on)]
    years = [day.year for day in ends if day]
    if not years:
        return ""
    first, last = min(years), max(years)
    return str(first) if first == last else format_year_range(first, last, language)


def _title(words: str) -> Paragraph:
    """Return a title that is no heading: the contents leave it out."""
    return Paragraph((Run(words, strong=True),))
