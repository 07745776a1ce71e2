"""The recommendations: a table of all, then one block each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGES, told
from alpclusters.platform.policy.domain.endorsing.records import LogLine
from alpclusters.platform.policy.domain.monitoring.verifying import kept_reason
from alpclusters.platform.policy.domain.records import RecommendationLine
from alpclusters.platform.policy.models import Endorsement, Recommendation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    LabelledPart,
    Paragraph,
    Row,
    Run,
    Table,
    Text,
)
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.numbers import format_integer
from alpclusters.reports.plan.findings import evidence_table, statement_table
from alpclusters.reports.plan.reading import BodyLine, PlanSubject
from alpclusters.reports.plan.words import choice_word, level_name

# --- A reason in a document; in another language than the document it says in which ---------------


_NAMES: Final = dict(LANGUAGES)


def reason_runs(texts: Mapping[str, str] | None, language: str) -> tuple[Run, ...]:
    """Return a reason as stretches of text; none where there is no reason."""
    return _runs(*told(texts, language))


def kept_runs(reason: Any, language: str) -> tuple[Run, ...]:
    """Return a reason as a report kept it, in the form of its time."""
    return _runs(*kept_reason(reason, language))


def worded_runs(text: str, spoken: str, language: str) -> tuple[Run, ...]:
    """Return the words of a body, which stay in its own language."""
    return _runs(text, "" if spoken in ("", language) else spoken)


def as_text(runs: tuple[Run, ...]) -> Text:
    """Return what stands in a cell: plain where it is in the language of the document."""
    return runs if any(run.language for run in runs) else "".join(run.text for run in runs)


def _runs(text: str, spoken: str) -> tuple[Run, ...]:
    if not text:
        return ()
    if not spoken:
        return (Run(text),)
    return (Run(text, language=spoken), Run(f" ({_NAMES[spoken]})", quiet=True, language=spoken))


# --- What bodies decided over time: also what was taken back later stays in print -----------------


def log_table(steps: Sequence[LogLine], language: str) -> Table | None:
    """List every step with what stood before and after it, and who entered it."""
    if not steps:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Date"), "date"),
        Column(text.gettext("Body")),
        Column(text.gettext("Before")),
        Column(text.gettext("After")),
        Column(text.gettext("Entered by")),
        Column(text.gettext("Reservation or reason")),
    )
    rows = tuple(_log_row(one, language) for one in steps)
    caption = text.gettext("Every decision in its order, also one that was taken back")
    return Table(columns, rows, caption, name=text.gettext("Endorsement log"))


def has_history(steps: Sequence[LogLine]) -> bool:
    """Say whether a body decided more than once: only then the log says more than the list."""
    return any(n > 1 for n in Counter(one.body for one in steps).values())


def _log_row(one: LogLine, language: str) -> Row:
    return (
        one.on,
        one.body,
        choice_word(Endorsement.State, one.before, language),
        _after(one, language),
        _entered_by(one, language),
        as_text(worded_runs(one.words, one.language, language)),
    )


def _after(one: LogLine, language: str) -> str:
    word = choice_word(Endorsement.State, one.after, language)
    if one.version is None:
        return word
    version = translator(language).gettext("Version %(version)s")
    return f"{word} ({version % {'version': format_integer(one.version, language)}})"


def _entered_by(one: LogLine, language: str) -> str:
    text = translator(language)
    if one.by_link:
        return text.gettext("the body itself")
    return choice_word(Role, one.role, language) if one.role else text.gettext("unknown")


# --- The recommendations: a table of all, then one block each -------------------------------------


def recommendation_blocks(subject: PlanSubject, language: str) -> list[Block]:
    """Return the chapter of the recommendations."""
    text = translator(language)
    blocks: list[Block] = [Heading(text.gettext("Recommendations"), level=1)]
    if not subject.recommendations:
        return [*blocks, Paragraph(text.gettext("No action carries out a recommendation yet."))]
    blocks += [recommendation_table(subject, language), *_strength_key(subject, language)]
    for line in subject.recommendations:
        blocks += recommendation_block(line, subject, language)
    return blocks


def recommendation_table(subject: PlanSubject, language: str) -> Table:
    """List the recommendations with strength, addressee, findings and actions."""
    text = translator(language)
    columns = (
        Column(text.gettext("No."), "code"),
        Column(text.gettext("Recommendation")),
        Column(text.gettext("Strength")),
        Column(text.gettext("Addressed to")),
        Column(text.gettext("Level")),
        Column(text.gettext("Findings")),
        Column(text.gettext("Action")),
    )
    rows: tuple[Row, ...] = tuple(
        _recommendation_row(line, subject, language) for line in subject.recommendations
    )
    caption = text.gettext("Recommendations with findings and actions")
    return Table(columns, rows, caption, row_head=1, name=text.gettext("Recommendations"))


def recommendation_block(
    line: RecommendationLine, subject: PlanSubject, language: str
) -> list[Block]:
    """Return one recommendation: text, strength, evidence, whom it addresses, endorsements."""
    text = translator(language)
    parts = (
        (text.gettext("Problem"), _paragraphs(line.problem, language)),
        (text.gettext("Recommendation"), _paragraphs(line.text, language)),
        (text.gettext("Reasons"), _paragraphs(line.rationale, language)),
        (text.gettext("Expected effect"), _paragraphs(line.expected_effect, language)),
        (text.gettext("Strength"), strength_blocks(line, subject, language)),
        (text.gettext("Addressed to"), [Paragraph(_addressed(line, language))]),
        (text.gettext("Carried out by"), _carried(line, subject, language)),
        (text.gettext("Endorsements"), endorsement_blocks(subject, line.pk, language)),
        (text.gettext("Evidence"), evidence_blocks(line, language)),
    )
    heading = Heading(word(line.title, language), level=2, code=line.code)
    return [heading, *(LabelledPart(label, tuple(found)) for label, found in parts if found)]


def evidence_blocks(line: RecommendationLine, language: str) -> list[Block]:
    """Return the findings behind a recommendation: ratings, then the others."""
    blocks: list[Block] = []
    table = evidence_table(line.evidence, language)
    if table.rows:
        blocks.append(table)
    others = statement_table(line.evidence, language)
    if others is not None:
        blocks.append(others)
    return blocks


def strength_blocks(line: RecommendationLine, subject: PlanSubject, language: str) -> list[Block]:
    """Say the strength with its reasons; an override stands beside the computed one."""
    text = translator(language)
    found = subject.strengths.get(line.pk)
    if found is None:
        return []
    shown = choice_word(Recommendation.Strength, found.shown, language)
    pieces = [Run(shown, strong=True)]
    if found.shown != found.computed:
        computed = choice_word(Recommendation.Strength, found.computed, language)
        pieces.append(Run("; " + text.gettext("computed: %(status)s") % {"status": computed}))
    blocks: list[Block] = [Paragraph(tuple(pieces))]
    why = reason_runs(line.strength_reason, language)
    if found.shown != found.computed and why:
        blocks.append(Paragraph(why))
    if found.reasons:
        blocks.append(Bullets(found.reasons))
    return blocks


def endorsement_blocks(subject: PlanSubject, pk: int, language: str) -> list[Block]:
    """List the bodies behind a recommendation; invited ones have said nothing yet."""
    return bodies_blocks(subject.endorsements.get(pk, ()), subject.logs.get(pk, ()), language)


def bodies_blocks(
    bodies: tuple[BodyLine, ...], steps: tuple[LogLine, ...], language: str
) -> list[Block]:
    """List what bodies decided, and the log where a body decided more than once."""
    tables = (
        bodies_table(bodies, language),
        log_table(steps, language) if has_history(steps) else None,
    )
    return [table for table in tables if table is not None]


def bodies_table(bodies: tuple[BodyLine, ...], language: str) -> Table | None:
    """List bodies with what they decided, whether it applies to them, since when, and why."""
    if not bodies:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Body")),
        Column(text.gettext("State")),
        Column(text.gettext("Applies")),
        Column(text.gettext("Date"), "date"),
        Column(text.gettext("Given to")),
        Column(text.gettext("Reservation or reason")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            one.body,
            choice_word(Endorsement.State, one.state, language),
            choice_word(Endorsement.Applies, one.applies, language),
            one.decided_on,
            given_to(one, language) if one.decided_on else None,
            as_text(worded_runs(one.words, one.language, language)),
        )
        for one in bodies
    )
    return Table(columns, rows, name=text.gettext("Endorsements"))


def given_to(one: BodyLine, language: str) -> str:
    """Say to which version of the text a decision was given, and whether that still stands."""
    text = translator(language)
    if one.version is None:
        return text.gettext("version not recorded")
    told: dict[str, object] = {"version": format_integer(one.version, language)}
    if one.text_on is not None:
        told["date"] = format_date_short(one.text_on, language)
        version = text.gettext("Version %(version)s of %(date)s") % told
    else:
        version = text.gettext("Version %(version)s") % told
    if one.is_current:
        return version
    return text.gettext("%(version)s, no longer the current one") % {"version": version}


def _recommendation_row(line: RecommendationLine, subject: PlanSubject, language: str) -> Row:
    found = subject.strengths.get(line.pk)
    return (
        line.code,
        word(line.title, language),
        choice_word(Recommendation.Strength, found.shown, language) if found else "",
        line.addressee,
        level_name(line.level, language),
        ", ".join(one.code for one in line.evidence),
        ", ".join(a.code for a in subject.record.actions if line in a.recommendations),
    )


def _strength_key(subject: PlanSubject, language: str) -> list[Block]:
    if not subject.strengths:
        return []
    words = translator(language).gettext(
        "Strength: strong “should”, conditional “should where”, exploratory “should be tried”. It "
        "is computed from the certainty of the lessons and from the ratings; nothing here says "
        "“must”."
    )
    return [Paragraph(words, "note")]


def _paragraphs(words: Words | None, language: str) -> list[Block]:
    said = word(words, language) if words else ""
    return [Paragraph(part.strip()) for part in said.split("\n\n") if part.strip()]


def _addressed(line: RecommendationLine, language: str) -> str:
    text = translator(language)
    parts = [line.addressee or text.gettext("unknown"), level_name(line.level, language)]
    parts += [
        choice_word(Recommendation.Instrument, line.instrument, language),
        line.theme,
        choice_word(Recommendation.Horizon, line.horizon, language),
    ]
    if line.cost_band:
        band = choice_word(Recommendation.CostBand, line.cost_band, language)
        parts.append(text.gettext("cost: %(band)s") % {"band": band})
    return " · ".join(part for part in parts if part)


def _carried(line: RecommendationLine, subject: PlanSubject, language: str) -> list[Block]:
    items = [
        f"{action.code} {word(action.title, language)}"
        for action in subject.record.actions
        if any(r.pk == line.pk for r in action.recommendations)
    ]
    if items:
        return [Bullets(tuple(items))]
    why = reason_runs(line.no_action_reason, language)
    return [Paragraph(why)] if why else []
