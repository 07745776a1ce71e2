"""Every ceiling of the check with limit, used, room and legal reference; what is tight first."""

from collections.abc import Iterator, Sequence

from alpclusters.analysis.funding.check.records import Ceiling, Violation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Chip,
    Column,
    Heading,
    Mark,
    Panel,
    Paragraph,
    Row,
    RowGroup,
    Run,
    Table,
    Text,
)
from alpclusters.reports.funding.subject import MixSubject, euro
from alpclusters.reports.funding_ceilings import (
    ceiling_name,
    law_words,
    violation_sentence,
)
from alpclusters.reports.funding_subjects import Words
from alpclusters.reports.numbers import format_integer


def ceilings_of(subject: MixSubject) -> tuple[Ceiling, ...]:
    """Return the ceilings by relative slack, the tightest first."""
    found = [Ceiling(**part) for part in subject.mix["check"]["ceilings"]]
    return tuple(sorted(found, key=_tightness))


def band(subject: MixSubject) -> Iterator[Panel]:
    """Yield the yellow band where a tight limit rests on a figure that nobody confirmed."""
    text = subject.text
    tight = [c for c in ceilings_of(subject) if c.status == "unverified" and c.is_tight]
    if not tight:
        return
    named = list(dict.fromkeys(_reference(subject, ceiling) for ceiling in tight))
    words = text.ngettext(
        "%(n)s limit is nearly or wholly used up and rests on a figure that is not verified: "
        "%(rules)s. Confirm it before you apply.",
        "%(n)s limits are nearly or wholly used up and rest on figures that are not verified: "
        "%(rules)s. Confirm them before you apply.",
        len(tight),
    )
    values = {"n": format_integer(len(tight), subject.language), "rules": "; ".join(named)}
    yield Panel(
        (Paragraph((Chip(Mark.UNVERIFIED), Run(f" {words % values}"))),),
        title=text.gettext("Unverified and tight"),
        kind="warning",
    )


def violation_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield what the check found against a rule, if anything."""
    found = [Violation(**part) for part in subject.mix["check"]["violations"]]
    if not found:
        return
    text = subject.text
    yield Heading(text.gettext("Violations"), 2)
    yield Bullets(tuple(_violation(subject, one) for one in found))


def _violation(subject: MixSubject, one: Violation) -> Text:
    words = violation_sentence(one, subject.case, subject.language)
    return (Run(words), Run(f" {one.pointer}", quiet=True))


def ceiling_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the table of all ceilings."""
    text = subject.text
    yield Heading(text.gettext("All limits"), 2)
    ceilings = ceilings_of(subject)
    if not ceilings:
        yield Paragraph(text.gettext("No limit applies."))
        return
    for unit in ("ct", "count"):
        chosen = [ceiling for ceiling in ceilings if ceiling.unit == unit]
        if chosen:
            yield _table(subject, chosen, unit)


def _table(subject: MixSubject, ceilings: Sequence[Ceiling], unit: str) -> Table:
    text = subject.text
    is_money = unit == "ct"
    note = text.gettext(
        "Sorted by the room that is left, relative to the limit. Limits of law are computed in "
        "whole cents and never rounded up. A floor must be reached, a ceiling must not be passed."
    )
    return Table(
        (
            Column(text.gettext("Limit of what")),
            Column(text.gettext("Limit"), "number"),
            Column(text.gettext("Used"), "number"),
            Column(text.gettext("Room left"), "number"),
            Column(text.gettext("Use"), "percent"),
            Column(text.gettext("Basis")),
        ),
        tuple(_rows(subject, ceilings)),
        caption=_caption(subject, ceilings, is_money=is_money),
        note=note if is_money else "",
        name=text.gettext("Limits") if is_money else text.gettext("Numbers"),
    )


def _caption(subject: MixSubject, ceilings: Sequence[Ceiling], *, is_money: bool) -> str:
    text, language = subject.text, subject.language
    passed = sum(ceiling.slack_ct < 0 for ceiling in ceilings)
    tight = sum(ceiling.is_tight for ceiling in ceilings)
    what = (
        text.gettext("Limits in euros: %(tight)s used up or nearly, %(passed)s passed")
        if is_money
        else text.gettext("Limits of number: %(tight)s used up or nearly, %(passed)s passed")
    )
    values = {"tight": format_integer(tight, language), "passed": format_integer(passed, language)}
    return what % values


def _rows(subject: MixSubject, ceilings: Sequence[Ceiling]) -> Iterator[Row | RowGroup]:
    text = subject.text
    titles = {
        "passed": text.gettext("Passed"),
        "tight": text.gettext("Used up or nearly"),
        "used": text.gettext("In use"),
        "free": text.gettext("Not in use"),
    }
    for state, title in titles.items():
        members = [ceiling for ceiling in ceilings if _state(ceiling) == state]
        if members:
            yield RowGroup(title)
            yield from (_row(subject, ceiling) for ceiling in members)


def _state(ceiling: Ceiling) -> str:
    if ceiling.slack_ct < 0:
        return "passed"
    if not ceiling.used_ct:
        return "free"
    return "tight" if ceiling.is_tight else "used"


def _row(subject: MixSubject, ceiling: Ceiling) -> Row:
    amounts = (ceiling.limit_ct, ceiling.used_ct, ceiling.slack_ct)
    shown = [euro(amount) if ceiling.unit == "ct" else amount for amount in amounts]
    use = ceiling.used_ct / ceiling.limit_ct if ceiling.limit_ct else None
    return (_what(subject, ceiling), *shown, use, _basis(subject, ceiling))


def _what(subject: MixSubject, ceiling: Ceiling) -> Text:
    name = ceiling_name(ceiling.rule, ceiling.subject, subject.language)
    of_whom = Words(subject.case, subject.language).subject(ceiling.subject)
    return (Run(f"{name} "), Run(of_whom, quiet=True))


def _basis(subject: MixSubject, ceiling: Ceiling) -> Text:
    if ceiling.status == "case":
        return subject.text.gettext("terms of the case")
    words = _reference(subject, ceiling)
    return (Run(f"{words} "), Chip(Mark.UNVERIFIED)) if ceiling.status == "unverified" else words


def _reference(subject: MixSubject, ceiling: Ceiling) -> str:
    """Return act and article, and the rule by which it is found in the rule-books."""
    law = law_words(ceiling.act, ceiling.article, subject.language)
    return f"{law} ({ceiling.rule})" if law else ceiling.rule


def _tightness(ceiling: Ceiling) -> tuple[bool, float, str, str]:
    """Sort by relative slack; what nothing uses comes last."""
    share = ceiling.slack_ct / ceiling.limit_ct if ceiling.limit_ct else 0.0
    return (not ceiling.used_ct and ceiling.slack_ct >= 0, share, ceiling.rule, ceiling.subject)
