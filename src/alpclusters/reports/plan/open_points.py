"""What is open: every point a check found, and who let which error pass and why."""

from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.coverage import Severity
from alpclusters.reports.blocks import Block, Column, Heading, Paragraph, Row, RowGroup, Table
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.subject import OpenPoint, PlanSubject
from alpclusters.reports.plan_coverage import severity_words, signed_words


def open_point_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return the chapter of the open points."""
    text = translator(language)
    blocks: list[Block] = [Heading(text.gettext("Open points"), level=1)]
    if not subject.open_points:
        return [*blocks, Paragraph(text.gettext("The checks of the plan found nothing."))]
    blocks += [coverage_table(subject, language)]
    if subject.record.signed_off_reason:
        blocks.append(Paragraph(signed_words(subject.record.signed_off_reason, language)))
    return blocks


def coverage_table(subject: PlanSubject, language: str) -> Table:
    """List the points, errors first, then by what they are about."""
    text = translator(language)
    columns = (Column(text.gettext("Subject")), Column(text.gettext("What is open")))
    rows: list[Row | RowGroup] = []
    for severity in Severity:
        title = severity_words(severity, language)
        found = [point for point in subject.open_points if point.severity == severity]
        if found:
            rows.append(RowGroup(title, format_integer(len(found), language)))
            rows += [(point.code, _words(point, language)) for point in found]
    caption = text.gettext("What the checks found")
    return Table(columns, tuple(rows), caption, row_head=1, name=text.gettext("Open points"))


def _words(point: OpenPoint, language: str) -> str:
    if not point.is_signed_off:
        return point.words
    return f"{point.words} {translator(language).gettext('Let pass, see the reason below.')}"
