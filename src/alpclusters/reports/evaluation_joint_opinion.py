"""Opinion groups of an AlpCafé, over all criteria: the map, what differs, what all share."""

from alpclusters.platform.evaluation.domain.science import (
    OTHERS,
    OpinionGroup,
    OpinionResult,
    Statement,
)
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Column, Figure, Heading, Paragraph, Table
from alpclusters.reports.charts.groups import GroupMark, GroupsChart, PlacedPeople
from alpclusters.reports.claims.opinion import cut, no_camps
from alpclusters.reports.evaluation_opinion import LETTERS
from alpclusters.reports.evaluation_reasons import reason_sentences
from alpclusters.reports.evaluation_results import JointOpinion
from alpclusters.reports.evaluation_subject import EvaluationSubject
from alpclusters.reports.numbers import format_integer, format_number, format_percent


def joint_opinion_section(
    opinion: JointOpinion | None, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return map, shared views and lists by group, or why there is no map."""
    if opinion is None:
        return []
    heading = Heading(translator(language).gettext("Opinion groups"))
    if not opinion.found.groups:
        return [heading, Paragraph(" ".join(joint_reasons(opinion.found, language)), "note")]
    table = joint_table(opinion, subject, language)
    return [
        heading,
        joint_figure(opinion, subject, language),
        Paragraph(joint_shared(opinion, subject, language)),
        *([table] if table and is_stable(opinion.found) else []),
    ]


def is_stable(found: OpinionResult) -> bool:
    """Say whether lists by group may be shown open: the groups come back."""
    return found.stability is None or found.stability.word != "not_stable"


def joint_figure(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> Figure:
    """Draw the groups; the caption counts them and says how sure they are."""
    found, title = opinion.found, joint_title(opinion.found, language)
    marks = tuple(
        GroupMark(
            LETTERS[place],
            _group_name(found, group, subject, language),
            group.n,
            tuple(PlacedPeople(p.x, p.y, p.n) for p in group.places),
        )
        for place, group in enumerate(found.groups[: len(LETTERS)])
    )
    chart = GroupsChart(language, marks, title=title, is_people=found.kind == "found")
    return Figure(chart, title, f"{joint_people(found, language)}. {_note(found, language)}")


def joint_title(found: OpinionResult, language: str) -> str:
    """Count the groups and say how sure they are."""
    text, n = translator(language), len(found.groups)
    if found.kind == "declared":
        return (
            text.gettext("Opinions by region")
            if found.split == "region"
            else text.gettext("Opinions by stakeholder group")
        )
    return cut(n, found.stability.word if found.stability else "uncertain", language).text


def joint_people(found: OpinionResult, language: str) -> str:
    """Say who is on the map."""
    sentence = translator(language).gettext(
        "%(n)s people who answered enough, all criteria together"
    )
    return sentence % {"n": format_integer(found.n_people or 0, language)}


def joint_reasons(found: OpinionResult, language: str) -> list[str]:
    """Say why there is no map."""
    text = translator(language)
    own = {"too_few_people": text.gettext("Fewer than five people answered enough for a map.")}
    told = [own[code] for code in found.reasons if code in own]
    return [*told, *reason_sentences("opinion", found.reasons, language)]


def joint_shared(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> str:
    """Name what more than half of every group rate high."""
    text, shared = translator(language), opinion.found.shared
    if not shared:
        return text.gettext("No measure is rated high by more than half of every group.")
    names = [
        f"{subject.item(measure)} ({opinion.criteria[criterion]})" for criterion, measure in shared
    ]
    sentence = text.gettext("More than half of every group rate high: %(names)s.")
    return sentence % {"names": ", ".join(names)}


def joint_table(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> Table | None:
    """List what each group rates otherwise than all others."""
    text, found = translator(language), opinion.found
    rows = tuple(
        (
            _group_name(found, group, subject, language),
            subject.item(item.measure),
            opinion.criteria[item.criterion],
            _counted(item, language),
        )
        for group in found.groups
        for item in group.statements
    )
    columns = (
        Column(text.gettext("Group")),
        Column(text.gettext("Measure")),
        Column(text.gettext("Criterion")),
        Column(text.gettext("In the group")),
    )
    caption = text.gettext("What a group rates otherwise than all others")
    return Table(columns, rows, caption) if rows else None


def _counted(item: Statement, language: str) -> str:
    text = translator(language)
    sentence = (
        text.gettext("about %(share)s rate it high")
        if item.side == "agree"
        else text.gettext("about %(share)s rate it low")
    )
    return sentence % {"share": format_percent(item.share, language)}


def _group_name(
    found: OpinionResult, group: OpinionGroup, subject: EvaluationSubject, language: str
) -> str:
    """Name a group: its letter, or what its people named themselves."""
    text = translator(language)
    if found.kind == "found":
        return text.gettext("Group %(letter)s") % {"letter": group.key}
    if group.key == OTHERS:
        return text.gettext("all others")
    return subject.group_names.get((found.split, group.key), group.key)


def _note(found: OpinionResult, language: str) -> str:
    """State how the map was made and how to read it."""
    text = translator(language)
    axes = text.gettext("Near means alike answers; the axes have no unit.")
    cuts = text.gettext("Ratings of 4 and 5 count as high, 1 and 2 as low, over all criteria.")
    if found.kind == "declared":
        own = text.gettext(
            "One mark per group that people named themselves, at the mean place of its people: "
            "with fewer than 40 people no groups are looked for."
        )
        return f"{own} {axes} {cuts}"
    people = text.gettext(
        "Each mark is a person, set around the common place of at least ten people with alike "
        "answers."
    )
    limit = no_camps(found.stability.word, language) if found.stability else None
    said = limit.text if limit else ""
    return " ".join(filter(None, (people, axes, _stability(found, language), said, cuts)))


def _stability(found: OpinionResult, language: str) -> str:
    one = found.stability
    if one is None:
        return ""
    sentence = translator(language).gettext(
        "Stability %(median)s, in the worst 5%% of cases below %(low)s (adjusted Rand index, "
        "%(n)s repetitions; 0 by chance, 1 the same groups)."
    )
    return sentence % {
        "median": format_number(one.median, language, 2),
        "low": format_number(one.low, language, 2),
        "n": format_integer(one.resamples, language),
    }
