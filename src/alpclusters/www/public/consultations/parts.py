"""The texts of a consultation on a page: each paragraph with its form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language

from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.consulting.freezing import FrozenText, frozen_texts
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation
from alpclusters.www.components.parts import Figure
from alpclusters.www.public.consultations.forms import CommentForm
from alpclusters.www.public.initiatives.said import Said, said

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
