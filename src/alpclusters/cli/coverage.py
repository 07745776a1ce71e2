"""``alpclusters coverage``: what plans lack, and whether that stops their publication."""

import argparse
import json
from typing import TYPE_CHECKING, Any, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.policy.domain.coverage import Coverage, Issue
    from alpclusters.platform.policy.models import ActionPlan

HELP: Final = _("check what action plans lack: owner, days, money, indicators, trail, languages")
OK: Final = 0
HAS_ERRORS: Final = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add which plan and in which form."""
    parser.add_argument("--plan", metavar="SLUG", help=_("only this plan; without it: all plans"))
    parser.add_argument("--json", action="store_true", help=_("print the answer as JSON"))


def run(args: argparse.Namespace) -> int:
    """Check, print; 1 if an error is left that nobody signed off."""
    from alpclusters.cli.django_setup import setup_django

    setup_django()
    speech = Speech(args.language)
    checked = [(plan, _coverage(plan)) for plan in _plans(args.plan)]
    if args.json:
        plans = [_record(plan, coverage, speech.language) for plan, coverage in checked]
        print(json.dumps({"schema": "alpclusters-coverage/1", "plans": plans}, ensure_ascii=False))
    else:
        print("\n".join(_lines(checked, speech)))
    is_open = any(coverage.open_errors for _plan, coverage in checked)
    return HAS_ERRORS if is_open else OK


def _plans(slug: str | None) -> "list[ActionPlan]":
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.platform.policy.models import ActionPlan

    plans = ActionPlan.objects.select_related("project").order_by("slug")
    if slug is None:
        return list(plans)
    found = list(plans.filter(slug=slug))
    if not found:
        code = "plan.unknown"
        raise InputError(code, where=Where(argument="--plan"), found=slug)
    return found


def _coverage(plan: "ActionPlan") -> "Coverage":
    from django.utils import timezone

    from alpclusters.platform.policy.domain.coverage import coverage_of
    from alpclusters.platform.policy.domain.plans import today_of

    return coverage_of(plan, today=today_of(plan, timezone.now()))


def _record(plan: "ActionPlan", coverage: "Coverage", language: str) -> dict[str, Any]:
    from alpclusters.platform.policy.domain.coverage import Severity

    return {
        "plan": plan.slug,
        "title": plan.title,
        "simulated": plan.is_simulated,
        "published": plan.is_published,
        "n": {severity.value: len(coverage.of(severity)) for severity in Severity},
        "n_open_errors": len(coverage.open_errors),
        "signed_off_reason": coverage.signed_reason,
        "left_out": dict(coverage.left_out),
        "issues": [_issue(issue, coverage, language) for issue in coverage.issues],
    }


def _issue(issue: "Issue", coverage: "Coverage", language: str) -> dict[str, Any]:
    from alpclusters.reports.plan_words.coverage import issue_line

    return {
        "key": issue.key,
        "check": issue.check.value,
        "severity": issue.severity.value,
        "on": issue.on.value,
        "code": issue.code,
        "part": issue.part,
        "languages": list(issue.languages),
        "params": dict(issue.params),
        "signed_off": issue.key in coverage.signed_keys,
        "sentence": issue_line(issue, language),
    }


def _lines(checked: "list[tuple[ActionPlan, Coverage]]", speech: Speech) -> list[str]:
    if not checked:
        return [speech.gettext("There is no action plan yet.")]
    return [line for plan, coverage in checked for line in _plan_lines(plan, coverage, speech)]


def _plan_lines(plan: "ActionPlan", coverage: "Coverage", speech: Speech) -> list[str]:
    from alpclusters.platform.policy.domain.coverage import Severity

    lines = [f"{plan.slug}  {plan.title}"]
    if plan.is_simulated:
        lines.append(speech.gettext("Example data (simulated)"))
    for severity in Severity:
        lines += _group(coverage, severity, speech)
    return [*lines, ""]


def _group(coverage: "Coverage", severity: Any, speech: Speech) -> list[str]:
    from alpclusters.reports.plan_words.coverage import issue_line, severity_words, signed_words

    language = speech.language
    issues = coverage.of(severity)
    is_signed = any(issue.key in coverage.signed_keys for issue in issues)
    marks = {True: "✓", False: "-"}
    return [
        f"  {severity_words(severity, language)}: {len(issues)}",
        *(
            f"    {marks[issue.key in coverage.signed_keys]} {issue_line(issue, language)}"
            for issue in issues
        ),
        *([f"    {signed_words(coverage.signed_reason, language)}"] if is_signed else []),
    ]
