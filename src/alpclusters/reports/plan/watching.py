"""What is watched of a plan: rules of status, risks, open points."""

from alpclusters.analysis.plans import DEFAULT_RULES
from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.coverage import Severity
from alpclusters.platform.policy.domain.records import RiskLine
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Row,
    RowGroup,
    Run,
    Table,
    Text,
)
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan.reading import OpenPoint, PlanSubject
from alpclusters.reports.plan_words.coverage import severity_words, signed_words

# --- How the plan is watched: the rules by which a status is computed, from their parameters ------


def monitoring_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return the chapter on how the plan is watched."""
    text = translator(language)
    return [
        Heading(text.gettext("How the plan is watched"), level=1, same_page=True),
        Paragraph(
            text.gettext(
                "Nobody chooses a colour: the status follows from dates, milestones and reports. "
                "A person may set another one beside it, with a reason, for two rounds at most."
            )
        ),
        Bullets(rule_sentences(subject.record.reporting_days, language)),
    ]


def rule_sentences(reporting_days: int, language: str) -> tuple[str, ...]:
    """Say the rules with their parameters."""
    text, rules = translator(language), DEFAULT_RULES

    def days(n: int) -> str:
        return format_integer(n, language)

    return (
        text.gettext(
            "On track: expected to be finished at most %(share)s of the duration late (at least "
            "%(least)s, at most %(most)s days)."
        )
        % {
            "share": format_percent(rules.green_share, language),
            "least": days(rules.green_least_days),
            "most": days(rules.green_most_days),
        },
        text.gettext(
            "Delayed: at most %(share)s of the duration (at least %(least)s, at most %(most)s "
            "days). Beyond that: far behind."
        )
        % {
            "share": format_percent(rules.yellow_share, language),
            "least": days(rules.yellow_least_days),
            "most": days(rules.yellow_most_days),
        },
        text.gettext(
            "An open milestone counts as delayed %(first)s days after its date, as far behind "
            "after %(second)s days, critical ones after %(third)s."
        )
        % {
            "first": days(rules.milestone_green_days),
            "second": days(rules.milestone_yellow_days),
            "third": days(rules.milestone_critical_days),
        },
        text.gettext(
            "No report for more than %(days)s days: nobody knows. Then no other status is shown."
        )
        % {"days": days(reporting_days + rules.report_grace_days)},
        text.gettext(
            "Indicators are compared with their path on the date of the value: up to %(first)s "
            "of the way behind is on track, up to %(second)s delayed."
        )
        % {
            "first": format_percent(rules.indicator_green, language),
            "second": format_percent(rules.indicator_yellow, language),
        },
        text.gettext("Convention of these rules: %(convention)s.")
        % {"convention": rules.convention},
    )


# --- What could go wrong, and the answer to it ----------------------------------------------------


def risk_sentence(risk: RiskLine, language: str) -> Text:
    """Say a risk with how likely and how bad it is, from 1 to 3, then the answer."""
    degrees = translator(language).gettext("likely %(likelihood)s of 3, bad %(impact)s of 3") % {
        "likelihood": format_integer(risk.likelihood, language),
        "impact": format_integer(risk.impact, language),
    }
    answer = word(risk.answer, language)
    said = Run(f"{word(risk.text, language)} ({degrees})")
    return (said, Run(f" {answer}", emphasis=True)) if answer else (said,)


# --- What is open: every point a check found, and who let which error pass and why ----------------


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
