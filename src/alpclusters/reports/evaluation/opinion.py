"""Opinion groups: who votes alike, how sure that is, what all share, what speaks for each."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alpclusters.analysis.opinion import (
    OpinionGroups,
    RepresentativeStatement,
    Stability,
    Structure,
    Verdict,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import (
    Block,
    Cell,
    Column,
    Counted,
    Figure,
    Heading,
    Paragraph,
    Row,
    RowGroup,
    Table,
)
from alpclusters.reports.charts.groups import GroupMark, GroupsChart
from alpclusters.reports.claims.opinion import along_axis, opinion_title, polis_cut, verdict
from alpclusters.reports.evaluation.results import Opinion
from alpclusters.reports.evaluation_subject import EvaluationSubject, named, reason_sentences
from alpclusters.reports.numbers import format_integer, format_number, format_percent

# --- What a verdict on opinions rests on, in the same words for votes and for an AlpCafé ----------


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictFigures:
    """A verdict and its figures; None where there was nothing to compute them from.

    Attributes
    ----------
    verdict : {'camps', 'gradient', 'one_opinion', 'too_few'}
    depth, deepest : float or None
        How deep the gap between people is, here and at most in rooms without camps.
    continuum_draws, camp_draws : int
        Rooms simulated, without camps and with two.
    axis_share : float or None
        Share of the variance along the strongest axis.
    is_strictness : bool
        Whether people differ in how readily they agree rather than in what they prefer.
    reasons : tuple of str
        Of the structure.
    """

    verdict: Verdict
    depth: float | None
    deepest: float | None
    continuum_draws: int
    camp_draws: int
    axis_share: float | None
    is_strictness: bool
    reasons: tuple[str, ...] = ()


def verdict_sentences(figures: VerdictFigures, language: str) -> list[str]:
    """Say what the verdict rests on; nothing where there were too few people to ask."""
    text = translator(language)
    if figures.verdict == "one_opinion":
        alike = text.gettext("What sets people apart is hardly more than chance makes it.")
        return [alike, *_strictness(figures, language)]
    if figures.depth is None or figures.deepest is None:
        return []
    words = {
        "n": format_integer(figures.continuum_draws, language),
        "camps": format_integer(figures.camp_draws, language),
        "depth": format_number(figures.depth, language, 1),
        "most": format_number(figures.deepest, language, 1),
    }
    if figures.verdict == "camps":
        return [
            text.gettext(
                "Between people there is a deeper gap (%(depth)s) than in any of %(n)s simulated "
                "rooms without camps that have the same items, the same missing answers and the "
                "same strength (there at most %(most)s)."
            )
            % words
        ]
    if figures.verdict == "gradient":
        return [
            text.gettext(
                "The gap between people (%(depth)s) is no deeper than in simulated rooms without "
                "camps (up to %(most)s), and shallower than in all of %(camps)s simulated rooms "
                "with two camps. People differ by degrees; any cut would be arbitrary."
            )
            % words
        ]
    return [
        text.gettext(
            "Simulated rooms with camps and without them look like this one, so neither can be "
            "excluded. More answers per person would help."
        )
    ]


def axis_sentences(figures: VerdictFigures, language: str) -> list[str]:
    """Say how much the strongest axis carries, and whether it is readiness to agree."""
    if figures.axis_share is None:
        return []
    share = {"share": format_percent(figures.axis_share, language)}
    sentence = translator(language).gettext(
        "The strongest difference carries %(share)s of the variance of all answers."
    )
    return [sentence % share, *_strictness(figures, language)]


def _strictness(figures: VerdictFigures, language: str) -> list[str]:
    """Say that people differ in readiness to agree only, where that may be said."""
    found = along_axis(
        figures.verdict,
        None,
        language,
        is_strictness=figures.is_strictness,
        reasons=figures.reasons,
    )
    return [found.text] if found else []


# --- Opinion groups: who votes alike, how sure that is, what all share, what speaks for each ------


LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

type FloatArray = NDArray[np.float64]


def opinion_blocks(
    opinion: Opinion,
    subject: EvaluationSubject,
    language: str,
    *,
    criterion: str = "",
    is_vote: bool = True,
) -> list[Block]:
    """Return the section on opinion groups; without groups a sentence says why.

    Lists by group are shown only where the groups come back when people are drawn anew.
    """
    groups = opinion.groups
    view = _View(opinion, subject, language, criterion, is_vote=is_vote)
    doubts = reason_sentences("opinion", _reasons(opinion), language)
    note: list[Block] = [Paragraph(" ".join(doubts), "note")] if doubts else []
    blocks: list[Block] = [
        Heading(view.named(opinion_title(groups, language).text)),
        Paragraph(" ".join((*group_sentences(groups, language), *_stated(view)))),
        *_verdict(view),
        *note,
    ]
    if opinion.places and (groups.k > 1 or view.has_axis):
        blocks.append(map_figure(view))
    if opinion.is_trusted and any(opinion.representative.lists):
        blocks.append(representative_table(view))
    if opinion.polis is not None:
        blocks.append(Paragraph(polis_cut(opinion.polis, language).text, "note"))
    return blocks


def _stated(view: "_View") -> list[str]:
    split = view.opinion.split
    if not split:
        return []
    sentence = translator(view.language).gettext(
        "No camps were found in the answers, so the groups are those the people state: %(split)s."
    )
    return [sentence % {"split": view.subject.split_names.get(split, split)}]


def _verdict(view: "_View") -> list[Block]:
    structure = view.opinion.groups.structure
    if structure is None:
        return []
    sentences = verdict_sentences(_figures(structure), view.language)
    if view.opinion.groups.kind == "declared":
        is_yes_saying = "yes_saying" in structure.reasons
        title = verdict(structure.verdict, view.language, is_yes_saying=is_yes_saying)
        sentences.insert(0, f"{title.text}.")
    if view.has_axis:
        sentences += _axis(view, structure)
    return [Paragraph(" ".join(sentences))] if sentences else []


def _figures(structure: Structure) -> VerdictFigures:
    drawn, shares = structure.continuum_depths, structure.shares
    return VerdictFigures(
        verdict=structure.verdict,
        depth=structure.depth,
        deepest=float(drawn.max()) if drawn.size else None,
        continuum_draws=int(drawn.size),
        camp_draws=int(structure.camp_depths.size),
        axis_share=float(shares[0]) if shares.size else None,
        is_strictness=structure.is_strictness,
        reasons=structure.reasons,
    )


def _axis(view: "_View", structure: Structure) -> list[str]:
    """Describe the strongest axis by the items at its ends."""
    text = translator(view.language)
    sentences = axis_sentences(_figures(structure), view.language)
    wordings = (
        text.gettext("People at one end agree more with: %(items)s."),
        text.gettext("People at the other end agree more with: %(items)s."),
    )
    for wording, end in zip(wordings, structure.ends(), strict=True):
        if end.size:
            items = "; ".join(view.words(place) for place in end)
            sentences.append(wording % {"items": items})
    return sentences


def _reasons(opinion: Opinion) -> tuple[str, ...]:
    own = opinion.groups.reasons
    return (*own, *(code for code in opinion.consensus.reasons if code == "no_supported_statement"))


class _View:
    """What the tables share: names, columns, the criterion before captions."""

    def __init__(
        self,
        opinion: Opinion,
        subject: EvaluationSubject,
        language: str,
        criterion: str,
        *,
        is_vote: bool,
    ) -> None:
        self.opinion, self.subject, self.language = opinion, subject, language
        self.criterion, self.is_vote = criterion, is_vote

    def named(self, caption: str) -> str:
        return named(caption, self.criterion, self.language)

    def head(self) -> list[Column]:
        text = translator(self.language)
        if self.is_vote:
            return [Column(text.gettext("No."), "code"), Column(text.gettext("Statement"))]
        return [Column(text.gettext("Measure"))]

    def item(self, place: int) -> list[Cell]:
        item = self.opinion.items[place]
        words = self.subject.item(item)
        return [str(item), words] if self.is_vote else [words]

    @property
    def has_axis(self) -> bool:
        """Whether people differ along an axis that may be drawn as one cloud."""
        groups = self.opinion.groups
        structure = groups.structure
        return bool(structure and groups.kind == "found" and structure.continuum_depths.size)

    def words(self, place: int) -> str:
        item = self.opinion.items[place]
        words = self.subject.item(item)
        return f"{item} {words}" if self.is_vote else words

    def group(self, group: int) -> str:
        names = self.opinion.groups.names
        if names:
            name = names[group]
            return self.subject.group_names.get((self.opinion.split, name)) or self._stated(name)
        if self.opinion.groups.k == 1:
            return translator(self.language).gettext("all people")
        words = translator(self.language).gettext("Group %(letter)s")
        return words % {"letter": LETTERS[group]}

    def _stated(self, name: str | int) -> str:
        return translator(self.language).gettext("other") if name == "other" else str(name)


# --- how many, how sure -------------------------------------------------------------------


def group_sentences(groups: OpinionGroups, language: str) -> list[str]:
    """Say how many people are placed, in which groups, and whether these come back."""
    text = translator(language)
    sizes = ", ".join(format_integer(size, language) for size in groups.sizes)
    n_out = int((groups.members < 0).sum())
    words = {
        "placed": format_integer(groups.n_placed, language),
        "sizes": sizes,
        "out": format_integer(n_out, language),
    }
    placed = text.ngettext(
        "%(placed)s person answered enough items to be placed.",
        "%(placed)s people answered enough items to be placed.",
        groups.n_placed,
    )
    sentences = [placed % words]
    if groups.k > 1:
        sentences.append(text.gettext("People per group: %(sizes)s.") % words)
    if n_out:
        sentence = text.ngettext(
            "%(out)s person is in no group.", "%(out)s people are in no group.", n_out
        )
        sentences.append(sentence % words)
    if groups.stability and groups.k > 1:
        sentences.append(stability_sentence(groups.stability, language))
    return sentences


def stability_sentence(stability: Stability, language: str) -> str:
    """Say whether the groups come back, with the figures behind the word."""
    text = translator(language)
    sentence = {
        "stable": text.gettext(
            "Among people drawn anew the groups come back: likeness %(median)s in the middle, "
            "%(low)s at the 5%% quantile, of 1 (%(n)s draws)."
        ),
        "uncertain": text.gettext(
            "Among people drawn anew the groups come back in part only: likeness %(median)s in "
            "the middle, %(low)s at the 5%% quantile, of 1 (%(n)s draws)."
        ),
        "not_stable": text.gettext(
            "Among people drawn anew the groups do not come back: likeness %(median)s in the "
            "middle, %(low)s at the 5%% quantile, of 1 (%(n)s draws). The lists by group are "
            "therefore left out here; the data of this evaluation hold them."
        ),
    }[stability.word]
    return sentence % {
        "median": format_number(stability.median, language, 2),
        "low": format_number(stability.low, language, 2),
        "n": format_integer(int(stability.indices.size), language),
    }


def map_figure(view: "_View") -> Figure:
    """Draw where the groups lie; the caption carries the word on stability."""
    text, opinion = translator(view.language), view.opinion
    marks = tuple(
        GroupMark(LETTERS[group], view.group(group), opinion.groups.sizes[group], places)
        for group, places in enumerate(opinion.places)
    )
    caption = view.named(opinion_title(opinion.groups, view.language).text)
    who = (
        text.gettext(
            "Each mark is a person, set around the common place of at least five people with "
            "alike answers."
        )
        if opinion.per_mark == 1
        else text.gettext("Each mark stands for at least %(n)s people with alike answers.")
        % {"n": format_integer(opinion.per_mark, view.language)}
    )
    axes = text.gettext("Near means alike answers; the axes have no unit.")
    return Figure(GroupsChart(view.language, marks, title=caption), caption, f"{who} {axes}")


# --- lists --------------------------------------------------------------------------------


def representative_table(view: _View) -> Table:
    """List what tells each group from the others."""
    text = translator(view.language)
    columns = (
        *view.head(),
        Column(text.gettext("This group")),
        Column(text.gettext("Share of the group"), "number", decimals=0),
    )
    rows: list[Row | RowGroup] = []
    for group, items in enumerate(view.opinion.representative.lists):
        size = text.ngettext("%(n)s person", "%(n)s people", view.opinion.groups.sizes[group])
        n = format_integer(view.opinion.groups.sizes[group], view.language)
        rows.append(RowGroup(view.group(group), size % {"n": n}))
        rows += [_representative_row(view, item) for item in items]
    note = text.gettext(
        "Answers that are more frequent in the group than among all others. Found by screening "
        "all items; no test. Share: per cent of the group on this side, and n."
    )
    caption = view.named(text.gettext("What tells each group from the others"))
    return Table(columns, tuple(rows), caption, note, row_head=len(view.head()) - 1)


def _representative_row(view: _View, item: RepresentativeStatement) -> Row:
    text = translator(view.language)
    side = text.gettext("agrees") if item.side == "agree" else text.gettext("disagrees")
    return (*view.item(item.statement), side, _share(item.n_success, item.n))


def _share(part: int, n: int) -> Cell:
    return Counted(100 * float(part) / int(n), int(n)) if n else None
