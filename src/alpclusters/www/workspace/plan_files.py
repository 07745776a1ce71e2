"""All files of a plan, and the template of a ministry that is filled with it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.policy.domain.records import today_of
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.blocks import Document
from alpclusters.reports.captions import file_name
from alpclusters.reports.errors import remedy, what
from alpclusters.reports.plan import (
    build_plan_document,
    build_plan_workbook,
    build_summary_document,
    fill_own_template,
    note_handed_out,
    own_digest,
    read_subject,
    sample_template,
)
from alpclusters.reports.plan_evaluation import build_overall_evaluation, read_recommendations
from alpclusters.reports.plan_monitoring import build_monitoring_document, read_monitoring
from alpclusters.sources.word_templates import MOST_MEGABYTES
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.documents import CONTENT_TYPES, TakenAway, sent, written
from alpclusters.www.workspace.policy.plan_forms import own_plan, plan_crumbs

# --- The template of a ministry: a file that is filled at once and kept nowhere -------------------


_MEGABYTE: Final = 1_000_000


class TemplateForm(forms.Form):
    """The template and the language it is filled in."""

    file = forms.FileField(
        label=gettext_lazy("Your template (DOCX)"),
        help_text=gettext_lazy(
            "A Word document with tags as in the sample, at most 10 MB. It is filled at once and "
            "not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)

    def clean_file(self) -> "UploadedFile[Any]":
        """Refuse what is too large before it is read."""
        sent: UploadedFile[Any] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_MEGABYTES * _MEGABYTE:
            raise ValidationError(_("The file is larger than 10 MB."))
        return sent


# --- All files of a plan, and the template of a ministry that is filled with it -------------------


FORMATS: Final = ("pdf", "docx", "html", "xlsx")
UNPROCESSABLE: Final = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_files(request: HttpRequest, pk: int) -> HttpResponse:
    """List the files of a plan; fill a template that is sent and hand it back."""
    plan = own_plan(request, pk)
    language = nearest_language(get_language())
    if request.method != "POST":
        return _page(request, plan, TemplateForm(initial={"language": language}))
    form = TemplateForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            return sent(_filled(plan, form))
        except FileFormatError as error:
            form.add_error("file", f"{what(error, language)} {remedy(error, language)}".strip())
    return _page(request, plan, form, status=UNPROCESSABLE)


@login_required
@require_safe
def plan_file(request: HttpRequest, pk: int, kind: str, format: str) -> HttpResponse:  # noqa: A002
    """Send the plan, its summary, its newest report or the evaluation, or the sample template."""
    plan = own_plan(request, pk)
    language = nearest_language(request.GET.get("language") or get_language())
    if kind == "sample" and format == "docx":
        name = f"ac_template_{language}.docx"
        return sent(TakenAway(name, CONTENT_TYPES["docx"], sample_template(language)))
    if kind not in _BUILDERS or format not in FORMATS:
        raise Http404
    document = _BUILDERS[kind](plan, language, format)
    note_handed_out(plan, document, now=timezone.now())
    return sent(written(document, format))


def _plan(plan: ActionPlan, language: str, format: str) -> Document:  # noqa: A002
    subject = read_subject(plan, today=today_of(plan, timezone.now()), language=language)
    build = build_plan_workbook if format == "xlsx" else build_plan_document
    return build(subject, language=language)


def _summary(plan: ActionPlan, language: str, _format: str) -> Document:
    subject = read_subject(plan, today=today_of(plan, timezone.now()), language=language)
    return build_summary_document(subject, language=language)


def _report(plan: ActionPlan, language: str, _format: str) -> Document:
    subject = read_monitoring(plan)
    if subject is None:
        raise Http404
    return build_monitoring_document(subject, language=language)


def _evaluation(plan: ActionPlan, language: str, _format: str) -> Document:
    today = today_of(plan, timezone.now())
    subject = read_recommendations(plan.project, today=today, language=language)
    return build_overall_evaluation(subject, language=language)


_BUILDERS: Final[Mapping[str, Callable[[ActionPlan, str, str], Document]]] = {
    "plan": _plan,
    "summary": _summary,
    "report": _report,
    "evaluation": _evaluation,
}


def _filled(plan: ActionPlan, form: TemplateForm) -> TakenAway:
    language, upload = form.cleaned_data["language"], form.cleaned_data["file"]
    subject = read_subject(plan, today=today_of(plan, timezone.now()), language=language)
    template = upload.read()
    content = fill_own_template(template, subject, language=language, name=upload.name)
    digest = own_digest(template, subject, language)
    document = build_summary_document(subject, language=language)
    note_handed_out(plan, document, now=timezone.now(), digest=digest)
    name = file_name(document, "docx", kind="own", digest=digest)
    return TakenAway(name, CONTENT_TYPES["docx"], content)


def _page(
    request: HttpRequest, plan: ActionPlan, form: TemplateForm, *, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": plan,
        "form": form,
        "files": _files(plan),
        "formats": FORMATS,
        "languages": LANGUAGES,
        "crumbs": plan_crumbs(plan, Crumb(_("Files"))),
        "simulated": plan.is_simulated,
    }
    return render(request, "workspace/plan_files/page.html", context, status=status)


def _files(plan: ActionPlan) -> list[tuple[str, str]]:
    """Return the kinds of files with their names; a report only once there is one."""
    found = [
        ("plan", _("The whole plan")),
        ("summary", _("The summary on one page")),
        ("evaluation", _("Evaluation of all recommendations and results")),
    ]
    if plan.snapshots.exists():
        found.insert(2, ("report", _("The newest monitoring report")))
    return found


urlpatterns: list[URLPattern] = [
    path("plans/<int:pk>/files/", plan_files, name="plan_files"),
    path("plans/<int:pk>/files/<str:kind>.<str:format>", plan_file, name="plan_file"),
]
