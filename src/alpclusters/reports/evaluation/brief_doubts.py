"""The second page of an evaluation: what divides, who was not there, what would change it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from alpclusters.analysis.consensus import Description
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.decisions import Decision, Decisions
from alpclusters.analysis.decisions.results import GroupView
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Bullets, Column, Heading, Panel, Paragraph, Table
from alpclusters.reports.claims.votes import every_group, lower_groups, rule_sentences, undecided
from alpclusters.reports.evaluation.decisions import divides, tells_groups
from alpclusters.reports.evaluation.joint_opinion import is_stable, joint_table
from alpclusters.reports.evaluation.method import counting_sentence, limits_sentence
from alpclusters.reports.evaluation.opinion import LETTERS
from alpclusters.reports.evaluation.results import CriterionResults, EvaluationResults, JointOpinion
from alpclusters.reports.evaluation.weighting import absent_blocks
from alpclusters.reports.evaluation_subject import EvaluationSubject, is_vote, short
from alpclusters.reports.numbers import format_integer, format_number, format_percent

MOST_DIVIDING: Final = 5
MOST_JOINT: Final = 3  # their rows have four columns of words, and the page is full
MAX_NAME: Final = 120

type Descriptions = Mapping[str, Description]


def doubt_blocks(
    by_criterion: Descriptions,
    subject: EvaluationSubject,
    language: str,
    results: EvaluationResults | None,
) -> list[Block]:
    """Return the blocks of page two."""
    text = translator(language)
    name, first = next(iter(by_criterion.items()))
    found = results.by_criterion.get(name) if results else None
    changes = tuple(_changes(results, found, subject, language))
    method = tuple(_method(by_criterion, found, language))
    joint = results.joint_opinion if results else None
    return [
        Heading(text.gettext("What divides")),
        *(_joint(joint, subject, language) or _dividing(found, first, subject, language)),
        Heading(text.gettext("Who was not in the room")),
        *absent_blocks(found.weighting if found else None, subject, language),
        Heading(text.gettext("What would change it")),
        Bullets(changes),
        Panel((Bullets(method),), title=text.gettext("In short, how this was computed")),
    ]


# --- what divides -------------------------------------------------------------------------


def _joint(opinion: JointOpinion | None, subject: EvaluationSubject, language: str) -> list[Block]:
    """Return what groups of an AlpCafé rate otherwise than all others, over all criteria."""
    if opinion is None or not is_stable(opinion.found):
        return []
    table = joint_table(opinion, subject, language)
    return [replace(table, rows=table.rows[:MOST_JOINT])] if table else []


def _dividing(
    found: CriterionResults | None,
    description: Description,
    subject: EvaluationSubject,
    language: str,
) -> list[Block]:
    text = translator(language)
    decisions = found.decisions if found else None
    if found is None or decisions is None or decisions.status == "undefined":
        return [Paragraph(text.gettext("No groups were compared here, so none is said to differ."))]
    vote = is_vote(description)
    if not decisions.groups:
        return _among_all(decisions, subject, language, is_vote=vote)
    dividing = sorted(
        (
            one
            for one in decisions.measures
            if divides(one, decisions) and tells_groups(one, found, description)
        ),
        key=lambda one: -(one.divides or 0.0),
    )[:MOST_DIVIDING]
    names = _group_names(decisions, found, subject, language)
    shared = [claim.text for claim in every_group(decisions, subject, language, is_vote=vote)]
    if not dividing:
        none = text.gettext("No item surely divides the groups by a quarter of the scale or more.")
        return [Paragraph(" ".join([none, *shared]))]
    lower = [
        claim.text
        for one in dividing
        for claim in lower_groups(decisions, one.measure, names, subject, language, is_vote=vote)
    ]
    blocks: list[Block] = [_gap_table(dividing, names, subject, language, is_vote=vote)]
    said = [*lower[:1], *shared]
    return [*blocks, *([Paragraph(" ".join(said))] if said else [])]


def _group_names(
    decisions: Decisions, found: CriterionResults, subject: EvaluationSubject, language: str
) -> dict[Id, str]:
    text = translator(language)
    if decisions.are_camps:
        words = text.gettext("Group %(letter)s")
        return {
            group: words % {"letter": LETTERS[place]}
            for place, group in enumerate(decisions.groups)
        }
    splits = [found.opinion.split] if found.opinion else []
    known = {
        group: name
        for (split, group), name in subject.group_names.items()
        if group is not None and (not splits or split in splits)
    }
    return {group: known.get(group) or str(group) for group in decisions.groups}


def _gap_table(
    dividing: list[Decision],
    names: Mapping[Id, str],
    subject: EvaluationSubject,
    language: str,
    *,
    is_vote: bool,
) -> Table:
    text = translator(language)
    columns = (
        Column(text.gettext("Statement") if is_vote else text.gettext("Measure")),
        Column(text.gettext("Highest")),
        Column(text.gettext("Lowest")),
        Column(text.gettext("Certain"), "percent", decimals=0),
    )
    rows = []
    for one in dividing:
        views = sorted(one.groups, key=lambda view: -view.value)
        ends = (_ends(view, names, language, is_vote=is_vote) for view in (views[0], views[-1]))
        rows.append((short(subject.item(one.measure), MAX_NAME), *ends, one.divides))
    note = text.gettext(
        "Certain: probability that the highest and the lowest group lie a quarter of the scale "
        "apart or more."
    )
    return Table(columns, tuple(rows), text.gettext("Where groups lie far apart"), note)


def _ends(view: GroupView, names: Mapping[Id, str], language: str, *, is_vote: bool) -> str:
    value = (
        format_percent(view.value, language) if is_vote else format_number(view.value, language, 1)
    )
    return f"{names[view.group]}: {value}"


def _among_all(
    decisions: Decisions, subject: EvaluationSubject, language: str, *, is_vote: bool
) -> list[Block]:
    """Without groups: what most value and many reject."""
    text = translator(language)
    no_groups = text.gettext("No groups were compared here, so none is said to differ.")
    divided = sorted(decisions.of("valued_but_divided"), key=lambda one: -(one.n_against / one.n))[
        :MOST_DIVIDING
    ]
    if not divided:
        none = text.gettext("No item is surely valued and yet rejected by many.")
        return [Paragraph(f"{no_groups} {none}")]
    columns = (
        Column(text.gettext("Statement") if is_vote else text.gettext("Measure")),
        Column(text.gettext("Agree"), "percent", decimals=0)
        if is_vote
        else Column(text.gettext("Estimate"), "number", decimals=1),
        Column(text.gettext("Against"), "percent", decimals=0, strong=True),
        Column(text.gettext("Answers"), "number", decimals=0),
    )
    rows = tuple(
        (short(subject.item(one.measure), MAX_NAME), one.value, one.n_against / one.n, one.n)
        for one in divided
    )
    caption = text.gettext("Valued, and yet many are against")
    return [Paragraph(no_groups), Table(columns, rows, caption)]


# --- what would change it, method ---------------------------------------------------------


def _changes(
    results: EvaluationResults | None,
    found: CriterionResults | None,
    subject: EvaluationSubject,
    language: str,
) -> list[str]:
    text = translator(language)
    said = []
    if found is not None and found.decisions is not None:
        said += [claim.text for claim in undecided(found.decisions, subject, language)]
    if results is not None and _verdict_of(results, found) == "too_few":
        said.append(text.gettext("More answers per person could show whether there are camps."))
    said += _weights(results, subject, language)
    said.append(
        text.gettext("Other people in the room could answer otherwise; no figure covers that.")
    )
    return said


def _verdict_of(results: EvaluationResults, found: CriterionResults | None) -> str | None:
    if results.joint_opinion is not None:
        return results.joint_opinion.found.verdict
    structure = found.opinion.groups.structure if found and found.opinion else None
    return structure.verdict if structure else None


def _weights(
    results: EvaluationResults | None, subject: EvaluationSubject, language: str
) -> list[str]:
    """Say how far the first place over all criteria rests on their weights."""
    combined = results.combined if results else None
    found = combined.weight_sensitivity if combined else None
    if combined is None or found is None or not found.acceptability.size:
        return []
    shares = found.acceptability[:, 0]
    place = int(shares.argmax())
    sentence = translator(language).gettext(
        "With other weights of the criteria “%(name)s” comes first over all of them in "
        "%(share)s of the cases."
    )
    name = short(subject.item(combined.measures[place].measure), MAX_NAME)
    return [sentence % {"name": name, "share": format_percent(float(shares[place]), language)}]


def _method(by_criterion: Descriptions, found: CriterionResults | None, language: str) -> list[str]:
    text = translator(language)
    first = next(iter(by_criterion.values()))
    lines = [counting_sentence(list(by_criterion.values()), language)]
    if found is not None and found.decisions is not None:
        lines.append(" ".join(rule_sentences(found.decisions, language, is_vote=is_vote(first))))
    elif found is not None and found.ranking is not None and found.ranking.tiers:
        overlap = found.ranking.conventions.threshold("overlap") or 0.0
        sentence = text.gettext(
            "Tiers: at most %(overlap)s of 100 comparisons with the next tier may be wrong; the "
            "order inside a tier means nothing."
        )
        lines.append(sentence % {"overlap": format_integer(100 * overlap, language)})
    if found is not None:
        lines.append(
            text.gettext(
                "Camps are named only where the gap between people is deeper than in all rooms "
                "without camps that were simulated for comparison."
            )
        )
    return [*lines, limits_sentence(language)]
