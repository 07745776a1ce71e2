"""Consultations in public: read by paragraph, comment without an account, see what became of it."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.consulting.commenting import (
    add_comment,
    find_comment,
    is_late,
    may_withdraw,
    takes_comments,
    withdraw_comment,
)
from alpclusters.platform.policy.domain.consulting.invitations import find_invitation
from alpclusters.platform.policy.models import Comment, Consultation
from alpclusters.platform.policy.rules import visible_consultations
from alpclusters.platform.worlds import of_world
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb
from alpclusters.www.public.consultations.forms import CommentForm
from alpclusters.www.public.consultations.parts import (
    comment_look,
    comment_view,
    discussed,
    figures_of,
    state_look,
)
from alpclusters.www.public.initiatives.said import said
from alpclusters.www.worlds import side_of

State = Consultation.State
PAGE_SIZE: Final = 24
UNPROCESSABLE: Final = 422
TOO_MANY: Final = 429
NOT_FOUND: Final = 404
# Everybody sees comments from then on.
OVER: Final = (State.CLOSED, State.ANSWERED, State.PUBLISHED)


@require_safe
def consultations(request: HttpRequest) -> HttpResponse:
    """List the consultations everybody may see, the newest first."""
    every = visible_consultations(request.user).exclude(state=State.PLANNED)
    side = side_of(request, every)
    rows = of_world(every, is_simulated=side.is_simulated)
    rows = rows.select_related("project").annotate(n_comments=Count("comments", distinct=True))
    page = Paginator(rows.order_by("-opens_on", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, said(one, "title"), state_look(one)) for one in page],
        "crumbs": [_list_crumb(), Crumb(_("Consultations"))],
        "side": side,
        "simulated": side.is_simulated,
        "section": "plans",
    }
    return render(request, "public/consultations/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts by paragraph; keep a comment on one of them."""
    rows = visible_consultations(request.user).exclude(state=State.PLANNED)
    found = get_object_or_404(rows.select_related("project"), pk=pk)
    takes = takes_comments(found) and found.audience == Consultation.Audience.PUBLIC
    return _answer(request, found, takes=takes)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_invited(request: HttpRequest, token: str) -> HttpResponse:
    """Show the texts to somebody invited by mail."""
    invitation = find_invitation(token)
    if invitation is None or invitation.consultation.state == State.PLANNED:
        return render(request, "public/consultations/comment.html", {}, status=NOT_FOUND)
    found = invitation.consultation
    return _answer(request, found, takes=takes_comments(found))


def _answer(request: HttpRequest, found: Consultation, *, takes: bool) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, takes=takes)
    form = CommentForm(request.POST)
    if not takes or not form.is_valid():
        return _page(request, found, takes=takes, sent=form, status=UNPROCESSABLE)
    now = timezone.now()
    by: Any = request.user if request.user.is_authenticated else None
    try:
        _comment, token = add_comment(found, form.said(), by=by, now=now)
    except AlpClustersError as error:
        form.add_error(None, phrase(error, nearest_language(get_language())))
        status = TOO_MANY if error.code == "comment.too_many" else UNPROCESSABLE
        return _page(request, found, takes=takes, sent=form, status=status)
    messages.success(request, _("Thank you, your comment is stored."))
    return redirect("public:consultation-comment", token=token)


def _page(
    request: HttpRequest,
    found: Consultation,
    *,
    takes: bool,
    sent: CommentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    comments = _shown(found)
    page = Paginator(comments, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = dict(comments.order_by().values_list("state").annotate(Count("pk")))
    context = {
        "consultation": found,
        "title": said(found, "title"),
        "introduction": said(found, "introduction"),
        "state": state_look(found),
        "recommendations": discussed(found, takes=takes, sent=sent),
        "takes": takes,
        "late": takes and is_late(found, timezone.now()),
        "sent": sent,
        "page": page,
        "comments": [comment_view(one) for one in page],
        "figures": figures_of(counts) if found.state == State.PUBLISHED else [],
        "shows_answers": found.state == State.PUBLISHED,
        "is_over": found.state in OVER,
        "crumbs": [
            _list_crumb(),
            Crumb(_("Consultations"), reverse("public:consultations")),
            Crumb(said(found, "title").text),
        ],
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/consultations/page.html", context, status=status)


def _list_crumb() -> Crumb:
    return Crumb(_("Recommendations"), reverse("public:recommendations"))


def _shown(found: Consultation) -> QuerySet[Comment]:
    """List the comments everybody sees: none before the end, late ones once they are answered."""
    rows = Comment.objects.filter(consultation=found).exclude(state=Comment.State.WITHDRAWN)
    if found.state not in OVER:
        rows = rows.none()
    unread = Q(is_late=True, state=Comment.State.OPEN)
    return rows.exclude(unread).select_related("recommendation").order_by("made_at", "pk")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consultation_comment(request: HttpRequest, token: str) -> HttpResponse:
    """Show an author what became of a comment; let it be taken back while that is possible."""
    found = find_comment(token)
    if found is None:
        return render(request, "public/consultations/comment.html", {}, status=NOT_FOUND)
    if request.method == "POST":
        try:
            withdraw_comment(found)
            messages.success(request, _("Withdrawn. Its text is deleted."))
        except AlpClustersError as error:
            messages.error(request, phrase(error, nearest_language(get_language())))
        return redirect("public:consultation-comment", token=token)
    held = found.consultation
    context = {
        "view": comment_view(found),
        "comment": found,
        "consultation": held,
        "title": said(held, "title"),
        "state": comment_look(found),
        "may_withdraw": may_withdraw(found),
        "is_public": held.audience == Consultation.Audience.PUBLIC,
        "address": request.build_absolute_uri(),
        "simulated": held.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/consultations/comment.html", context)
