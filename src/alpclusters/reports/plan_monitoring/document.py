"""The monitoring report: what changed first, then how every action stands and why."""

from typing import Final

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Cover,
    Document,
    Heading,
    KeyFigures,
    Paragraph,
)
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.rules import rule_sentences
from alpclusters.reports.plan_figures import key_figure, plan_figures
from alpclusters.reports.plan_monitoring.changes import change_blocks
from alpclusters.reports.plan_monitoring.standing import day_of, standing_of
from alpclusters.reports.plan_monitoring.subject import MonitoringSubject
from alpclusters.reports.plan_monitoring.tables import (
    chain_table,
    indicator_blocks,
    late_blocks,
    missing_blocks,
    money_table,
    override_table,
    status_table,
    step_table,
)

_SHORT_PROJECT: Final = "demo"


def build_monitoring_document(subject: MonitoringSubject, *, language: str) -> Document:
    """Build the report of one snapshot in one language.

    Parameters
    ----------
    subject : MonitoringSubject
        From `reports.plan_monitoring.reading.read_monitoring`.
    language : str

    Returns
    -------
    Document
        The hash on it is that of the snapshot.
    """
    text = translator(language)
    plan = subject.plan
    name = text.gettext("Monitoring report %(n)s") % {"n": format_integer(subject.number, language)}
    return Document(
        title=word(plan["title"], language),
        language=language,
        kind="monitoring",
        date=subject.day,
        made_at=subject.made_at,
        blocks=tuple(_blocks(subject, language)),
        subtitle=name,
        short_title=name,
        publisher=plan["publisher"],
        version=f"{plan['version']}.0",
        digest=subject.digest,
        simulated=subject.content["simulated"],
        description=word(plan["summary"], language),
        keywords=(text.gettext("Monitoring"), subject.acronym),
        project=_SHORT_PROJECT if subject.content["simulated"] else subject.project,
        cover=_cover(subject, language),
    )


def _cover(subject: MonitoringSubject, language: str) -> Cover:
    text = translator(language)
    facts = [(text.gettext("As of"), format_date(subject.day, language))]
    round_ = subject.content["round"]
    if round_:
        first, last = day_of(round_["opens_on"]), day_of(round_["closes_on"])
        if first and last:
            period = format_date_range(first, last, language)
            facts.append((text.gettext("Reporting round"), period))
    statement = text.gettext(
        "All people, bodies, reports and dates in this document are simulated. It shows what a "
        "report looks like and says nothing about a real project."
    )
    return Cover(subject.acronym, tuple(facts), statement if subject.content["simulated"] else "")


def _blocks(subject: MonitoringSubject, language: str) -> list[Block]:
    text = translator(language)
    money, overrides = money_table(subject, language), override_table(subject, language)
    steps = step_table(subject, language)
    none = Paragraph(text.gettext("none"))
    return [
        *change_blocks(subject, language),
        Heading(text.gettext("How the actions stand"), level=1),
        _key_figures(subject, language),
        *_correction(subject, language),
        Paragraph(
            text.gettext("The forecast is computed from the pace so far; nobody promised it."),
            "note",
        ),
        status_table(subject, language),
        *late_blocks(subject, language),
        *indicator_blocks(subject, language),
        Heading(text.gettext("Money"), level=1),
        money or none,
        Heading(text.gettext("Corrections by people"), level=2),
        overrides or none,
        Heading(text.gettext("Missing answers"), level=2),
        *missing_blocks(subject, language),
        Heading(text.gettext("Next steps"), level=1),
        steps or none,
        Heading(text.gettext("Hash chain"), level=2),
        chain_table(subject, language),
        Heading(text.gettext("Rules of the status"), level=2),
        Bullets(rule_sentences(int(subject.plan["reporting_days"]), language)),
    ]


def _correction(subject: MonitoringSubject, language: str) -> list[Block]:
    corrected = subject.content["corrects"]
    if not corrected:
        return []
    words = translator(language).gettext("This report corrects report %(n)s: %(reason)s") % {
        "n": format_integer(corrected["number"], language),
        "reason": corrected["reason"],
    }
    return [Paragraph(words, "lead")]


def _key_figures(subject: MonitoringSubject, language: str) -> KeyFigures:
    standing = [standing_of(action) for action in subject.actions]
    return KeyFigures(tuple(key_figure(one, language) for one in plan_figures(standing, language)))
