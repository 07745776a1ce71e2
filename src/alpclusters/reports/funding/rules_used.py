"""The rules that a mix rests on: where each stands, and when it was last compared with a text."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from alpclusters.analysis.funding.check.records import Ceiling
from alpclusters.analysis.funding.rulebooks import BOOKS, Rule
from alpclusters.analysis.funding.rulebooks.checked import is_old
from alpclusters.reports.blocks import Block, Chip, Column, Heading, Mark, Row, Run, Table
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.limits import ceilings_of
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_acts import act_url
from alpclusters.reports.funding_ceilings import ceiling_name, law_words
from alpclusters.reports.funding_paragraphs import paragraph_law, paragraph_says, rule_version
from alpclusters.reports.funding_subjects import article_words


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
    says: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What a paragraph behind a limit says, in our own words, and where it stands."""

    law: str
    url: str
    says: str


def statements(ceilings: Iterable[Ceiling], language: str) -> tuple[Statement, ...]:
    """Return what the law behind some limits says, each paragraph once.

    An article that sets the intensity of a cost stands before the rule that adds aid up. Limits
    that a case or an offer sets have none.
    """
    found: dict[str, Statement] = {}
    for ceiling in ceilings:
        for one in (*_set_by(ceiling), ceiling):
            rule = _version(one) if one.act else None
            if rule and rule.id not in found:
                url = act_url(one.act, one.article)
                law, says = paragraph_law(rule, language), paragraph_says(rule, language)
                found[rule.id] = Statement(law, url, says)
    return tuple(found.values())


def rules_used(
    subject: MixSubject, *, today: dt.date, with_articles: bool = True
) -> tuple[RuleUsed, ...]:
    """Return the rules that limits of a mix rest on, by their id.

    Parameters
    ----------
    subject : MixSubject
    today : date
        A rule compared a year before it or longer, or on a day that nobody wrote down, is old.
    with_articles : bool, default True
        Also the articles that set the intensity of a cost, beside the rule that adds aid up.
    """
    found: dict[tuple[str, str, str], list[Ceiling]] = {}
    for ceiling in ceilings_of(subject):
        for one in (ceiling, *(_set_by(ceiling) if with_articles else ())):
            if one.act:
                found.setdefault((one.rule, one.act, one.article), []).append(one)
    return tuple(_used(subject, found[key], today) for key in sorted(found))


def _set_by(ceiling: Ceiling) -> Iterator[Ceiling]:
    """Yield the limit once more under the article that sets its intensity."""
    if rule := rule_version(ceiling.set_by, ceiling.act):
        yield replace(ceiling, rule=rule.id, article=rule.article)


def _what(ceiling: Ceiling, language: str) -> str:
    if ceiling.rule == ceiling.set_by:
        return article_words(ceiling.rule, language)
    return ceiling_name(ceiling.rule, "", language)


def _used(subject: MixSubject, ceilings: list[Ceiling], today: dt.date) -> RuleUsed:
    first, rule = ceilings[0], _version(ceilings[0])
    checked_on = rule.checked_on if rule else None
    old = rule is None or is_old(rule, today=today)
    return RuleUsed(
        first.rule,
        _what(first, subject.language),
        _law(subject, first, rule),
        act_url(first.act, first.article),
        _checked(subject, checked_on, is_old=old),
        old,
        any(one.status == "unverified" for one in ceilings),
        max((one.used_ct / one.limit_ct for one in ceilings if one.limit_ct), default=None),
        paragraph_says(rule, subject.language) if rule else "",
    )


def _law(subject: MixSubject, ceiling: Ceiling, rule: Rule | None) -> str:
    if rule:
        return paragraph_law(rule, subject.language)
    return law_words(ceiling.act, ceiling.article, subject.language)


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


def rule_blocks(subject: MixSubject, *, today: dt.date, is_whole: bool) -> Iterator[Block]:
    """Yield the table of the rules; the whole one says in words what each says."""
    rules, text = rules_used(subject, today=today, with_articles=is_whole), subject.text
    if not rules:
        return
    yield Heading(text.gettext("Rules behind the limits"), 2)
    yield Table(
        (
            Column(text.gettext("Rule")),
            Column(text.gettext("Where it stands")),
            Column(text.gettext("Use"), "percent", decimals=0),
            Column(text.gettext("Last checked"), "code"),
            *((Column(text.gettext("What it says")),) if is_whole else ()),
        ),
        tuple((*_row(one), one.says) if is_whole else _row(one) for one in rules),
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
