"""Opinion groups on a page: the map, what each group rates otherwise, what all share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.evaluation.domain.science import (
    OTHERS,
    OpinionGroup,
    OpinionResult,
    Statement,
)
from alpclusters.reports.charts.groups import GroupMark, GroupsChart, PlacedPeople
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import format_integer, format_number
from alpclusters.www.components.parts import Column, Table

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class OpinionPart:
    """The map with its words; ``is_folded`` where the groups would not come back."""

    title: str
    what: str
    note: str
    chart: GroupsChart
    statements: Table | None
    shared: str
    is_folded: bool


@dataclass(frozen=True)
class Opinions:
    """The map, or the sentences that say why there is none."""

    part: OpinionPart | None
    reasons: Sequence[str]


def read_opinions(
    evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> Opinions | None:
    """Return the opinion groups of a snapshot; None where none were stored."""
    found = evaluation.opinion
    if found is None:
        return None
    if not found.groups:
        return Opinions(None, _reasons(found, language))
    return Opinions(_part(found, evaluation, subject, language), ())


def opinion_title(found: OpinionResult) -> str:
    """Count the groups and say how sure they are."""
    if found.kind == "declared":
        return (
            _("Opinions by region")
            if found.split == "region"
            else _("Opinions by stakeholder group")
        )
    n = len(found.groups)
    words = {
        "stable": ngettext("%(n)s opinion group, stable", "%(n)s opinion groups, stable", n),
        "uncertain": ngettext(
            "%(n)s opinion group, uncertain", "%(n)s opinion groups, uncertain", n
        ),
        "not_stable": ngettext(
            "%(n)s opinion group, not stable", "%(n)s opinion groups, not stable", n
        ),
    }
    chosen = found.stability.word if found.stability else "uncertain"
    return words[chosen] % {"n": n}


def groups_chart(found: OpinionResult, subject: EvaluationSubject, language: str) -> GroupsChart:
    """Draw the groups."""
    marks = tuple(
        GroupMark(
            LETTERS[place],
            group_name(found, group, subject),
            group.n,
            tuple(PlacedPeople(p.x, p.y, p.n) for p in group.places),
        )
        for place, group in enumerate(found.groups[: len(LETTERS)])
    )
    return GroupsChart(language, marks, title=opinion_title(found), is_people=found.kind == "found")


def group_name(found: OpinionResult, group: OpinionGroup, subject: EvaluationSubject) -> str:
    """Name a group: its letter, or what its people named themselves."""
    if found.kind == "found":
        return _("Group %(letter)s") % {"letter": group.key}
    if group.key == OTHERS:
        return _("all others")
    return subject.group_names.get((found.split, group.key), group.key)


def opinion_note(found: OpinionResult, language: str) -> str:
    """State how the map was made and how to read it."""
    axes = _("Near means alike answers; the axes have no unit.")
    cuts = _("Ratings of 4 and 5 count as high, 1 and 2 as low, over all criteria.")
    if found.kind == "declared":
        own = _(
            "One mark per group that people named themselves, at the mean place of its people: "
            "with fewer than 40 people no groups are looked for."
        )
        return f"{own} {axes} {cuts}"
    people = _(
        "Each mark is a person, set around the common place of at least five people with alike "
        "answers."
    )
    return " ".join(filter(None, (people, axes, _stability(found, language), cuts)))


def _stability(found: OpinionResult, language: str) -> str:
    one = found.stability
    if one is None:
        return ""
    sentence = _(
        "Stability %(median)s, in the worst 5%% of cases below %(low)s (adjusted Rand index, "
        "%(n)s repetitions; 0 by chance, 1 the same groups)."
    )
    return sentence % {
        "median": format_number(one.median, language, 2),
        "low": format_number(one.low, language, 2),
        "n": format_integer(one.resamples, language),
    }


def _part(
    found: OpinionResult, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> OpinionPart:
    word_ = found.stability.word if found.stability else "stable"
    return OpinionPart(
        title=opinion_title(found),
        what=_("%(n)s people who answered enough, all criteria together")
        % {"n": format_integer(found.n_people or 0, language)},
        note=opinion_note(found, language),
        chart=groups_chart(found, subject, language),
        statements=statements_table(found, evaluation, subject, language),
        shared=_shared(found, evaluation, language),
        is_folded=word_ == "not_stable",
    )


def statements_table(
    found: OpinionResult, evaluation: Evaluation, subject: EvaluationSubject, language: str
) -> Table | None:
    """List what each group rates otherwise than all others."""
    rows = [
        [
            group_name(found, group, subject),
            *_statement(item, evaluation, language),
        ]
        for group in found.groups
        for item in group.statements
    ]
    if not rows:
        return None
    columns = [
        Column(_("Group")),
        Column(_("Measure")),
        Column(_("Criterion")),
        Column(_("In the group")),
    ]
    return Table(_("What a group rates otherwise than all others"), columns, rows)


def _statement(item: Statement, evaluation: Evaluation, language: str) -> list[str]:
    counts = {"k": format_integer(item.k, language), "n": format_integer(item.n, language)}
    sentence = (
        _("%(k)s of %(n)s rate it high")
        if item.side == "agree"
        else _("%(k)s of %(n)s rate it low")
    )
    return [
        word(evaluation.measure(item.measure).names, language),
        word(evaluation.criterion(item.criterion).names, language),
        sentence % counts,
    ]


def _shared(found: OpinionResult, evaluation: Evaluation, language: str) -> str:
    if not found.shared:
        return _("No measure is rated high by more than half of every group.")
    names = [
        f"{word(evaluation.measure(measure).names, language)} "
        f"({word(evaluation.criterion(criterion).names, language)})"
        for criterion, measure in found.shared
    ]
    return _("More than half of every group rate high: %(names)s.") % {"names": ", ".join(names)}


def _reasons(found: OpinionResult, language: str) -> list[str]:
    own = {"too_few_people": _("Fewer than five people answered enough for a map.")}
    told = [own[code] for code in found.reasons if code in own]
    return [*told, *reason_sentences("opinion", found.reasons, language)]
