"""How the plan is watched: the rules by which a status is computed, from their parameters."""

from alpclusters.analysis.plans import DEFAULT_RULES
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Bullets, Heading, Paragraph
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan.subject import PlanSubject


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
