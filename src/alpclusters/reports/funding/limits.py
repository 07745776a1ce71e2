"""The limits of a checked mix in the order of the proof; what is alike stands in one row."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.funding.check.findings import Ceiling, Violation
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Chip,
    Column,
    Heading,
    Inline,
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
from alpclusters.reports.funding_words.findings import (
    Words,
    ceiling_name,
    law_words,
    limit_words,
    violation_sentence,
)
from alpclusters.reports.funding_words.rules import act_url
from alpclusters.reports.numbers import format_integer, format_percent

type State = Literal["passed", "tight", "used", "free"]
STATES: Final[Sequence[State]] = ("passed", "tight", "used", "free")


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit, or several that are alike, as page and documents show it.

    Costs of one partner under one rule are added up. Of a limit that holds on several days or in
    several quarters the tightest stands for all; ``used`` and ``limit`` are cents or counts.
    """

    ceilings: tuple[Ceiling, ...]
    state: State
    what: str
    whom: str
    law: str
    law_url: str
    limit: int
    used: int
    slack: int

    @property
    def first(self) -> Ceiling:
        """Return the tightest of those that stand in the row."""
        return self.ceilings[0]

    @property
    def is_unverified(self) -> bool:
        """Say whether a figure of the limit is unverified."""
        return self.first.status == "unverified"

    @property
    def share(self) -> float | None:
        """Return which part of the limit is used; None of a limit of nothing."""
        return self.used / self.limit if self.limit else None


def ceilings_of(subject: MixSubject) -> tuple[Ceiling, ...]:
    """Return the ceilings by relative slack, the tightest first; without use last."""
    found = [Ceiling(**part) for part in subject.mix["check"]["ceilings"]]
    return tuple(sorted(found, key=_tightness))


def state_of(ceiling: Ceiling) -> State:
    """Say whether a limit is passed, binds, is in use with room, or is not in use."""
    if ceiling.slack_ct < 0:
        return "passed"
    if not ceiling.used_ct:
        return "free"
    return "tight" if ceiling.is_tight else "used"


def limit_rows(subject: MixSubject, ceilings: Iterable[Ceiling]) -> tuple[LimitRow, ...]:
    """Return a row for each limit: the complete list."""
    return tuple(_limit_row(subject, (ceiling,)) for ceiling in ceilings)


def folded_rows(subject: MixSubject, ceilings: Iterable[Ceiling]) -> tuple[LimitRow, ...]:
    """Return the rows for reading: limits that differ in the cost or the quarter only stand in one.

    What is passed is never folded; what has room has one row for each rule.
    """
    groups: dict[tuple[object, ...], list[Ceiling]] = {}
    for number, ceiling in enumerate(ceilings):
        groups.setdefault(_alike(subject, ceiling, number), []).append(ceiling)
    rows = (_limit_row(subject, tuple(members)) for members in groups.values())
    return tuple(sorted(rows, key=lambda row: STATES.index(row.state)))


def _alike(subject: MixSubject, ceiling: Ceiling, number: int) -> tuple[object, ...]:
    """Return what limits of one row have in common; ``number`` keeps one apart."""
    state = state_of(ceiling)
    kind, name = _kind(ceiling)
    if state == "passed":
        return (number,)
    amounts: tuple[int, ...] = ()
    if state in {"used", "free"}:
        name = ""
    elif kind == "line":
        name = subject.lines[name].partner
    elif ceiling.unit == "count":
        name, amounts = "", (ceiling.limit_ct, ceiling.used_ct)
    terms = (ceiling.kind, ceiling.unit, ceiling.status, ceiling.set_by, *amounts)
    return (state, ceiling.rule, ceiling.act, ceiling.article, kind, name, *terms)


def _limit_row(subject: MixSubject, members: tuple[Ceiling, ...]) -> LimitRow:
    first, language = members[0], subject.language
    are_costs = _kind(first)[0] == "line"
    amounts = (
        [sum(getattr(one, name) for one in members) for name in _AMOUNTS]
        if are_costs
        else [getattr(first, name) for name in _AMOUNTS]
    )
    return LimitRow(
        members,
        state_of(first),
        ceiling_name(first.rule, first.subject, language),
        _whom(subject, members, are_costs=are_costs),
        law_words(first.act, first.article, language),
        act_url(first.act, first.article),
        *amounts,
    )


_AMOUNTS: Final = ("limit_ct", "used_ct", "slack_ct")


def _whom(subject: MixSubject, members: tuple[Ceiling, ...], *, are_costs: bool) -> str:
    words, first, n = Words(subject.case, subject.language), members[0], len(members)
    if n == 1:
        return words.subject(first.subject)
    shown = {"n": format_integer(n, subject.language)}
    if are_costs:
        return f"{_costs(subject, members)}{_range(subject, members)}"
    if len({(one.limit_ct, one.used_ct) for one in members}) == 1:
        return "; ".join(words.subject(one.subject) for one in members)
    if state_of(first) in {"used", "free"}:
        return words.subject(first.subject)
    said = subject.text.gettext("%(subject)s (the tightest of %(n)s)")
    return said % {**shown, "subject": words.subject(first.subject)}


def _costs(subject: MixSubject, members: Sequence[Ceiling]) -> str:
    n, text = len(members), subject.text
    partners = dict.fromkeys(subject.lines[_kind(one)[1]].partner for one in members)
    shown = {"n": format_integer(n, subject.language)}
    if len(partners) == 1:
        (partner,) = partners
        said = text.ngettext("%(n)s cost of %(partner)s", "%(n)s costs of %(partner)s", n)
        return said % {**shown, "partner": subject.partner_name(partner)}
    # Two at least, for plural forms that know a dual.
    said = text.ngettext("%(n)s cost of several partners", "%(n)s costs of several partners", n)
    return said % shown


def _range(subject: MixSubject, members: Sequence[Ceiling]) -> str:
    """Say between which shares the limits of a row are used, where they differ."""
    shares = [one.used_ct / one.limit_ct for one in members if one.limit_ct]
    shown = [format_percent(share, subject.language) for share in (min(shares), max(shares))]
    if shown[0] == shown[1]:
        return ""
    told = subject.text.gettext("each used to between %(low)s and %(high)s")
    return f", {told % {'low': shown[0], 'high': shown[1]}}"


def _kind(ceiling: Ceiling) -> tuple[str, str]:
    """Return the kind and the name of whom a limit is, without its day or quarter."""
    whole, _at, _moment = ceiling.subject.partition("@")
    kind, _colon, name = whole.partition(":")
    return kind, name


def binding(ceilings: Iterable[Ceiling]) -> list[Ceiling]:
    """Return the limits that bind, without partnerships that are just large enough."""
    return [one for one in ceilings if one.is_tight and not is_partnership(one)]


def is_partnership(ceiling: Ceiling) -> bool:
    """Say whether it is a least number of partners or countries."""
    return ceiling.unit == "count" and ceiling.kind == "floor"


def _tightness(ceiling: Ceiling) -> tuple[bool, float, str, str]:
    """Sort by relative slack; what nothing uses comes last."""
    share = ceiling.slack_ct / ceiling.limit_ct if ceiling.limit_ct else 0.0
    return (not ceiling.used_ct and ceiling.slack_ct >= 0, share, ceiling.rule, ceiling.subject)


# --- Limits as tables: those with room folded for reading, and the complete list ------------------


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
            yield from (_table_row(subject, row) for row in members)


def _table_row(subject: MixSubject, row: LimitRow) -> Row:
    amounts = (row.limit, row.used, row.slack)
    shown = [euro(amount) if row.first.unit == "ct" else amount for amount in amounts]
    what = (Run(f"{row.what} "), Run(row.whom, quiet=True), *_minimum(subject, row))
    return (what, *shown, row.share, basis(subject, row))


def _minimum(subject: MixSubject, row: LimitRow) -> tuple[Run, ...]:
    """Say of a minimum that it is one, where its limit stands as a bare number."""
    if row.first.kind != "floor":
        return ()
    return (Run(f" ({subject.text.gettext('minimum, to be reached')})", quiet=True),)


# --- What stands above the limits of a mix: a tight figure that nobody confirmed, what is passed


def band(subject: MixSubject) -> Iterator[Panel]:
    """Yield the yellow band where a tight limit rests on a figure that nobody confirmed."""
    text = subject.text
    tight = [c for c in binding(ceilings_of(subject)) if c.status == "unverified"]
    if not tight:
        return
    named = list(dict.fromkeys(reference(subject, ceiling) for ceiling in tight))
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
