"""``alpclusters snapshots verify``: whether the reports of plans are still as they were kept."""

import argparse
from typing import TYPE_CHECKING

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _

if TYPE_CHECKING:
    from alpclusters.platform.policy.domain.monitoring.snapshots import Verdict

HELP = _("check that the kept reports of action plans are unchanged")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do and the plan."""
    parser.add_argument("what", choices=["verify"], help=_("verify: compute every hash again"))
    parser.add_argument("--plan", help=_("only this plan: the last part of its address"))


def run(args: argparse.Namespace) -> int:
    """Verify the chains; 1 if one is broken."""
    from alpclusters.cli.django_setup import setup_django

    speech = Speech(args.language)
    setup_django()
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.platform.policy.domain.monitoring.snapshots import verify_plans
    from alpclusters.platform.policy.models import ActionPlan

    plans = ActionPlan.objects.filter(snapshots__isnull=False).distinct().order_by("slug", "pk")
    if args.plan:
        plans = ActionPlan.objects.filter(slug=args.plan)
        if not plans.exists():
            code = "plan.unknown"
            raise InputError(code, where=Where(argument="--plan"), found=args.plan)
    verdicts = list(verify_plans(plans))
    for one in verdicts:
        print(_told(one, speech))
    if not verdicts:
        print(speech.gettext("No report has been kept yet."))
    return 0 if all(one.is_whole for one in verdicts) else 1


def _told(one: "Verdict", speech: Speech) -> str:
    if one.bad is None:
        text = speech.texts.ngettext(
            "%(plan)s: %(n)s report, unchanged", "%(plan)s: %(n)s reports, unchanged", one.n
        )
        return text % {"plan": one.plan.slug, "n": one.n}
    told = {"plan": one.plan.slug, "number": one.bad.number, "fault": one.fault}
    return _why(one, speech) % told


def _why(one: "Verdict", speech: Speech) -> str:
    """Say what is wrong with the first bad link."""
    sentences = {
        "number": speech.gettext(
            "%(plan)s: broken at report %(number)s: a report before it is missing"
        ),
        "previous": speech.gettext(
            "%(plan)s: broken at report %(number)s: it does not follow the report before it"
        ),
        "digest": speech.gettext(
            "%(plan)s: broken at report %(number)s: its content is not what was hashed"
        ),
        "content": speech.gettext(
            "%(plan)s: broken at report %(number)s: its content is not in its canonical form"
        ),
    }
    return sentences[one.fault]
