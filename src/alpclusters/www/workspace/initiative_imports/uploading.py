"""A file of projects comes in and is recognised; which of its projects are meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.actors.models import ImportRun, ImportSource
from alpclusters.platform.evidence.domain.importing import (
    ALPINE,
    ProjectChoices,
    choose,
    ensure_project_source,
    spool_path,
    start_run,
)
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.sources.project_filters import ProjectFilter, is_years
from alpclusters.sources.project_sources import TABLE, guess_kind
from alpclusters.sources.project_spool import ProjectSpool, SpooledProject
from alpclusters.www.signed_in import SignedInRequest
from alpclusters.www.workspace.imports.run_list import AROUND, discard, largest_upload, store_upload
from alpclusters.www.workspace.imports.run_states import figure, job_of
from alpclusters.www.workspace.initiative_imports import run_list
from alpclusters.www.workspace.initiative_imports.run_list import (
    UNPROCESSABLE,
    frame,
    own_run,
    require_right,
)
from alpclusters.www.workspace.sentences import placed_sentence

# --- What a person says about a file of projects, and which of its projects are wanted ------------


AUTO: Final = "auto"
ACCEPT: Final = ".csv,.tsv,.txt,.xlsx,.zip,.json"
ALPS: Final = "alps"
ALL: Final = "all"
LONGEST: Final = 60


class UploadForm(forms.Form):
    """The file, and whose it is."""

    file = forms.FileField(
        label=gettext_lazy("File"), widget=forms.ClearableFileInput(attrs={"accept": ACCEPT})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Whose file is it?"),
        choices=(
            (AUTO, gettext_lazy("the program finds out")),
            ("cordis", "CORDIS"),
            ("keep", "keep.eu"),
            ("kohesio", "Kohesio"),
            ("table", gettext_lazy("a table of our own")),
        ),
        initial=AUTO,
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Show the initiatives to the public"),
        required=False,
        initial=True,
        help_text=gettext_lazy("With their source, and marked as unverified."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "An archive of CORDIS, an export of keep.eu (XLSX or JSON), projects of Kohesio, or a "
            "table of your own with a column “acronym”; at most %(size)s MB."
        ) % {"size": figure(settings.CONFIGURATION.import_mb)}


class FilterForm(forms.Form):
    """Which projects of the file are looked at."""

    words = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("All of them have to stand in the project."),
    )
    country = forms.ChoiceField(label=gettext_lazy("Partners from"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("Programme"), required=False)
    years = forms.CharField(
        label=gettext_lazy("Years"),
        required=False,
        max_length=11,
        help_text=gettext_lazy("Such as 2014-2020."),
    )

    def __init__(self, spool: ProjectSpool, data: Any) -> None:
        super().__init__({"country": ALPS, **data})
        language = get_language()
        places = [
            (code, f"{country_name(code, language)} ({figure(n)})") for code, n in spool.countries()
        ]
        field: Any = self.fields["country"]
        field.choices = [
            (ALPS, _("the countries of the Alps")),
            (ALL, _("anywhere")),
            *sorted(places, key=lambda one: one[1]),
        ]
        programmes: Any = self.fields["programme"]
        programmes.choices = [
            ("", _("all programmes")),
            *((name, f"{_cut(name)} ({figure(n)})") for name, n in spool.programmes() if name),
        ]

    def clean_years(self) -> str:
        """Ask for years that are years."""
        years: str = self.cleaned_data["years"].strip()
        if years and not is_years(years):
            raise forms.ValidationError(_("Write a year, or two of them: 2014-2020."))
        return years

    def wanted(self) -> ProjectFilter:
        """Return the filter of a form that is valid."""
        data = self.cleaned_data
        country = data["country"] or ALPS
        countries = ALPINE if country == ALPS else () if country == ALL else (country,)
        return ProjectFilter(
            words=(data["words"],) if data["words"].strip() else (),
            countries=countries,
            programmes=(data["programme"],) if data["programme"] else (),
            years=data["years"],
        )


def _cut(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"


# --- The first step: a file of projects comes in, is recognised, and gets a run -------------------


TOO_LARGE: Final = 413


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_import_new(request: SignedInRequest) -> HttpResponse:
    """Ask for a file; one that cannot be read is refused with the reason and thrown away."""
    require_right(request)
    if request.method != "POST":
        return _uploading_show(request, UploadForm())
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if declared.isdecimal() and int(declared) > largest_upload() + AROUND:
        form = UploadForm({}, {})
        form.is_valid()
        form.errors.clear()
        return _too_large(request, form)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _uploading_show(request, form, status=UNPROCESSABLE)
    if form.cleaned_data["file"].size > largest_upload():
        return _too_large(request, form)
    return _take(request, form)


def _take(request: SignedInRequest, form: UploadForm) -> HttpResponse:
    path = store_upload(form.cleaned_data["file"])
    try:
        run = _run_for(path, form, request)
    except AlpClustersError as error:
        discard(path)
        form.add_error("file", placed_sentence(error))
        return _uploading_show(request, form, status=UNPROCESSABLE)
    except BaseException:
        discard(path)
        raise
    run_list.begin(run.pk, run_list.READ)
    return redirect("workspace:initiative-import-run", pk=run.pk)


def _run_for(path: Path, form: UploadForm, request: SignedInRequest) -> ImportRun:
    """Look at the file before its source is made: a file that is none leaves nothing."""
    data = form.cleaned_data
    name = PurePath(data["file"].name).name
    kind = data["kind"] if data["kind"] != AUTO else guess_kind(path)
    choices = ProjectChoices(
        kind=kind,
        language=nearest_language(get_language()),
        is_published=data["is_published"],
    )
    with transaction.atomic():
        return start_run(_source(kind, name), path, name=name, by=request.user, choices=choices)


def _source(kind: str, name: str) -> ImportSource:
    if kind != TABLE:
        return ensure_project_source(kind)
    stem = PurePath(name).stem
    return ensure_project_source(kind, key=slugify(stem)[:50] or "list", name=stem)


def _too_large(request: HttpRequest, form: UploadForm) -> HttpResponse:
    form.add_error("file", _too_large_words())
    return _uploading_show(request, form, status=TOO_LARGE)


def _too_large_words() -> str:
    text = _("The file is larger than %(size)s MB. Split it, or import it on the server.")
    return text % {"size": figure(settings.CONFIGURATION.import_mb)}


def _uploading_show(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "most": largest_upload(),
        "too_large": _too_large_words(),
        "days": settings.CONFIGURATION.import_days,
        **frame(
            "file",
            title=_("Import projects"),
            lead=_(
                "Earlier projects from CORDIS, keep.eu, Kohesio or a table of your own. You look "
                "through them first and choose."
            ),
        ),
    }
    return render(request, "workspace/initiative_imports/new.html", context, status=status)


# --- The second step: look through the projects of a file, and say which ones are wanted ----------


SHOWN: Final = 50
# Of text that tells what a project is about.
START: Final = 200


@dataclass(frozen=True)
class Hit:
    """One project of the file in words."""

    key: str
    acronym: str
    title: str
    programme: str
    years: str
    countries: str
    n_partners: str
    start: str


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def initiative_import_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the first hits of a filter; a button takes all of them, or those that are ticked."""
    run = own_run(request, pk)
    job = job_of(run)
    spool = ProjectSpool.opened(spool_path(run), sha256=run.digest)
    if spool is None or (job is not None and job.is_active) or run.next_line:
        if spool is not None:
            spool.close()
        else:
            spool_path(run).unlink(missing_ok=True)  # of another list or an older program
        return redirect("workspace:initiative-import-run", pk=pk)
    with spool:
        given = request.POST if request.method == "POST" else request.GET
        form = FilterForm(
            spool, {name: given[name] for name in FilterForm.base_fields if name in given}
        )
        if request.method == "POST":
            return _choose(request, run, spool, form)
        return _choosing_show(request, run, spool, form)


def _choose(
    request: HttpRequest, run: ImportRun, spool: ProjectSpool, form: FilterForm
) -> HttpResponse:
    if not form.is_valid():
        return _choosing_show(request, run, spool, form)
    wanted = form.wanted()
    if request.POST.get("take") == "ticked":
        wanted = ProjectFilter(keys=tuple(request.POST.getlist("key")[:SHOWN]))
        if not wanted.keys:
            problem = _("Tick at least one project, or take all of them.")
            return _choosing_show(request, run, spool, form, problem=problem)
    elif not spool.count(wanted):
        return _choosing_show(request, run, spool, form)
    try:
        choose(run, wanted)
        run_list.begin(run.pk, run_list.CHECK)
    except AlpClustersError as error:
        messages.error(request, placed_sentence(error))
    return redirect("workspace:initiative-import-run", pk=run.pk)


def _choosing_show(
    request: HttpRequest,
    run: ImportRun,
    spool: ProjectSpool,
    form: FilterForm,
    *,
    problem: str = "",
) -> HttpResponse:
    is_valid = form.is_valid()
    wanted = form.wanted() if is_valid else ProjectFilter()
    n_hits = spool.count(wanted) if is_valid else 0
    hits = [_hit(one) for one in spool.projects(wanted, most=SHOWN)] if n_hits else []
    context: dict[str, Any] = {
        "run": run,
        "form": form,
        "hits": hits,
        "problem": problem,
        "caption": _caption(n_hits, spool.facts.projects.records),
        "shown": _shown(n_hits, len(hits)),
        "take_all": _take_all(n_hits),
        **frame(
            "choose",
            title=_("Which projects do you want?"),
            kicker=run.source.name,
            lead=_("Nothing is stored yet. Search in the file, then take all hits or tick some."),
        ),
    }
    status = 200 if is_valid and not problem else UNPROCESSABLE
    return render(request, "workspace/initiative_imports/choose.html", context, status=status)


def _caption(n_hits: int, n_all: int) -> str:
    text = ngettext(
        "%(hits)s of %(all)s project of the file", "%(hits)s of %(all)s projects of the file", n_all
    )
    return text % {"hits": figure(n_hits), "all": figure(n_all)}


def _shown(n_hits: int, n_shown: int) -> str:
    if n_hits <= n_shown:
        return ""
    return _("The first %(n)s are shown; narrow the search to see others.") % {"n": figure(n_shown)}


def _take_all(n_hits: int) -> str:
    text = ngettext("Take %(n)s project", "Take all %(n)s projects", n_hits)
    return text % {"n": figure(n_hits)}


def _hit(one: SpooledProject) -> Hit:
    project = one.project
    title = next(iter(project.titles.values()), "")
    aims = next(iter(project.texts.get("aims", {}).values()), "")
    countries = dict.fromkeys(body.country for body in one.participations if body.country)
    return Hit(
        key=project.key,
        acronym=project.acronym,
        title=title if title != project.acronym else "",
        programme=" ".join(filter(None, (project.programme, project.period))),
        years=_years([project.start, project.end]),
        countries=" ".join(countries),
        n_partners=figure(len(one.participations)),
        start=aims if len(aims) <= START else f"{aims[:START].rsplit(' ', 1)[0]} …",
    )


def _years(days: Sequence[Any]) -> str:
    return "–".join(str(day.year) for day in days if day is not None)
