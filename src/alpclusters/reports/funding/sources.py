"""What a mix rests on: rule-books by day, unconfirmed figures, assumptions, open points."""

from collections.abc import Iterator

from alpclusters.analysis.funding.case.records import Offer
from alpclusters.analysis.funding.check.records import Note
from alpclusters.analysis.funding.rulebooks import BOOKS, book_on
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
from alpclusters.reports.funding_ceilings import ceiling_name, law_words, note_sentence
from alpclusters.reports.funding_facts import fact_words


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
