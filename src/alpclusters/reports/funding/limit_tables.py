"""Limits as tables: those with room folded for reading, and the complete list."""

from collections.abc import Iterator, Sequence

from alpclusters.analysis.funding.check.records import Ceiling
from alpclusters.reports.blocks import (
    Block,
    Chip,
    Column,
    Heading,
    Inline,
    Mark,
    Paragraph,
    Row,
    RowGroup,
    Run,
    Table,
)
from alpclusters.reports.funding.limits import (
    STATES,
    LimitRow,
    ceilings_of,
    folded_rows,
    limit_rows,
    state_of,
)
from alpclusters.reports.funding.subject import MixSubject, euro
from alpclusters.reports.funding_ceilings import law_words, limit_words
from alpclusters.reports.numbers import format_integer


def roomy_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the terms that do not bind, one row for each; limits of law stand with their rules."""
    text = subject.text
    roomy = (one for one in ceilings_of(subject) if state_of(one) in {"used", "free"})
    ceilings = [one for one in roomy if not one.act]
    if not ceilings:
        return
    yield Heading(text.gettext("Terms with room"), 2)
    yield Table(
        (
            Column(text.gettext("Limit of what")),
            Column(text.gettext("Used"), "code"),
            Column(text.gettext("Limit"), "code"),
            Column(text.gettext("Use"), "percent", decimals=0),
        ),
        tuple(_room_row(subject, row) for row in folded_rows(subject, ceilings)),
        caption=text.gettext("Terms of the case that do not bind: the tightest of each kind"),
        name=text.gettext("Limits"),
    )


def _room_row(subject: MixSubject, row: LimitRow) -> Row:
    what = (Run(f"{row.what} "), Run(row.whom, quiet=True))
    return (what, amount_words(subject, row, row.used), limit_of(subject, row), row.share)


def limit_of(subject: MixSubject, row: LimitRow) -> str:
    """Write the limit of a row; of a minimum "at least" so much."""
    return limit_words(row.first, amount_words(subject, row, row.limit), subject.language)


def amount_words(subject: MixSubject, row: LimitRow, amount: int) -> str:
    """Write an amount of a limit: money, or a count."""
    if row.first.unit == "count":
        return format_integer(amount, subject.language)
    return subject.money(amount)


def ceiling_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the table of all limits, each by itself."""
    text = subject.text
    yield Heading(text.gettext("All limits"), 2)
    ceilings = ceilings_of(subject)
    if not ceilings:
        yield Paragraph(text.gettext("No limit applies."))
        return
    for unit in ("ct", "count"):
        chosen = [ceiling for ceiling in ceilings if ceiling.unit == unit]
        if chosen:
            yield _table(subject, limit_rows(subject, chosen), unit, chosen)


def basis(subject: MixSubject, row: LimitRow) -> tuple[Inline, ...]:
    """Return act and article with the rule and its address; what is not verified has the mark."""
    if row.first.status == "case":
        return (Run(subject.text.gettext("terms of the case")),)
    words = Run(reference(subject, row.first), link=row.law_url or None)
    return (words, Run(" "), Chip(Mark.UNVERIFIED)) if row.is_unverified else (words,)


def reference(subject: MixSubject, ceiling: Ceiling) -> str:
    """Return act and article, and the rule by which it is found in the rule-books."""
    law = law_words(ceiling.act, ceiling.article, subject.language)
    return f"{law} ({ceiling.rule})" if law else ceiling.rule


def _table(
    subject: MixSubject, rows: Sequence[LimitRow], unit: str, ceilings: Sequence[Ceiling]
) -> Table:
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
        tuple(_grouped(subject, rows)),
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


def _grouped(subject: MixSubject, rows: Sequence[LimitRow]) -> Iterator[Row | RowGroup]:
    text = subject.text
    titles = {
        "passed": text.gettext("Passed"),
        "tight": text.gettext("Used up or nearly"),
        "used": text.gettext("In use"),
        "free": text.gettext("Not in use"),
    }
    for state in STATES:
        members = [row for row in rows if row.state == state]
        if members:
            yield RowGroup(titles[state])
            yield from (_row(subject, row) for row in members)


def _row(subject: MixSubject, row: LimitRow) -> Row:
    amounts = (row.limit, row.used, row.slack)
    shown = [euro(amount) if row.first.unit == "ct" else amount for amount in amounts]
    what = (Run(f"{row.what} "), Run(row.whom, quiet=True), *_minimum(subject, row))
    return (what, *shown, row.share, basis(subject, row))


def _minimum(subject: MixSubject, row: LimitRow) -> tuple[Run, ...]:
    """Say of a minimum that it is one, where its limit stands as a bare number."""
    if row.first.kind != "floor":
        return ()
    return (Run(f" ({subject.text.gettext('minimum, to be reached')})", quiet=True),)
