"""What binds a mix, and what a little more of it would bring: for page and documents."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from alpclusters.analysis.funding.mix.loosening import limit_key
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Run, Table
from alpclusters.reports.funding.limit_tables import amount_words, basis, limit_of
from alpclusters.reports.funding.limits import (
    LimitRow,
    binding,
    ceilings_of,
    folded_rows,
    is_partnership,
)
from alpclusters.reports.funding.rules_used import statements
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_subjects import Words
from alpclusters.reports.numbers import format_integer

BY_LAW: Final = _("set by law")
BY_OFFER: Final = _("a term of the offer")
NOT_COMPUTED: Final = _("not computed")
GAINS: Final = _("%(change)s: the mix gains %(money)s")
NOTHING: Final = _("%(change)s: the mix gains nothing")
MORE: Final = _("%(amount)s more")
LESS: Final = _("%(amount)s less")
POINTS: Final = _("%(n)s percentage points more")
# Terms that somebody may move, and that were looked at.
MOVABLE: Final = ("case.cap", "case.partner_cap", "case.max_share", "case.max_partners",
                  "case.own_means", "case.credit")  # fmt: skip
_BP_OF_A_POINT: Final = 100


def binding_rows(subject: MixSubject) -> tuple[LimitRow, ...]:
    """Return the limits that bind, folded, money first; what is passed stands with violations."""
    return folded_rows(subject, binding(ceilings_of(subject)))


def loosened_words(subject: MixSubject, row: LimitRow) -> str:
    """Say what a little more of a limit would bring the mix, or why that is not said."""
    text, first = subject.text, row.first
    if first.act:
        return text.gettext(BY_LAW)
    reasons: Mapping[str, Any] = subject.mix.get("reasons") or {}
    found = reasons.get(limit_key(first.rule, first.subject), {})
    if found.get("state") == "done":
        return _gain(subject, first.rule, found["ways"][0])
    is_movable = first.rule in MOVABLE or first.rule.startswith("wish.")
    return text.gettext(NOT_COMPUTED if is_movable else BY_OFFER)


def _gain(subject: MixSubject, rule: str, way: Mapping[str, Any]) -> str:
    text = subject.text
    change = _change(subject, rule, way["amount"])
    if not way["worth_ct"]:
        return text.gettext(NOTHING) % {"change": change}
    return text.gettext(GAINS) % {"change": change, "money": subject.money(way["worth_ct"])}


def _change(subject: MixSubject, rule: str, amount: int) -> str:
    text, language = subject.text, subject.language
    if rule == "case.max_share":
        return text.gettext(POINTS) % {"n": format_integer(amount // _BP_OF_A_POINT, language)}
    if rule in {"case.max_partners", "wish.max_offers"}:
        return text.gettext(MORE) % {"amount": format_integer(amount, language)}
    said = text.gettext(LESS if rule.startswith("wish.") else MORE)
    return said % {"amount": subject.money(amount)}


def binding_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the table of what binds."""
    text, rows = subject.text, binding_rows(subject)
    yield Heading(text.gettext("What binds"), 2)
    if rows:
        yield _table(subject, rows)
        yield from _statements(subject, rows)
    else:
        yield Paragraph(text.gettext("No limit binds: more costs or more offers would bring more."))
    if met := just_met(subject):
        said = text.gettext(
            "Just met, so that one partner or country fewer voids the grant: %(offers)s."
        )
        yield Paragraph(said % {"offers": "; ".join(met)})


def _statements(subject: MixSubject, rows: tuple[LimitRow, ...]) -> Iterator[Block]:
    """Yield what the law behind the rows says, each paragraph once."""
    firsts = [row.first for row in rows]
    if found := statements(firsts, subject.language):
        yield Paragraph(
            (Run(subject.text.gettext("What the law behind these limits says:"), strong=True),)
        )
        yield Bullets(
            tuple((Run(one.law, link=one.url or None), Run(f": {one.says}")) for one in found)
        )


def just_met(subject: MixSubject) -> list[str]:
    """Name the offers and partners whose partnership is just large enough, each once."""
    words = Words(subject.case, subject.language)
    met = (one for one in ceilings_of(subject) if one.is_tight and is_partnership(one))
    return list(dict.fromkeys(words.subject(one.subject.partition("/")[0]) for one in met))


def _table(subject: MixSubject, rows: tuple[LimitRow, ...]) -> Table:
    text = subject.text
    return Table(
        (
            Column(text.gettext("Limit of what")),
            Column(text.gettext("Limit"), "code"),
            Column(text.gettext("Used"), "code"),
            Column(text.gettext("What a little more would bring")),
        ),
        tuple(_table_row(subject, row) for row in rows),
        caption=text.gettext("Limits that are used up to 95 per cent and more"),
        note=text.gettext(
            "A little more: a tenth of an amount, ten percentage points of a share, one of a "
            "count. The case was solved again with it; the law is never loosened."
        ),
        name=text.gettext("What binds"),
    )


def _table_row(subject: MixSubject, row: LimitRow) -> Row:
    law = (Run(" "), *basis(subject, row)) if row.law else ()
    whom = (Run(f"{row.what} "), Run(row.whom, quiet=True), *law)
    used = amount_words(subject, row, row.used)
    return (whom, limit_of(subject, row), used, loosened_words(subject, row))
