"""The rules that a mix rests on: where each stands, and when it was last compared with a text."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from alpclusters.analysis.funding.check.records import Ceiling
from alpclusters.analysis.funding.rulebooks import BOOKS, Rule
from alpclusters.analysis.funding.rulebooks.checked import is_old
from alpclusters.reports.blocks import Block, Chip, Column, Heading, Mark, Row, Run, Table
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.limits import ceilings_of
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_acts import act_url
from alpclusters.reports.funding_ceilings import ceiling_name, law_words


@dataclass(frozen=True, slots=True)
class RuleUsed:
    """A rule behind limits of a mix, in words."""

    rule: str
    what: str
    law: str
    url: str
    checked: str
    is_old: bool
    is_unverified: bool
    use: float | None


def rules_used(subject: MixSubject, *, today: dt.date) -> tuple[RuleUsed, ...]:
    """Return the rules that limits of a mix rest on, by their id.

    Parameters
    ----------
    subject : MixSubject
    today : date
        A rule compared a year before it or longer, or on a day that nobody wrote down, is old.
    """
    found: dict[tuple[str, str, str], list[Ceiling]] = {}
    for one in ceilings_of(subject):
        if one.act:
            found.setdefault((one.rule, one.act, one.article), []).append(one)
    return tuple(_used(subject, found[key], today) for key in sorted(found))


def _used(subject: MixSubject, ceilings: list[Ceiling], today: dt.date) -> RuleUsed:
    first, rule = ceilings[0], _version(ceilings[0])
    checked_on = rule.checked_on if rule else None
    old = rule is None or is_old(rule, today=today)
    return RuleUsed(
        first.rule,
        ceiling_name(first.rule, "", subject.language),
        law_words(first.act, first.article, subject.language),
        act_url(first.act, first.article),
        _checked(subject, checked_on, is_old=old),
        old,
        any(one.status == "unverified" for one in ceilings),
        max((one.used_ct / one.limit_ct for one in ceilings if one.limit_ct), default=None),
    )


def _version(ceiling: Ceiling) -> Rule | None:
    """Return the newest version of the rule that stands where the limit says."""
    books = [book for book in BOOKS if book.id == ceiling.book] or BOOKS
    versions = [
        rule
        for book in books
        for rule in book.rules
        if (rule.id, rule.act, rule.article) == (ceiling.rule, ceiling.act, ceiling.article)
    ]
    return max(versions, key=lambda rule: rule.valid_from, default=None)


def _checked(subject: MixSubject, day: dt.date | None, *, is_old: bool) -> str:
    if day is None:
        return subject.text.gettext("not recorded")
    said = format_date_short(day, subject.language)
    if not is_old:
        return said
    return subject.text.gettext("%(day)s, a year ago or longer") % {"day": said}


def rule_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the table of the rules."""
    rules, text = rules_used(subject, today=today), subject.text
    if not rules:
        return
    yield Heading(text.gettext("Rules behind the limits"), 2)
    yield Table(
        (
            Column(text.gettext("Rule")),
            Column(text.gettext("Where it stands")),
            Column(text.gettext("Use"), "percent", decimals=0),
            Column(text.gettext("Last checked"), "code"),
        ),
        tuple(_row(one) for one in rules),
        caption=text.gettext("When each rule was last compared with its text"),
        note=text.gettext(
            "Grey: a year ago or longer, or on a day that nobody wrote down. Have such a rule "
            "checked before you rely on it."
        ),
        name=text.gettext("Rules behind the limits"),
    )


def _row(one: RuleUsed) -> Row:
    mark = (Run(" "), Chip(Mark.UNVERIFIED)) if one.is_unverified else ()
    return (
        (Run(f"{one.what} ({one.rule})"), *mark),
        (Run(one.law, link=one.url or None),),
        one.use,
        (Run(one.checked, quiet=one.is_old),),
    )
