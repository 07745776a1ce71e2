"""The rating sheet as the templates show it to phones without scripts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.cafe.domain.answers import Answer, Leaf, Sheet
from alpclusters.platform.cafe.models import AlpCafe, Block, Criterion
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.numbers import format_n, format_number, format_percent
from alpclusters.www.cafe.forms import CANNOT_JUDGE, question_name
from alpclusters.www.components import parts

OVERVIEW = 0

type Cells = Mapping[tuple[int, int], Mapping[str, Any]]
"""Released figures by measure and criterion."""


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


def pages_of(sheet: Sheet, middles: Cells | None = None) -> list[Page]:
    """Return all pages of a sheet; in the second rating with the middles of all by question."""
    told = middles or {}
    return [
        Page(leaf, len(sheet.leaves), [_question(sheet, leaf, c, told) for c in sheet.criteria])
        for leaf in sheet.leaves
    ]


def middles_of(cafe: AlpCafe) -> Cells:
    """Return the figures of all first answers per measure and criterion, if they are released."""
    blocks = released_results(cafe, [Block.HEAT]).get("blocks", {})
    return {
        (row["measure"], cell["criterion"]): cell
        for row in blocks.get(Block.HEAT, {}).get("rows", ())
        for cell in row["cells"]
    }


def dash_states(pages: Sequence[Page], number: int) -> list[str]:
    """Return one word for each dash: answered, this one, or to come."""
    return ["now" if p.number == number else "ok" if p.state == "all" else "" for p in pages]


def position_label(number: int, total: int) -> str:
    """Say where one is, in words."""
    return _("Measure %(number)s of %(total)s") % {"number": number, "total": total}


def open_text(n: int, round: int = 1) -> str:  # noqa: A002 - as the model
    """Say how many measures still have a question without an answer in this rating."""
    if n == 0:
        return _("You have answered everything, thank you. You can still change your answers.")
    text = ngettext(
        "%(n)s measure still has a question without an answer.",
        "%(n)s measures still have a question without an answer.",
        n,
    )
    stands = _("Where you answer nothing, your first answer stands.") if round > 1 else ""
    return f"{text % {'n': n}} {stands}".strip()


def options_of(criterion: Criterion) -> list[parts.Option]:
    """Return the steps of a criterion as a phone asks them."""
    is_numbered = criterion.scale.is_numbered
    return [
        parts.Option(step, anchor, is_numbered=is_numbered or not anchor)
        for step, anchor in criterion.anchors
    ]


def _question(sheet: Sheet, leaf: Leaf, criterion: Criterion, middles: Cells) -> parts.Criterion:
    value = _chosen(leaf.answers[criterion.pk])
    return parts.Criterion(
        name=question_name(leaf.measure.pk, criterion.pk),
        label=criterion.name,
        options=options_of(criterion),
        question=criterion.question,
        value=value,
        saved="" if value is None else "saved",
        before=_before(leaf, criterion, middles) if sheet.round > 1 else None,
    )


def _before(leaf: Leaf, criterion: Criterion, middles: Cells) -> parts.Before:
    answer = leaf.first.get(criterion.pk)
    value = _chosen(answer)
    known: dict[Any, Any] = {
        None: _("no answer"),
        CANNOT_JUDGE: _("I cannot judge this"),
        **{
            option.value: option.anchor
            for option in options_of(criterion)
            if not option.is_numbered
        },
    }
    own = _("Your first answer: %(value)s") % {"value": known.get(value, value)}
    cell = middles.get((leaf.measure.pk, criterion.pk))
    group = _middle(cell, criterion) if cell else ""
    return parts.Before(own, group, can_keep=answer is not None)


def _middle(cell: Mapping[str, Any], criterion: Criterion) -> str:
    """Say what all answered: the middle, of yes and no the share of yes."""
    if cell.get("withheld") or cell.get("median") is None:
        return ""
    language = nearest_language(get_language())
    words = {one.value: one.anchor for one in options_of(criterion) if not one.is_numbered}
    if criterion.scale.is_share:
        share = format_percent(cell["mean"], language)
        said = _("Answered “%(answer)s”: %(share)s.") % {
            "answer": words.get(1, "1"),
            "share": share,
        }
        return f"{said} {format_n(cell['n'], language)}"
    names = {"median": "median", "low": "lower_quartile", "high": "upper_quartile"}
    told = {
        name: words.get(cell[key]) or format_number(cell[key], language, 1)
        for name, key in names.items()
    }
    text = _("Middle of all answers: %(median)s; half lie between %(low)s and %(high)s.")
    return f"{text % told} {format_n(cell['n'], language)}"


def _chosen(answer: Answer | None) -> int | str | None:
    if answer is None:
        return None
    return CANNOT_JUDGE if answer.cannot_judge else answer.value
