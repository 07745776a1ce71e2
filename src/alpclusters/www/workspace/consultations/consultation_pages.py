"""Consultations of a project: begin, open, invite by mail, close, answer every comment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.mail import EmailMessage
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.consulting.answering import answer_comment, withhold_comment
from alpclusters.platform.policy.domain.consulting.commenting import (
    due_letters,
    invite,
    note_sent,
    token_of,
)
from alpclusters.platform.policy.domain.consulting.steps import (
    TABLE,
    Place,
    change_consultation,
    close_consultation,
    create_consultation,
    finish_answers,
    open_consultation,
    places_of,
    publish_consultation,
)
from alpclusters.platform.policy.models import Comment, Consultation, ConsultationInvitation
from alpclusters.reports.dates import format_date
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.consultations import CommentView, comment_view, discussed, state_look
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.workspace.consultations.consultation_forms import (
    TEXTS,
    AnswerForm,
    ConsultationForm,
    InviteForm,
    WithholdForm,
    answer_form,
    consultation_crumbs,
    own_consultation,
    withhold_form,
)
from alpclusters.www.workspace.recommendations.access import WRITE, own_project

# --- Mails to those invited to a consultation, each in the language chosen for it -----------------


def send_invitation(invitation: ConsultationInvitation, *, now: datetime) -> bool:
    """Send the first mail or the reminder; one that is refused is due again the next time."""
    try:
        _send(invitation)
    except OSError:  # of it are the errors of smtplib
        return False
    note_sent(invitation, now=now)
    return True


def _send(invitation: ConsultationInvitation) -> None:
    held = invitation.consultation
    language = nearest_language(invitation.language)
    with translation.override(language):
        title = said(held, "title").text
        subject = (
            _("Your comment is asked for: %(title)s")
            if invitation.sent_at is None
            else _("Reminder: your comment is asked for: %(title)s")
        ) % {"title": title}
        day = format_date(held.closes_on, language) if held.closes_on else "–"
        parts = [
            _("Good day,"),
            _("you are invited to comment on these recommendations: %(title)s") % {"title": title},
            said(held, "introduction").text,
            _("It is simulated: it only serves to try the software.")
            if held.project.is_simulated
            else "",
            _("Read them paragraph by paragraph and comment until %(day)s, without an account:")
            % {"day": day},
            _address(invitation),
            _("The link is yours: please do not pass it on. Comments are shown without your "
              "address; 90 days after the end it is deleted."),
        ]  # fmt: skip
        body = "\n\n".join(part for part in parts if part) + "\n"
        EmailMessage(subject=" ".join(subject.split()), body=body, to=[invitation.email]).send()


def _address(invitation: ConsultationInvitation) -> str:
    path = reverse("public:consultation-invited", args=[token_of(invitation)])
    return f"{settings.CONFIGURATION.address}{path}"


# --- Consultations of a project: begin, open, invite, close, answer every comment, publish --------


UNPROCESSABLE: Final = 422
PAGE_SIZE: Final = 25
State = Consultation.State


@dataclass(frozen=True)
class Line:
    """A comment with where it belongs now and its form."""

    view: CommentView
    place: Place
    form: AnswerForm | None
    withholding: WithholdForm | None


@login_required
@require_safe
def consultations(request: HttpRequest, slug: str) -> HttpResponse:
    """List the consultations of a project."""
    project = own_project(request, slug)
    waiting = Count("comments", filter=Q(comments__state=Comment.State.OPEN))
    rows = Consultation.objects.filter(project=project).annotate(
        n_comments=Count("comments"), n_open=waiting
    )
    context = {
        "project": project,
        "rows": [(one, said(one, "title"), state_look(one)) for one in rows],
        "may_write": request.user.has_perm(WRITE, project),
        "crumbs": consultation_crumbs(project),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/consultations/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a consultation; nobody sees it before it opens."""
    project = own_project(request, slug, WRITE)
    form = ConsultationForm(request.POST or None, project=project)
    if request.method == "POST" and form.is_valid():
        made = create_consultation(project, form.wanted(), by=_user(request))
        messages.success(request, _("Saved. Nobody sees it before you open it."))
        return redirect("workspace:consultation", pk=made.pk)
    return _form(request, project, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a consultation that was not opened."""
    found = own_consultation(request, pk, WRITE)
    if found.state != State.PLANNED:
        messages.info(request, _("It was opened already; its texts and dates stand."))
        return redirect("workspace:consultation", pk=pk)
    form = ConsultationForm(request.POST or None, project=found.project, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_consultation(found, form.wanted())
            messages.success(request, _("Saved"))
        except AlpClustersError as error:
            messages.error(request, _say(error))
        return redirect("workspace:consultation", pk=pk)
    return _form(request, found.project, form, found)


def _initial(found: Consultation) -> dict[str, Any]:
    return {
        **{name: getattr(found, name) for name in TEXTS},
        "audience": found.audience,
        "closes_on": found.closes_on,
        "recommendations": list(found.recommendations.order_by("pk")),
    }


def _form(
    request: HttpRequest, project: Any, form: ConsultationForm, found: Consultation | None
) -> HttpResponse:
    last = Crumb(_("Edit") if found else _("New consultation"))
    context = {
        "form": form,
        "consultation": found,
        "project": project,
        "crumbs": consultation_crumbs(project, last),
        "simulated": project.is_simulated,
        "section": "plans",
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "workspace/consultations/form.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a consultation with its comments; take one step."""
    is_post = request.method == "POST"
    found = own_consultation(request, pk, WRITE) if is_post else own_consultation(request, pk)
    if not is_post:
        return _page(request, found)
    act = ACTS.get(request.POST.get("do", ""))
    if act is None:
        return _page(request, found, status=UNPROCESSABLE)
    try:
        told = act(request, found)
    except AlpClustersError as error:
        found.refresh_from_db()
        return _page(request, found, problem=_say(error), status=UNPROCESSABLE)
    except _RefusedError as refused:
        return _page(request, found, sent=refused.form, status=UNPROCESSABLE)
    messages.success(request, told)
    query = request.GET.urlencode()
    return redirect(f"{request.path}?{query}" if query else request.path)


class _RefusedError(Exception):
    """A form that was not filled in."""

    def __init__(self, form: Any) -> None:
        super().__init__()
        self.form = form


def _open(request: HttpRequest, found: Consultation) -> str:
    open_consultation(found, by=_user(request), now=timezone.now())
    _write_letters(found)
    return _("The consultation is open; its texts stand as they are now.")


def _close(_request: HttpRequest, found: Consultation) -> str:
    close_consultation(found)
    return _("The consultation is closed. Answer what came in.")


def _finish(_request: HttpRequest, found: Consultation) -> str:
    finish_answers(found)
    return _("Every comment has its answer.")


def _publish(_request: HttpRequest, found: Consultation) -> str:
    publish_consultation(found)
    return _("Comments and answers are public.")


def _invite(request: HttpRequest, found: Consultation) -> str:
    form = InviteForm(request.POST)
    if not form.is_valid():
        raise _RefusedError(form)
    data = form.cleaned_data
    new = invite(found, data["emails"], language=data["language"])
    if found.state == State.OPEN:
        _write_letters(found)
    return ngettext("%(n)s address invited", "%(n)s addresses invited", len(new)) % {"n": len(new)}


def _write_letters(found: Consultation) -> None:
    now = timezone.now()
    for one in due_letters(now):
        if one.consultation_id == found.pk and one.sent_at is None:
            send_invitation(one, now=now)


def _commented(request: HttpRequest, found: Consultation) -> Comment:
    number = request.POST.get("comment", "")
    return get_object_or_404(found.comments, pk=int(number) if number.isdecimal() else 0)


def _withhold(request: HttpRequest, found: Consultation) -> str:
    comment = _commented(request, found)
    form = withhold_form(comment, request.POST)
    if not form.is_valid():
        raise _RefusedError(form)
    reason = form.cleaned_data["reason"]
    withhold_comment(comment, reason=reason, by=_user(request), now=timezone.now())
    return _("The public sees your reason in place of the comment.")


def _answer(request: HttpRequest, found: Consultation) -> str:
    comment = _commented(request, found)
    form = answer_form(comment, request.POST)
    if not form.is_valid():
        raise _RefusedError(form)
    data = form.cleaned_data
    answer_comment(
        comment, data["state"], answer=data["answer"], by=_user(request), now=timezone.now()
    )
    return _("Saved")


ACTS: Final[Mapping[str, Callable[[HttpRequest, Consultation], str]]] = {
    "open": _open,
    "closed": _close,
    "answered": _finish,
    "published": _publish,
    "invite": _invite,
    "answer": _answer,
    "withhold": _withhold,
}


def _page(
    request: HttpRequest,
    found: Consultation,
    *,
    problem: str = "",
    sent: Any = None,
    status: int = 200,
) -> HttpResponse:
    may_write = request.user.has_perm(WRITE, found.project)
    comments = found.comments.select_related("recommendation").order_by("made_at", "pk")
    only_open = request.GET.get("show") == "open"
    if only_open:
        comments = comments.filter(state=Comment.State.OPEN)
    page = Paginator(comments, PAGE_SIZE).get_page(request.GET.get("page"))
    invited = isinstance(sent, InviteForm)
    may_answer = may_write and found.state in {State.CLOSED, State.ANSWERED}
    context = {
        "consultation": found,
        "title": said(found, "title"),
        "state": state_look(found),
        "languages": [code for code, text in found.title.each().items() if text],
        "problem": problem,
        "steps": TABLE[found.state] if may_write else (),
        "page": page,
        "only_open": only_open,
        "n_open": found.comments.filter(state=Comment.State.OPEN).count(),
        "lines": _lines(list(page), sent, may_answer=may_answer, may_write=may_write),
        "recommendations": discussed(found, takes=False) if found.texts else [],
        "planned": list(found.recommendations.order_by("pk")) if not found.texts else [],
        "invite_form": sent if invited else InviteForm(initial={"language": get_language()}),
        "invitations": list(found.invitations.all()) if may_write else [],
        "may_write": may_write,
        "may_invite": may_write and found.state in {State.PLANNED, State.OPEN},
        "crumbs": consultation_crumbs(found.project, Crumb(said(found, "title").text)),
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "workspace/consultations/page.html", context, status=status)


def _lines(comments: list[Comment], sent: Any, *, may_answer: bool, may_write: bool) -> list[Line]:
    places = places_of(comments)
    return [
        Line(
            comment_view(one),
            places[one.pk],
            _form_of(one, sent) if may_answer else None,
            _withholding_of(one, sent) if may_write else None,
        )
        for one in comments
    ]


def _withholding_of(comment: Comment, sent: Any) -> WithholdForm | None:
    if comment.state in {Comment.State.WITHDRAWN, Comment.State.WITHHELD}:
        return None
    form = withhold_form(comment)
    is_sent = isinstance(sent, WithholdForm) and sent.prefix == form.prefix
    return sent if is_sent else form


def _form_of(comment: Comment, sent: Any) -> AnswerForm | None:
    if comment.state == Comment.State.WITHDRAWN:
        return None
    form = answer_form(comment)
    is_sent = isinstance(sent, AnswerForm) and sent.prefix == form.prefix
    return sent if is_sent else form


def _say(error: AlpClustersError) -> str:
    return phrase(error, nearest_language(get_language()))


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns: list[URLPattern] = [
    path("projects/<slug:slug>/consultations/", consultations, name="consultations"),
    path("projects/<slug:slug>/consultations/new/", consultation_new, name="consultation-new"),
    path("consultations/<int:pk>/", consultation, name="consultation"),
    path("consultations/<int:pk>/edit/", consultation_edit, name="consultation-edit"),
]
