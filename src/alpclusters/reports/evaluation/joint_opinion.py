"""Opinions in an AlpCafé, over all criteria: the verdict, the map, and of groups what differs."""

from collections.abc import Iterator

from alpclusters.platform.evaluation.domain.opinion_results import (
    OTHERS,
    OpinionGroup,
    OpinionResult,
    Statement,
)
from alpclusters.platform.evaluation.domain.records import Evaluation, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Column, Figure, Heading, Paragraph, Table
from alpclusters.reports.charts.cloud import CloudChart
from alpclusters.reports.charts.groups import GroupMark, GroupsChart, PlacedPeople
from alpclusters.reports.claims.opinion import along_axis, cut, no_camps, unjudged, verdict
from alpclusters.reports.claims.wording import Claim
from alpclusters.reports.evaluation.opinion import (
    LETTERS,
    VerdictFigures,
    axis_sentences,
    verdict_sentences,
)
from alpclusters.reports.evaluation.results import JointOpinion
from alpclusters.reports.evaluation_subject import EvaluationSubject, reason_sentences
from alpclusters.reports.numbers import format_integer, format_n, format_number, format_percent


def joint_opinion_of(evaluation: Evaluation, language: str) -> JointOpinion | None:
    """Return the opinions with the words of the criteria; None where none were stored."""
    if evaluation.opinion is None:
        return None
    words = {result.pk: word(result.names, language) for result in evaluation.criteria}
    return JointOpinion(found=evaluation.opinion, criteria=words)


def joint_opinion_section(
    opinion: JointOpinion | None, subject: EvaluationSubject, language: str
) -> list[Block]:
    """Return the verdict, the map and, of groups, what they share and what sets them apart."""
    if opinion is None:
        return []
    found = opinion.found
    blocks: list[Block] = [Heading(translator(language).gettext("Opinions"))]
    said = joint_sentences(found, language)
    if said:
        blocks.append(Paragraph(" ".join(said)))
    if has_map(found) and not is_declared(found):
        blocks.append(joint_figure(opinion, subject, language))
    if not found.groups:
        return blocks
    return [*blocks, Paragraph(joint_shared(opinion, subject, language))]


def has_map(found: OpinionResult) -> bool:
    """Say whether there is anything to draw: groups, or one cloud."""
    return bool(found.groups or found.cloud)


def is_declared(found: OpinionResult) -> bool:
    """Say whether the map has nothing but the mean places of groups people named themselves."""
    return found.kind == "declared" and not found.cloud


def is_stable(found: OpinionResult) -> bool:
    """Say whether lists by group may be shown open: the groups come back."""
    return found.stability is None or found.stability.word != "not_stable"


def joint_figure(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> Figure:
    """Draw groups, or one cloud; the caption is the verdict, or of what is declared its kind."""
    found, title = opinion.found, joint_title(opinion, subject, language)
    marks = tuple(
        GroupMark(
            LETTERS[place],
            _group_name(found, group, subject, language),
            group.n,
            tuple(PlacedPeople(p.x, p.y, p.n) for p in group.places),
        )
        for place, group in enumerate(found.groups[: len(LETTERS)])
    )
    chart: CloudChart | GroupsChart
    if found.cloud:
        cloud = tuple(PlacedPeople(p.x, p.y, p.n) for p in found.cloud)
        left, right = (end[0] if end else "" for end in joint_ends(opinion, subject))
        chart = CloudChart(language, cloud, left, right, marks, title)
    else:
        chart = GroupsChart(language, marks, title=title, is_people=found.kind == "found")
    note = _note(opinion, marks, subject, language)
    return Figure(chart, title, f"{joint_people(found, language)}. {note}")


def joint_title(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> str:
    """State the verdict, of a gradient with its ends; of what is declared, what it is."""
    text, found = translator(language), opinion.found
    if is_declared(found):
        return (
            text.gettext("Opinions by region")
            if found.split == "region"
            else text.gettext("Opinions by stakeholder group")
        )
    claims = {claim.kind: claim.text for claim in joint_claims(opinion, subject, language)}
    return claims.get("opinion.from_to") or next(iter(claims.values()), "")


def joint_claims(
    opinion: JointOpinion, subject: EvaluationSubject, language: str
) -> Iterator[Claim]:
    """Yield what the result allows to be said of camps; first the verdict, or the old cut."""
    found, figures = opinion.found, opinion.found.structure
    if found.verdict is not None and figures is not None:
        yield verdict(found.verdict, language, is_yes_saying=figures.is_yes_saying)
        left, right = joint_ends(opinion, subject)
        along = along_axis(
            found.verdict,
            (left[0], right[0]) if left and right else None,
            language,
            is_strictness=figures.is_strictness,
            reasons=figures.reasons,
        )
        if along is not None:
            yield along
    elif found.is_unjudged:
        word = found.stability.word if found.stability else "uncertain"
        yield cut(len(found.groups), word, language)
        yield unjudged(language)
        limit = no_camps(word, language)
        if limit is not None:
            yield limit


def joint_ends(
    opinion: JointOpinion, subject: EvaluationSubject
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is rated higher to the left of the axis, and to the right; the most first."""
    figures = opinion.found.structure
    if figures is None:
        return (), ()
    left, right = (
        tuple(f"{subject.item(m)} ({opinion.criteria[c]})" for c, m in end)
        for end in (figures.falling, figures.rising)
    )
    return left, right


def _verdict_text(found: OpinionResult, language: str) -> str:
    figures = found.structure
    if found.verdict is None or figures is None:
        return ""
    return verdict(found.verdict, language, is_yes_saying=figures.is_yes_saying).text


def joint_people(found: OpinionResult, language: str) -> str:
    """Say who is on the map."""
    sentence = translator(language).gettext(
        "%(n)s people who answered enough, all criteria together"
    )
    return sentence % {"n": format_integer(found.n_people or 0, language)}


def joint_sentences(found: OpinionResult, language: str) -> list[str]:
    """State the verdict with what it rests on, why no groups are shown, that a cut is old."""
    text = translator(language)
    own = {"too_few_people": text.gettext("Fewer than five people answered enough for a map.")}
    told = [own[code] for code in found.reasons if code in own]
    figures = _figures(found)
    rests_on = verdict_sentences(figures, language) if figures else []
    old = [unjudged(language).text] if found.is_unjudged else []
    said = _verdict_text(found, language)
    is_asked = found.structure is not None and "fewer_than_40" not in found.reasons
    codes = (*found.reasons, *(found.structure.reasons if is_asked and found.structure else ()))
    why = reason_sentences("opinion", codes, language)
    return [*([f"{said}."] if said else []), *rests_on, *old, *told, *why]


def joint_words(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> list[str]:
    """Say all of it without a map: the verdict, what it rests on, what lies at the ends."""
    title = joint_title(opinion, subject, language)
    said = joint_sentences(opinion.found, language)
    extra = [title] if title and not any(line.startswith(title) for line in said) else []
    ends = _ends(opinion, subject, language) if opinion.found.cloud else []
    return [*said, *extra, *ends]


def _figures(found: OpinionResult) -> VerdictFigures | None:
    stored = found.structure
    if stored is None or found.verdict is None:
        return None
    return VerdictFigures(
        verdict=found.verdict,
        depth=stored.depth,
        deepest=stored.deepest,
        continuum_draws=stored.continuum_draws,
        camp_draws=stored.camp_draws,
        axis_share=stored.axis_share,
        is_strictness=stored.is_strictness,
        reasons=stored.reasons,
    )


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


def _note(
    opinion: JointOpinion, marks: tuple[GroupMark, ...], subject: EvaluationSubject, language: str
) -> str:
    """State how the map was made and how to read it."""
    text, found = translator(language), opinion.found
    cuts = text.gettext("Ratings of 4 and 5 count as high, 1 and 2 as low, over all criteria.")
    people = text.gettext(
        "Each mark is a person, set around the common place of at least ten people with alike "
        "answers."
    )
    near = text.gettext("Near means alike answers; the axes have no unit.")
    declared = text.gettext(
        "One mark per group that people named themselves, at the mean place of its people."
    )
    if found.cloud:
        named = "; ".join(
            f"{mark.letter} {mark.name}, {format_n(mark.n, language)}" for mark in marks
        )
        figures = _figures(found)
        axis = axis_sentences(figures, language) if figures else []
        groups = [f"{declared} {named}."] if marks else []
        return " ".join((*_ends(opinion, subject, language), *axis, people, near, *groups))
    if found.kind == "declared":
        return f"{declared} {near} {cuts}"
    limit = (
        no_camps(found.stability.word, language) if found.is_unjudged and found.stability else None
    )
    said = limit.text if limit else ""
    return " ".join(filter(None, (people, near, _stability(found, language), said, cuts)))


def _ends(opinion: JointOpinion, subject: EvaluationSubject, language: str) -> list[str]:
    text = translator(language)
    wordings = (
        text.gettext("To the left people rate higher: %(items)s."),
        text.gettext("To the right people rate higher: %(items)s."),
    )
    pairs = zip(wordings, joint_ends(opinion, subject), strict=True)
    return [words % {"items": "; ".join(end)} for words, end in pairs if end]


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
