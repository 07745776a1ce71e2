"""The bodies that are asked about a recommendation or a plan, and the mail that asks them."""

from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMessage
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.endorsing.bindings import is_about_current_text, is_askable
from alpclusters.platform.policy.domain.endorsing.deciding import (
    DECIDED,
    TABLE,
    Body,
    ask_body,
    decide,
    token_of,
    withdraw,
)
from alpclusters.platform.policy.domain.endorsing.records import earlier_of, endorsements_of
from alpclusters.platform.policy.models import ActionPlan, Endorsement, Recommendation
from alpclusters.platform.policy.rules import visible_plans
from alpclusters.platform.territory.models import Region
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.endorsements import DecisionForm, WithdrawalForm
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.recommendations.access import (
    VIEW,
    WRITE,
    own_recommendation,
    page_crumbs,
    require,
)

# --- Asking a body to endorse ---------------------------------------------------------------------


class RegionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when run
    """A region by its name in the reader's language."""

    def label_from_instance(self, region: Any) -> str:
        """Name a region."""
        return f"{region.name} ({region.code})"


def region_field(project: Project, **options: Any) -> RegionField:
    """Return a choice among the regions of a project's partners and AlpCafés."""
    near = Q(partners__project=project) | Q(pk__in=project.cafes.order_by().values("region"))
    rows = Region.objects.filter(near).distinct().order_by("country", "code", "pk")
    return RegionField(rows, label=_("Region"), empty_label="–", **options)


class AgainForm(forms.Form):
    """The address to which the link of a body goes that is asked again."""

    use_required_attribute = False
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The link goes there; the address is not stored. Empty: no mail goes out."),
    )
    language = forms.ChoiceField(label=_("Language of the mail"), choices=LANGUAGES)


class AskForm(AgainForm):
    """Which body is asked, and the address to which its link goes."""

    body = input_of(Endorsement, "body")
    field_order = ("body", "email", "language", "region")

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"] = region_field(project, required=False)

    def asked(self) -> Body:
        """Return the body."""
        region = self.cleaned_data["region"]
        return Body(self.cleaned_data["body"], region.country if region else "", region)


# --- The mail by which a body is asked to endorse, in the language chosen for it ------------------


def ask_to_endorse(endorsement: Endorsement, *, email: str, language: str) -> bool:
    """Send the link to a body; say whether the server took the mail."""
    thing: Any = endorsement.plan or endorsement.recommendation
    with translation.override(language):
        title = said(thing, "title").text
        kind = (
            gettext("the action plan “%(title)s”")
            if endorsement.plan
            else gettext("the recommendation “%(title)s”")
        )
        parts = [
            gettext("Good day,"),
            gettext("we ask whether this body stands behind %(thing)s: %(body)s")
            % {"thing": kind % {"title": title}, "body": endorsement.body},
            gettext("It is simulated: it only serves to try the software.")
            if thing.project.is_simulated
            else "",
            gettext("Read it and answer here, without an account:"),
            _address(endorsement),
            gettext(
                "The link is for this body; please pass it on only to those who decide. It works "
                "for 90 days. Your address is not stored."
            ),
        ]
        subject = gettext("Do you endorse it? %(title)s") % {"title": title}
        body = "\n\n".join(part for part in parts if part) + "\n"
        mail = EmailMessage(subject=" ".join(subject.split()), body=body, to=[email])
        try:
            mail.send()
        except OSError:  # of it are the errors of smtplib
            return False
    return True


def _address(endorsement: Endorsement) -> str:
    path = reverse("public:endorse", args=[token_of(endorsement)])
    return f"{settings.CONFIGURATION.address}{path}"


# --- The bodies that are asked about a recommendation or a plan, and what they decided ------------


UNPROCESSABLE: Final = 422
DOES: Final = ("ask", "again", "decide", "withdraw")
type Thing = Recommendation | ActionPlan


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_endorsements(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask bodies about a recommendation."""
    found = own_recommendation(request, pk, WRITE if request.method == "POST" else VIEW)
    return _answer(request, found, page_crumbs(found, Crumb(gettext("Endorsements"))))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_endorsements(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask bodies about a plan."""
    plan = get_object_or_404(visible_plans(request.user).select_related("project"), pk=pk)
    require(request, WRITE if request.method == "POST" else VIEW, plan.project)
    crumbs = [
        Crumb(gettext("Workspace"), reverse("workspace:dashboard")),
        Crumb(gettext("Action plans"), reverse("workspace:plans")),
        Crumb(str(plan), reverse("workspace:plan", args=[plan.pk])),
        Crumb(gettext("Endorsements")),
    ]
    return _answer(request, plan, crumbs)


def _answer(request: HttpRequest, thing: Thing, crumbs: list[Crumb]) -> HttpResponse:
    if request.method != "POST":
        return _page(request, thing, crumbs, AskForm(project=thing.project, initial=_own()))
    do = request.POST.get("do")
    if do not in DOES:
        ask = AskForm(project=thing.project, initial=_own())
        return _page(request, thing, crumbs, ask, status=UNPROCESSABLE)
    if do == "ask":
        form = AskForm(request.POST, project=thing.project)
        if not form.is_valid() or not _ask(request, thing, form.asked(), form):
            return _page(request, thing, crumbs, form, status=UNPROCESSABLE)
        return redirect(request.path)
    return (_again if do == "again" else _said)(request, thing, crumbs)


def _said(request: HttpRequest, thing: Thing, crumbs: list[Crumb]) -> HttpResponse:
    """Store what a body decided on paper, or that it withdraws."""
    row = get_object_or_404(thing.endorsements, pk=_number(request.POST.get("row", "")))
    sent = _form_of(row, request.POST)
    if not sent.is_valid() or not _store(request, row, sent):
        ask = AskForm(project=thing.project, initial=_own())
        return _page(request, thing, crumbs, ask, sent=(row.pk, sent), status=UNPROCESSABLE)
    return redirect(request.path)


def _own() -> dict[str, str]:
    return {"language": nearest_language(get_language())}


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _again(request: HttpRequest, thing: Thing, crumbs: list[Crumb]) -> HttpResponse:
    """Ask a body about the new text that decided, or was asked, about an earlier one."""
    wanted = _number(request.POST.get("row", ""))
    row = next((one for one in _outdated(thing) if one.pk == wanted), None)
    if row is None:
        raise Http404
    form = AgainForm(request.POST, prefix=f"a{row.pk}")
    body = Body(row.body, row.country, row.region)
    if not form.is_valid() or not _ask(request, thing, body, form):
        ask = AskForm(project=thing.project, initial=_own())
        return _page(request, thing, crumbs, ask, sent=(row.pk, form), status=UNPROCESSABLE)
    return redirect(request.path)


def _outdated(thing: Thing) -> list[Endorsement]:
    """Return what was asked or said about a text that is no longer the current one."""
    rows = list(thing.endorsements.select_related("region"))
    old = [row for row in rows if not is_about_current_text(row, thing)]
    return [*old, *earlier_of(thing, rows)]


def _ask(request: HttpRequest, thing: Thing, body: Body, form: AskForm | AgainForm) -> bool:
    try:
        row = ask_body(thing, body, by=_user(request), now=timezone.now())
    except AlpClustersError as error:
        form.add_error(None, phrase(error, nearest_language(get_language())))
        return False
    email = form.cleaned_data["email"]
    if not email:
        messages.success(request, gettext("Noted. Enter the decision here once it is known."))
    elif ask_to_endorse(row, email=email, language=form.cleaned_data["language"]):
        messages.success(request, gettext("The mail with the link went out."))
    else:
        messages.error(request, gettext("The mail could not be sent. Please try again later."))
    return True


def _form_of(row: Endorsement, data: Any = None) -> DecisionForm | WithdrawalForm:
    prefix = f"e{row.pk}"
    if row.state in DECIDED:
        return WithdrawalForm(data, prefix=prefix)
    return DecisionForm(data, prefix=prefix)


def _store(request: HttpRequest, row: Endorsement, form: DecisionForm | WithdrawalForm) -> bool:
    now, by = timezone.now(), _user(request)
    try:
        if isinstance(form, DecisionForm):
            decide(row, form.decision(), by=by, now=now)
        else:
            reason = form.cleaned_data["reason"]
            withdraw(row, reason=reason, on=timezone.localdate(now), by=by, now=now)
    except AlpClustersError as error:
        form.add_error(None, phrase(error, nearest_language(get_language())))
        return False
    messages.success(request, gettext("Saved"))
    return True


def _user(request: HttpRequest) -> Any:
    return request.user


def _page(
    request: HttpRequest,
    thing: Thing,
    crumbs: list[Crumb],
    ask: AskForm,
    *,
    sent: tuple[int, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    may_write = request.user.has_perm(WRITE, thing.project)
    outdated = _outdated(thing) if may_write else []
    known = {row.pk for row in outdated if row.state not in DECIDED}
    rows = [
        (row, sent[1] if sent and sent[0] == row.pk else _form_of(row))
        for row in thing.endorsements.select_related("region")
        if TABLE[row.state] and row.pk not in known
    ]
    again = [
        (
            row,
            sent[1]
            if sent and sent[0] == row.pk and isinstance(sent[1], AgainForm)
            else AgainForm(prefix=f"a{row.pk}", initial=_own()),
        )
        for row in outdated
    ]
    context = {
        "again": again,
        "is_askable": is_askable(thing),
        "thing": thing,
        "title": said(thing, "title"),
        "log": endorsements_of(thing),
        "rows": rows if may_write else [],
        "ask": ask if may_write else None,
        "crumbs": crumbs,
        "simulated": thing.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/endorsements/page.html", context, status=status)


urlpatterns: list[URLPattern] = [
    path(
        "recommendations/<int:pk>/endorsements/",
        recommendation_endorsements,
        name="recommendation-endorsements",
    ),
    path("plans/<int:pk>/endorsements/", plan_endorsements, name="plan-endorsements"),
]
