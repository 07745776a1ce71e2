"""Begin a search for partners: for which organisation, whom to look for, earlier searches."""

import re
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import ClusterOrganisation, Organisation, OrganisationType
from alpclusters.platform.actors.rules import in_care_of
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.network.domain.matching.profiles import BRIDGING, Options, Question
from alpclusters.platform.network.domain.matching.searching import search_partners
from alpclusters.platform.network.models import MatchRun, Posting
from alpclusters.platform.network.rules import spoken_for_by
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Crumb
from alpclusters.www.signed_in import SignedInRequest

# --- Whose partners one may look for, and the place of the pages ----------------------------------


def searchable_by(user: User) -> QuerySet[Organisation]:
    """List the organisations for which a person may look for partners: spoken for, or in care."""
    care = in_care_of(user).order_by().values("organisation")
    own = spoken_for_by(user).order_by().values("pk")
    rows = Organisation.objects.filter(merged_into=None, cluster__isnull=False, is_listed=True)
    return (rows.filter(pk__in=own) | rows.filter(pk__in=care)).order_by("name", "pk")


def require_speaker(request: HttpRequest) -> None:
    """Answer 403 for people who speak for nobody and coordinate nothing."""
    if not request.user.has_perm("network.speak_for", None):
        raise PermissionDenied


def own_run(request: SignedInRequest, pk: int) -> MatchRun:
    """Return a search of an organisation one may look for partners for; others do not exist."""
    require_speaker(request)
    rows = MatchRun.objects.filter(organisation__in=searchable_by(request.user).order_by())
    rows = rows.select_related("organisation__region", "organisation__cluster", "posting")
    return get_object_or_404(rows, pk=pk)


def partner_crumbs(*last: Crumb) -> list[Crumb]:
    """Return the way to a page of the search for partners."""
    return [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("Partners"), reverse("workspace:partners") if last else ""),
        *last,
    ]


# --- Whom to look for: for which organisation, from where the search starts, and where to look


START: Final = MatchRun.Start
STARTS: Final = [(one.value, one.label) for one in (START.PROFILE, START.NEED, START.OFFER)]
CODE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{0,3}")
BRIDGES: Final = [
    ("0", _("not at all")),
    ("0.2", _("a little (up to 20 per cent more points)")),
    ("0.5", _("clearly (up to 50 per cent more points)")),
    ("1", _("strongly (up to twice the points)")),
]
LEAST: Final = 15


class PartnerForm(forms.Form):
    """The search as people fill it in."""

    use_required_attribute = False
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("For which organisation"), empty_label=None
    )
    start = forms.ChoiceField(
        label=_("Start from"), choices=STARTS, widget=forms.RadioSelect, initial=START.PROFILE
    )
    text = forms.CharField(
        label=_("What you look for, or offer"),
        help_text=_(
            "Two or three sentences in your own language; partners are found in all five. "
            "Not needed if you start from the profile."
        ),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(label=_("Language of your text"), choices=LANGUAGES)
    territory = forms.MultipleChoiceField(
        label=_("Countries"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.CharField(
        label=_("Only these regions"),
        help_text=_("Codes with commas between, such as ITH2, SI04"),
        max_length=200,
        required=False,
    )
    types = forms.MultipleChoiceField(
        label=_("Kind of organisation"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Working languages"),
        help_text=_("A partner has at least one of them."),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    bridging = forms.ChoiceField(
        label=_("Prefer pairs of regions that are missing"),
        help_text=_("Lifts partners from regions with which yours has few ties."),
        choices=BRIDGES,
        initial=str(BRIDGING),
    )
    with_partners = forms.BooleanField(
        label=_("Also propose those with whom we work already"), required=False
    )
    without_popularity = forms.BooleanField(
        label=_("Do not prefer organisations with many ties"), required=False
    )

    def __init__(
        self,
        *args: Any,
        organisations: QuerySet[Organisation],
        posting: Posting | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"language": nearest_language(get_language()), **kwargs.pop("initial", {})}
        super().__init__(*args, **kwargs | {"initial": initial})
        self.posting = posting
        fields: dict[str, Any] = self.fields
        fields["organisation"].queryset = organisations
        fields["territory"].choices = _countries()
        fields["types"].choices = _types()
        if len(fields["types"].choices) < 2:  # noqa: PLR2004 - nothing to choose among one
            del self.fields["types"]
        if posting is not None:
            for name in ("organisation", "start", "text", "language"):
                del self.fields[name]

    @property
    def questions(self) -> list[Any]:
        """The fields that say where the search starts."""
        names = ("organisation", "start", "text", "language")
        return [self[name] for name in names if name in self.fields]

    @property
    def filters(self) -> list[Any]:
        """The fields that say whom to leave out."""
        names = ("territory", "regions", "types", "languages")
        return [self[name] for name in names if name in self.fields]

    @property
    def weights(self) -> list[Any]:
        """The fields that say what counts more."""
        return [self[name] for name in ("bridging", "with_partners", "without_popularity")]

    def clean_regions(self) -> tuple[str, ...]:
        """Read codes; each must be a country or region that there is."""
        codes = [part.strip().upper() for part in self.cleaned_data["regions"].split(",")]
        wanted = tuple(dict.fromkeys(code for code in codes if code))
        known = set(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
        unknown = [code for code in wanted if not CODE.fullmatch(code) or code not in known]
        if unknown:
            raise forms.ValidationError(
                _("No region has the code %(codes)s. Look codes up under “Regions”."),
                code="unknown",
                params={"codes": ", ".join(unknown)},
            )
        return wanted

    def clean(self) -> dict[str, Any]:
        """Ask for words where the search starts from them."""
        data: dict[str, Any] = super().clean() or {}
        wants_words = data.get("start") in {START.NEED, START.OFFER}
        if wants_words and len((data.get("text") or "").strip()) < LEAST:
            self.add_error(
                "text", _("Write at least a sentence, so that there is something to find.")
            )
        return data

    def question(self) -> Question:
        """Return where the search starts."""
        if self.posting is not None:
            return Question(START.POSTING, posting=self.posting)
        start = self.cleaned_data["start"]
        text = "" if start == START.PROFILE else self.cleaned_data["text"].strip()
        return Question(start, text, self.cleaned_data["language"])

    def options(self) -> Options:
        """Return whom to leave out and what counts."""
        data = self.cleaned_data
        return Options(
            territory=(*data["territory"], *data["regions"]),
            types=tuple(data.get("types", ())),
            languages=tuple(data["languages"]),
            bridging=float(data["bridging"]),
            with_partners=data["with_partners"],
            with_popularity=not data["without_popularity"],
        )


def _listed() -> QuerySet[ClusterOrganisation]:
    return ClusterOrganisation.objects.filter(
        organisation__merged_into=None, organisation__is_listed=True
    )


def _countries() -> list[tuple[str, str]]:
    """Offer the countries in which there is somebody to find."""
    rows = _listed().exclude(organisation__country="").order_by("organisation__country")
    codes = rows.values_list("organisation__country", flat=True).distinct()
    language = get_language()
    return sorted(((code, country_name(code, language)) for code in codes), key=lambda one: one[1])


def _types() -> list[tuple[str, Any]]:
    rows = _listed().order_by("organisation__type").values_list("organisation__type", flat=True)
    return [(key, OrganisationType(key).label) for key in rows.distinct()]


# --- Begin a search for partners; earlier ones are listed below -----------------------------------


PAGE_SIZE: Final = 10


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: SignedInRequest) -> HttpResponse:
    """Ask what is looked for, and search."""
    require_speaker(request)
    organisations = searchable_by(request.user)
    form = PartnerForm(request.POST or None, organisations=organisations, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        return _search(request, form.cleaned_data["organisation"], form)
    return _page(request, form, {"has_organisation": organisations.exists()})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def posting_partners(request: SignedInRequest, pk: int) -> HttpResponse:
    """Look for partners for a posting of one's own."""
    require_speaker(request)
    own = Posting.objects.filter(organisation__in=searchable_by(request.user).order_by())
    posting = get_object_or_404(own.select_related("organisation"), pk=pk)
    form = PartnerForm(
        request.POST or None, organisations=Organisation.objects.none(), posting=posting
    )
    if request.method == "POST" and form.is_valid():
        return _search(request, posting.organisation, form)
    context = {"posting": posting, "has_organisation": True}
    return _page(request, form, context, Crumb(posting.title))


def _search(
    request: SignedInRequest, organisation: Organisation, form: PartnerForm
) -> HttpResponse:
    made = search_partners(
        organisation, form.question(), form.options(), by=request.user, now=timezone.now()
    )
    return redirect("workspace:match-run", pk=made.pk)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Take the organisation a link names."""
    wanted = request.GET.get("organisation", "")
    return {"organisation": wanted} if wanted.isascii() and wanted.isdecimal() else {}


def _page(
    request: SignedInRequest, form: PartnerForm, context: dict[str, Any], *last: Crumb
) -> HttpResponse:
    runs = MatchRun.objects.filter(organisation__in=searchable_by(request.user).order_by())
    runs = runs.select_related("organisation", "posting").order_by("-made_at", "-pk")
    page = Paginator(runs, PAGE_SIZE).get_page(request.GET.get("page"))
    shared = {
        "form": form,
        "posting": None,
        "page": page,
        "runs": list(page),
        "crumbs": partner_crumbs(*last),
        "page_title": gettext("Find partners"),
        "simulated": any(run.organisation.is_simulated for run in page),
    }
    status = 422 if form.errors else 200
    return render(request, "workspace/matching/start.html", shared | context, status=status)
