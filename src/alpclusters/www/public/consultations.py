"""Consultations in public: read by paragraph, comment without an account, see the answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.consulting.commenting import Said as SaidComment
from alpclusters.platform.policy.domain.consulting.commenting import (
    add_comment,
    find_comment,
    find_invitation,
    is_late,
    may_withdraw,
    takes_comments,
    withdraw_comment,
)
from alpclusters.platform.policy.domain.consulting.steps import FrozenText, frozen_texts
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation
from alpclusters.platform.policy.rules import visible_consultations
from alpclusters.platform.worlds import of_world
from alpclusters.reports.errors import phrase
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.public.initiatives.said import Said, said
from alpclusters.www.site.inputs import input_of
from alpclusters.www.worlds import side_of

# --- A comment on one paragraph -------------------------------------------------------------------


class CommentForm(forms.Form):
    """What somebody says about a paragraph; hidden fields say which."""

    use_required_attribute = False
    recommendation = forms.IntegerField(widget=forms.HiddenInput)
    field = forms.CharField(max_length=20, widget=forms.HiddenInput)
    language = forms.CharField(max_length=2, widget=forms.HiddenInput)
    paragraph = forms.IntegerField(min_value=0, max_value=999, widget=forms.HiddenInput)
    text = input_of(Comment, "text", label=_("Your comment"), widget=forms.Textarea({"rows": 4}))
    on_behalf_of = input_of(Comment, "on_behalf_of")

    def said(self) -> SaidComment:
        """Return the comment."""
        return SaidComment(**self.cleaned_data)


# --- The texts of a consultation on a page: each paragraph with its form --------------------------


LOOKS: Final = {
    "planned": ("calendar", ""),
    "open": ("messages-square", "good"),
    "closed": ("lock", ""),
    "answered": ("check", "info"),
    "published": ("check", "good"),
}
COMMENT_LOOKS: Final = {
    "open": ("clock", ""),
    "accepted": ("circle-check", "good"),
    "partly_accepted": ("circle-check", "info"),
    "rejected": ("x", "bad"),
    "out_of_scope": ("circle-help", ""),
    "withdrawn": ("undo-2", "warn"),
    "withheld": ("eye-off", "warn"),
}


@dataclass(frozen=True)
class Look:
    """A state in a word with its shape."""

    text: Any
    icon: str
    tone: str


@dataclass(frozen=True)
class ParagraphView:
    """A paragraph with its form; ``lang`` is empty in the reader's language."""

    anchor: str
    text: str
    form: CommentForm | None


@dataclass(frozen=True)
class TextView:
    """One text of a recommendation."""

    label: Any
    lang: str
    paragraphs: Sequence[ParagraphView]


@dataclass(frozen=True)
class RecommendationView:
    """A recommendation as it is discussed."""

    pk: int
    code: str
    title: Said
    version: int
    texts: Sequence[TextView]


@dataclass(frozen=True)
class CommentView:
    """A comment with its answer."""

    code: str
    label: Any
    comment: Comment
    state: Look
    lang: str


def state_look(consultation: Consultation) -> Look:
    """Return the state of a consultation with its shape."""
    return Look(consultation.get_state_display(), *LOOKS[consultation.state])


def comment_look(comment: Comment) -> Look:
    """Return what became of a comment with its shape."""
    return Look(comment.get_state_display(), *COMMENT_LOOKS[comment.state])


def comment_view(comment: Comment) -> CommentView:
    """Put a comment, whose recommendation has been read, on a page."""
    own = nearest_language(get_language())
    lang = "" if comment.language == own else comment.language
    label = label_of(Recommendation, comment.field)
    return CommentView(comment.recommendation.code, label, comment, comment_look(comment), lang)


def discussed(
    consultation: Consultation, *, takes: bool, sent: CommentForm | None = None
) -> list[RecommendationView]:
    """Return the recommendations as they were frozen, with forms where comments are taken."""
    language = nearest_language(get_language())
    return [
        RecommendationView(
            pk=one.pk,
            code=one.code,
            title=said(one, "title"),
            version=consultation.versions.get(str(one.pk), one.version),
            texts=[
                _text(one.pk, text, language, takes=takes, sent=sent)
                for text in frozen_texts(consultation, one.pk, language)
            ],
        )
        for one in consultation.recommendations.order_by("pk")
    ]


def _text(
    pk: int, text: FrozenText, language: str, *, takes: bool, sent: CommentForm | None
) -> TextView:
    paragraphs = [
        _paragraph(pk, text, number, takes=takes, sent=sent)
        for number in range(len(text.paragraphs))
    ]
    lang = "" if text.language == language else text.language
    return TextView(label_of(Recommendation, text.field), lang, paragraphs)


def _paragraph(
    pk: int, text: FrozenText, number: int, *, takes: bool, sent: CommentForm | None
) -> ParagraphView:
    anchor = f"p-{pk}-{text.field}-{number}"
    form = _form(anchor, pk, text, number, sent) if takes else None
    return ParagraphView(anchor, text.paragraphs[number], form)


def _form(
    anchor: str, pk: int, text: FrozenText, number: int, sent: CommentForm | None
) -> CommentForm:
    initial = {
        "recommendation": pk,
        "field": text.field,
        "language": text.language,
        "paragraph": number,
    }
    if sent is not None and all(
        str(sent.data.get(name, "")) == str(value) for name, value in initial.items()
    ):
        sent.auto_id = f"{anchor}-%s"
        return sent
    return CommentForm(initial=initial, auto_id=f"{anchor}-%s")


def figures_of(counts: dict[str, int]) -> list[Figure]:
    """Return what became of the comments as figures."""
    states = dict(Comment.State.choices)
    wanted = [one for one in states if one != "withdrawn" and counts.get(one)]
    return [
        Figure(
            states[one], str(counts[one]), key=f"comments.{one}", exact=counts[one], is_listed=True
        )
        for one in wanted
    ]


# --- Consultations in public: read by paragraph, comment without an account, see what became of it


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
        "crumbs": [_list_crumb(), Crumb(gettext("Consultations"))],
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
    messages.success(request, gettext("Thank you, your comment is stored."))
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
            Crumb(gettext("Consultations"), reverse("public:consultations")),
            Crumb(said(found, "title").text),
        ],
        "simulated": found.project.is_simulated,
        "section": "plans",
    }
    return render(request, "public/consultations/page.html", context, status=status)


def _list_crumb() -> Crumb:
    return Crumb(gettext("Recommendations"), reverse("public:recommendations"))


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
            messages.success(request, gettext("Withdrawn. Its text is deleted."))
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


urlpatterns: list[URLPattern] = [
    path("consultations/", consultations, name="consultations"),
    path("consultations/<int:pk>/", consultation, name="consultation"),
    path(
        "consultations/invited/<str:token>/",
        consultation_invited,
        name="consultation-invited",
    ),
    path(
        "consultations/comment/<str:token>/",
        consultation_comment,
        name="consultation-comment",
    ),
]
