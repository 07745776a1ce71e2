"""Where comments belong after the text was revised; those that fit nowhere are orphaned."""

from collections.abc import Iterable
from dataclasses import dataclass

from alpclusters.platform.policy.domain.consulting.freezing import paragraphs_of
from alpclusters.platform.policy.models import Comment, Consultation


@dataclass(frozen=True, slots=True)
class Place:
    """Where a comment belongs in the text as it stands now.

    ``paragraph`` is None where no paragraph is like the one it was about.
    """

    paragraph: int | None
    version: int
    has_moved: bool

    @property
    def is_orphaned(self) -> bool:
        """Say whether its paragraph is gone."""
        return self.paragraph is None


def places_of(comments: Iterable[Comment]) -> dict[int, Place]:
    """Find the place of comments, whose recommendations have been read, by their keys."""
    return {one.pk: place_of(one) for one in comments}


def place_of(comment: Comment) -> Place:
    """Find where a comment belongs in the newest text."""
    from alpclusters.analysis.plans import anchor_paragraph  # noqa: PLC0415 - NumPy comes with it

    text = comment.recommendation
    if comment.version == text.version:
        return Place(comment.paragraph, text.version, has_moved=False)
    paragraphs = paragraphs_of(text, comment.field, comment.language)
    found = anchor_paragraph(comment.quote, comment.paragraph, paragraphs)
    return Place(found, text.version, has_moved=found != comment.paragraph)


def store_orphans(consultation: Consultation) -> int:
    """Keep which comments have lost their paragraph; return how many."""
    comments = list(consultation.comments.select_related("recommendation"))
    for one in comments:
        one.is_orphaned = place_of(one).is_orphaned
    Comment.objects.bulk_update(comments, ["is_orphaned"])
    return sum(one.is_orphaned for one in comments)
