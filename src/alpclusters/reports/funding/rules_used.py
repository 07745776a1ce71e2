"""The rules that a mix rests on: where each stands, and when it was last compared with a text."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from alpclusters.analysis.funding.case import Offer
from alpclusters.analysis.funding.check.findings import Ceiling, Note
from alpclusters.analysis.funding.rulebooks import BOOKS, Rule, book_on
from alpclusters.analysis.funding.rulebooks.writing import is_old
from alpclusters.reports.blocks import (
    UNKNOWN,
    Block,
    Bullets,
    Cell,
    Chip,
    Column,
    Heading,
    Mark,
    Row,
    Run,
    Table,
    Text,
)
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.limits import ceilings_of
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_words.findings import (
    article_words,
    ceiling_name,
    law_words,
    note_sentence,
)
from alpclusters.reports.funding_words.paragraphs import paragraph_law, paragraph_says, rule_version
from alpclusters.reports.funding_words.rules import act_url, fact_words


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


# --- What a mix rests on: rule-books by day, unconfirmed figures, assumptions, open points --------


def rulebook_table(subject: MixSubject) -> Iterator[Block]:
    """Yield by which rule-book each used offer is judged."""
    text = subject.text
    if not subject.used:
        return
    yield Heading(text.gettext("Rule-books"), 2)
    yield Table(
        (
            Column(text.gettext("Offer")),
            Column(text.gettext("Day of the grant"), "date"),
            Column(text.gettext("Rule-book"), "code"),
            Column(text.gettext("Valid")),
        ),
        tuple(_book_row(subject, offer) for offer in subject.used),
        caption=text.gettext("Each grant is judged by the rules of its day"),
        note=text.gettext("Day: as granted, else as planned, else the end of the call."),
        name=text.gettext("Rule-books"),
    )


def _book_row(subject: MixSubject, offer: Offer) -> Row:
    named = {book.id: book for book in BOOKS}
    book = named.get(subject.case.rulebook) or (book_on(offer.day) if offer.day else None)
    if book is None:
        return (subject.offer_name(offer.id), offer.day or UNKNOWN, None, UNKNOWN)
    language = subject.language
    start = format_date_short(book.valid_from, language)
    end = format_date_short(book.valid_to, language) if book.valid_to else ""
    return (subject.offer_name(offer.id), offer.day or UNKNOWN, book.id, f"{start} – {end}".strip())


def unverified_table(subject: MixSubject) -> Iterator[Block]:
    """Yield the rules and terms whose figures nobody confirmed."""
    text = subject.text
    rows = (*_unverified_rules(subject), *_unverified_facts(subject))
    yield Heading(text.gettext("Figures that are not verified"), 2)
    if not rows:
        yield Bullets((text.gettext("All figures that this mix rests on are verified."),))
        return
    yield Table(
        (
            Column(text.gettext("Figure")),
            Column(text.gettext("Basis")),
            Column(text.gettext("Status"), "status"),
        ),
        rows,
        caption=text.gettext("Confirm these before you apply"),
        name=text.gettext("Not verified"),
    )


def _unverified_rules(subject: MixSubject) -> Iterator[Row]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in ceilings_of(subject):
        if one.status == "unverified":
            found.setdefault((one.rule, one.act, one.article), []).append(one.book)
    for (rule, act, article), books in sorted(found.items()):
        where = law_words(act, article, subject.language)
        named = ", ".join(sorted(set(books)))
        words = f"{ceiling_name(rule, '', subject.language)} ({rule})"
        yield (words, f"{where} ({named})", Chip(Mark.UNVERIFIED))


def _unverified_facts(subject: MixSubject) -> Iterator[Row]:
    for offer in subject.used:
        for fact in offer.facts:
            mark: Cell = Chip(Mark.UNVERIFIED)
            if fact.status == "verified":
                continue
            if fact.status == "demonstration":
                mark = Chip(Mark.SIMULATED)
            name, source = (fact_words(one, subject.language) for one in (fact.name, fact.source))
            yield (f"{subject.offer_name(offer.id)}: {name}", source, mark)


def assumption_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield what was taken for granted, what is open, and what readers should know."""
    text = subject.text
    for title, items in (
        (text.gettext("Assumptions"), tuple(_assumptions(subject))),
        (text.gettext("Open questions"), tuple(_open(subject))),
        (text.gettext("Undecided rules"), tuple(_notes(subject, "undecided"))),
        (text.gettext("Notes"), tuple(_notes(subject, "notes"))),
    ):
        if items:
            yield Heading(title, 2)
            yield Bullets(items)


def _assumptions(subject: MixSubject) -> Iterator[Text]:
    text = subject.text
    for one in subject.mix.get("assumptions") or ():
        words = text.gettext("%(partner)s is taken to fit “%(offer)s”; open: %(fields)s.")
        yield words % {
            "partner": subject.partner_name(one["partner"]),
            "offer": subject.offer_name(one["offer"]),
            "fields": ", ".join(one.get("fields", ())) or "–",
        }
    if not subject.case.solver.theme_filter:
        yield text.gettext("Themes of offers and work packages were not compared.")


def _open(subject: MixSubject) -> Iterator[Text]:
    text = subject.text
    words = text.gettext("Whether it fits is open for %(partners)s.")
    for one in subject.mix.get("open") or ():
        partners = ", ".join(subject.partner_name(name) for name in one.get("partners", ()))
        name = subject.offer_name(str(one.get("offer", "")))
        yield (Run(f"{name}: ", strong=True), Run(words % {"partners": partners or "–"}))


def _notes(subject: MixSubject, kind: str) -> Iterator[Text]:
    found = [Note(**part) for part in subject.mix["check"].get(kind) or ()]
    sentences = (note_sentence(one, subject.case, subject.language) for one in found)
    yield from dict.fromkeys(sentences)
