"""``alpclusters plan``: an action plan, its report, the evaluation as DOCX, PDF, HTML, XLSX."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from alpclusters.cli.speech import Speech
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.codes import LANGUAGE_CODES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from alpclusters.platform.configuration import Configuration
    from alpclusters.platform.policy.models import ActionPlan
    from alpclusters.reports.blocks import Document
    from alpclusters.reports.plan import PlanSubject

HELP: Final = _("write an action plan or its reports as DOCX, PDF, HTML and XLSX")
WHAT: Final = ("export", "report", "evaluation")
NAMES: Final = {"export": "plan", "report": "report", "evaluation": "evaluation"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, which plan and where to write."""
    parser.add_argument(
        "what",
        choices=WHAT,
        help=_(
            "export: the plan; report: its latest monitoring report; evaluation: all "
            "recommendations and results of the project"
        ),
    )
    parser.add_argument(
        "--project", metavar="KEY", help=_("key of the project; default: the demonstration")
    )
    parser.add_argument("--plan", metavar="KEY", help=_("key of the plan; default: the newest"))
    parser.add_argument(
        "--out",
        type=Path,
        required=True,
        help=_("folder for the results; it must not exist or be empty"),
    )
    parser.add_argument(
        "--summary",
        choices=LANGUAGE_CODES,
        help=_("write the one-page summary too, in this language"),
    )
    parser.add_argument(
        "--template",
        type=Path,
        metavar="FILE.docx",
        help=_("fill this template of your own as well"),
    )
    parser.add_argument("--force", action="store_true", help=_("replace an earlier export"))


def run(args: argparse.Namespace) -> int:
    """Read the plan, write all files into a folder that appears whole, say what it was."""
    from alpclusters.cli.django_setup import setup_django
    from alpclusters.cli.output_folder import check_target, whole_folder

    speech = Speech(args.language)
    check_target(args.out, force=args.force, ours=f"{NAMES[args.what]}.pdf")
    _check_template(args.template)
    configuration = setup_django()
    _make_ready(configuration, speech, is_demonstration=args.project is None)
    plan = chosen_plan(args.project, args.plan)
    speech.say(speech.gettext("Writing the documents"))
    with whole_folder(args.out) as folder:
        files = _write(plan, folder, speech.language, args)
    speech.say(speech.gettext("Written: %(folder)s") % {"folder": args.out})
    told = {
        "plan": plan.slug,
        "version": plan.version,
        "language": speech.language,
        "simulated": plan.is_simulated,
        "files": files,
        "out": str(args.out),
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


def _check_template(path: Path | None) -> None:
    from alpclusters.analysis.errors import InputError, Where

    if path is not None and not path.is_file():
        code = "path.missing"
        raise InputError(code, where=Where(file=str(path)))


def _make_ready(configuration: "Configuration", speech: Speech, *, is_demonstration: bool) -> None:
    """Make tables and the demonstration where a fresh installation has none."""
    from django.db import connection

    from alpclusters.platform.operation.demonstration import create_demonstration, has_demonstration
    from alpclusters.platform.operation.prepare import prepare

    if "policy_actionplan" not in connection.introspection.table_names():
        prepare(configuration.home, say=speech.step)
    if is_demonstration and not has_demonstration():
        speech.step(_("demonstration project"))
        create_demonstration()


def chosen_plan(project: str | None, plan: str | None) -> "ActionPlan":
    """Return the plan that is named, or the newest of the project: published before drafts.

    Raises
    ------
    InputError
        ``plan.unknown_project``, ``plan.unknown``, ``plan.none``.
    """
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.platform.partnership.models import Project
    from alpclusters.platform.policy.models import ActionPlan

    plans = ActionPlan.objects.select_related("project", "parent")
    if project is not None:
        if not Project.objects.filter(slug=project).exists():
            known = ", ".join(Project.objects.order_by("slug").values_list("slug", flat=True)[:12])
            raise InputError(
                "plan.unknown_project", where=Where(argument="--project"), found=project,
                expected=known or "–",
            )  # fmt: skip
        plans = plans.filter(project__slug=project)
    elif plan is None:
        plans = plans.filter(project__kind=Project.Kind.DEMONSTRATION)
    if plan is not None:
        found = plans.filter(slug=plan).first()
        if found is None:
            known = ", ".join(plans.order_by("slug").values_list("slug", flat=True)[:12])
            raise InputError(
                "plan.unknown", where=Where(argument="--plan"), found=plan, expected=known or "–"
            )
        return found
    newest = max(plans, key=_rank, default=None)
    if newest is None:
        raise InputError("plan.none", where=Where(argument="--project"), found=project or "–")
    return newest


def _rank(plan: "ActionPlan") -> tuple[bool, bool, int]:
    """Prefer published plans, then those above others, then the newest."""
    return plan.is_published, plan.parent_id is None, plan.pk


def _write(plan: "ActionPlan", folder: Path, language: str, args: argparse.Namespace) -> list[str]:
    from django.utils import timezone

    from alpclusters.platform.policy.domain.records import today_of

    now = timezone.now()
    today = today_of(plan, now)
    if args.what == "export":
        files = _plan_files(plan, now, language, args)
    else:
        document = _report(plan) if args.what == "report" else _evaluation(plan, today)
        files = _document_files(plan, document(language), NAMES[args.what], now=now)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return list(files)


def _plan_files(
    plan: "ActionPlan", now: "datetime", language: str, args: argparse.Namespace
) -> dict[str, bytes]:
    from alpclusters.platform.policy.domain.records import today_of
    from alpclusters.reports.plan import (
        build_plan_document,
        build_plan_workbook,
        build_summary_document,
        read_subject,
    )

    today = today_of(plan, now)
    subject = read_subject(plan, today=today, language=language)
    whole, book = (
        build(subject, language=language) for build in (build_plan_document, build_plan_workbook)
    )
    files = _document_files(plan, whole, "plan", "docx", "pdf", "html", now=now)
    files |= _document_files(plan, book, "plan", "xlsx", now=now)
    if args.template is not None:
        files["own.docx"] = _own(plan, subject, whole, args.template, now)
    if args.summary is not None:
        other = read_subject(plan, today=today, language=args.summary)
        summary = build_summary_document(other, language=args.summary)
        files |= _document_files(plan, summary, "summary", "pdf", "docx", now=now)
    return files


def _own(
    plan: "ActionPlan", subject: "PlanSubject", whole: "Document", path: Path, now: "datetime"
) -> bytes:
    from alpclusters.reports.plan import fill_own_template, note_handed_out, own_digest

    data, language = path.read_bytes(), whole.language
    filled = fill_own_template(data, subject, language=language, name=path.name)
    note_handed_out(plan, whole, now=now, digest=own_digest(data, subject, language))
    return filled


def _report(plan: "ActionPlan") -> "Callable[[str], Document]":
    from alpclusters.analysis.errors import InputError, Where
    from alpclusters.reports.plan_monitoring import build_monitoring_document, read_monitoring

    subject = read_monitoring(plan)
    if subject is None:
        raise InputError("plan.no_report", where=Where(argument="--plan"), found=plan.slug)
    return lambda language: build_monitoring_document(subject, language=language)


def _evaluation(plan: "ActionPlan", today: "date") -> "Callable[[str], Document]":
    from alpclusters.reports.plan_evaluation import build_overall_evaluation, read_recommendations

    return lambda language: build_overall_evaluation(
        read_recommendations(plan.project, today=today, language=language), language=language
    )


def _document_files(
    plan: "ActionPlan", document: "Document", name: str, *endings: str, now: "datetime"
) -> dict[str, bytes]:
    from alpclusters.reports.plan import note_handed_out
    from alpclusters.reports.plan.files import WRITERS

    note_handed_out(plan, document, now=now)
    return {f"{name}.{ending}": WRITERS[ending](document) for ending in endings or WRITERS}
