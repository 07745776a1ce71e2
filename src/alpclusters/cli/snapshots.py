"""``alpclusters snapshots verify``: whether the reports of plans are still as they were kept."""

import argparse
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.policy.models import ActionPlan

HELP = _("check that the kept reports of action plans are unchanged")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, the plan and the hash somebody holds."""
    parser.add_argument("what", choices=["verify"], help=_("verify: compute every hash again"))
    parser.add_argument("--plan", help=_("only this plan: the last part of its address"))
    parser.add_argument(
        "--expect",
        metavar="HASH",
        help=_(
            "a hash from a document, mail or feed, at least its first 12 digits: say what bears "
            "it; status 1 if nothing does"
        ),
    )


def run(args: argparse.Namespace) -> int:
    """Verify the chains; 1 if one is broken, or if nothing bears the hash that is expected."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    plan = _plan(args.plan) if args.plan else None
    return _expect(args.expect, plan, speech) if args.expect else _verify(plan, speech)


def _plan(slug: str) -> "ActionPlan":
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.platform.policy.models import ActionPlan

    plan = ActionPlan.objects.filter(slug=slug).first()
    if plan is None:
        code = "plan.unknown"
        raise InputError(code, where=Where(argument="--plan"), found=slug)
    return plan


def _verify(plan: "ActionPlan | None", speech: Speech) -> int:
    from alpclusters.platform.policy.domain.monitoring.verifying import verify_plans, with_reports
    from alpclusters.reports.plan_monitoring.document import verdict_sentence

    verdicts = list(verify_plans([plan] if plan else with_reports()))
    for one in verdicts:
        print(f"{one.plan.slug}: {verdict_sentence(one, speech.language)}")
    if not verdicts:
        print(speech.gettext("No report has been kept yet."))
    return 0 if all(one.is_whole for one in verdicts) else 1


def _expect(text: str, plan: "ActionPlan | None", speech: Speech) -> int:
    from alpclusters.platform.policy.domain.monitoring.verifying import expect
    from alpclusters.platform.policy.models import ActionPlan
    from alpclusters.reports.plan_monitoring.document import expected_sentence, unknown_sentence

    found = expect(text, plans=ActionPlan.objects.filter(pk=plan.pk) if plan else None)
    for one in found:
        print(f"{one.given.plan.slug}: {expected_sentence(one, speech.language)}")
    if not found:
        print(unknown_sentence(speech.language))
    return 0 if found and all(one.verdict.is_whole for one in found) else 1
