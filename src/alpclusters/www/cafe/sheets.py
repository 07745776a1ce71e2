"""The rating sheet as the templates show it to phones without scripts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.cafe.domain.sheets import Leaf, Sheet
from alpclusters.platform.cafe.domain.standing import Answer
from alpclusters.platform.cafe.models import Criterion
from alpclusters.www.cafe.forms import CANNOT_JUDGE, question_name
from alpclusters.www.components import parts

OVERVIEW = 0


@dataclass(frozen=True)
class Page:
    """One measure on the phone."""

    leaf: Leaf
    total: int
    questions: Sequence[parts.Criterion]

    @property
    def number(self) -> int:
        """Its place in this person's order."""
        return self.leaf.number

    @property
    def is_last(self) -> bool:
        """Say whether the overview follows."""
        return self.number == self.total

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("cafe:rate", args=[self.number])

    @property
    def state(self) -> str:
        """``all``, ``some`` or ``none`` of its questions are answered."""
        if self.leaf.is_complete:
            return "all"
        return "some" if self.leaf.n_answered else "none"


def pages_of(sheet: Sheet) -> list[Page]:
    """Return all pages of a sheet."""
    return [
        Page(leaf, len(sheet.leaves), [_question(leaf, c) for c in sheet.criteria])
        for leaf in sheet.leaves
    ]


def dash_states(pages: Sequence[Page], number: int) -> list[str]:
    """Return one word for each dash: answered, this one, or to come."""
    return ["now" if p.number == number else "ok" if p.state == "all" else "" for p in pages]


def position_label(number: int, total: int) -> str:
    """Say where one is, in words."""
    return _("Measure %(number)s of %(total)s") % {"number": number, "total": total}


def open_text(n: int) -> str:
    """Say how many measures still have a question without an answer."""
    if n == 0:
        return _("You have answered everything, thank you. You can still change your answers.")
    text = ngettext(
        "%(n)s measure still has a question without an answer.",
        "%(n)s measures still have a question without an answer.",
        n,
    )
    return text % {"n": n}


def _question(leaf: Leaf, criterion: Criterion) -> parts.Criterion:
    value = _chosen(leaf.answers[criterion.pk])
    return parts.Criterion(
        name=question_name(leaf.measure.pk, criterion.pk),
        label=criterion.name,
        options=[parts.Option(step, anchor) for step, anchor in criterion.anchors],
        question=criterion.question,
        value=value,
        saved="" if value is None else "saved",
    )


def _chosen(answer: Answer | None) -> int | str | None:
    if answer is None:
        return None
    return CANNOT_JUDGE if answer.cannot_judge else answer.value
