"""What if: rejected offers, other mixes nearly as good, and why no mix is possible."""

from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from typing import Any, Final

from alpclusters.analysis.funding.case import Wish
from alpclusters.analysis.funding.mix.loosening import limit_key
from alpclusters.platform.funding.domain.mixing.computing import LeftOut, left_out
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Run, Table
from alpclusters.reports.funding.limits import (
    LimitRow,
    amount_words,
    basis,
    binding,
    ceilings_of,
    folded_rows,
    is_partnership,
    limit_of,
)
from alpclusters.reports.funding.rules_used import statements
from alpclusters.reports.funding.subject import STATUSES, WISHES, MixSubject, euro, gap_words, said
from alpclusters.reports.funding_words.findings import Words
from alpclusters.reports.numbers import format_integer

# --- What binds a mix, and what a little more of it would bring: for page and documents -----------


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


# --- What if: rejected offers, other mixes nearly as good, and why no mix is possible -------------


type Part = Mapping[str, Any]


def scenario_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield the scenarios side by side, then the alternatives."""
    text = subject.text
    found = subject.mix.get("scenarios") or ()
    if found:
        yield Heading(text.gettext("What if an offer is rejected?"), 1)
        yield _scenario_table(subject, found)
        yield from _replacements(subject, found)
    others = subject.mix.get("alternatives") or ()
    if others:
        yield Heading(text.gettext("Other mixes nearly as good"), 2)
        yield _alternative_table(subject, others)
    yield from _left_out_blocks(subject)


def _left_out_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield what was not searched, in the words of the page of the mix."""
    # What a mix stored before was to have beside it is not known: nothing is said of it.
    if not subject.mix.get("beside"):
        return
    found = left_out(subject.case, subject.mix)
    if not found.is_something:
        return
    text = subject.text
    yield Heading(text.gettext("Not searched"), 2)
    yield Paragraph(
        text.gettext(
            "This case is large: each further search takes about as long as the best mix did."
        )
    )
    yield Bullets(tuple(_left_out_words(text, found)))


def _left_out_words(text: NullTranslations, found: LeftOut) -> Iterator[str]:
    n = found.n_alternatives
    if found.alternatives and n:
        yield text.ngettext(
            "Only one other mix nearly as good was looked for; there may be more.",
            "Only %(n)s other mixes nearly as good were looked for; there may be more.",
            n,
        ) % {"n": n}
    elif found.alternatives:
        yield text.gettext("No other mixes nearly as good were looked for.")
    if n := found.n_scenarios:
        yield text.ngettext(
            "For one large offer it was not examined what its refusal would cost.",
            "For %(n)s large offers it was not examined what their refusal would cost.",
            n,
        ) % {"n": n}


def _scenario_table(subject: MixSubject, scenarios: tuple[Part, ...]) -> Table:
    text = subject.text
    return Table(
        (
            Column(text.gettext("Scenario")),
            Column(text.gettext("Rejected")),
            Column(text.gettext("Worth"), "number"),
            Column(text.gettext("Loss"), "number"),
            Column(text.gettext("Gap"), "code"),
            Column(text.gettext("Result")),
        ),
        (_planned_row(subject), *(_scenario_row(subject, one) for one in scenarios)),
        caption=text.gettext("What a rejection costs, in euros"),
        note=text.gettext(
            "Worth: grants minus the effort of applying. Loss against the mix as planned; each "
            "scenario is a mix of its own that the checker accepted."
        ),
        name=text.gettext("Scenarios"),
    )


def _planned_row(subject: MixSubject) -> Row:
    mix, language = subject.mix, subject.language
    status = said(STATUSES, mix["status"], language)
    gap = gap_words(mix["gap"], language)
    return (subject.text.gettext("as planned"), "–", _money(mix["objective"]), 0, gap, status)


def _scenario_row(subject: MixSubject, one: Part) -> Row:
    rejected = ", ".join(subject.offer_name(name) for name in one.get("rejected", ()))
    status = said(STATUSES, str(one.get("status", "")), subject.language)
    worth, loss = _money(one.get("objective")), _money(one.get("loss_ct"))
    gap = gap_words(_gap(one), subject.language)
    return (_scenario_name(subject, str(one.get("id", ""))), rejected, worth, loss, gap, status)


def _gap(one: Part) -> float | None:
    """Return how far a scenario's mix may be from its best, as the mix itself counts it."""
    objective, bound = one.get("objective"), one.get("bound")
    if objective is None or bound is None:
        return None
    return float((bound - objective) / max(1, abs(bound)))


def _scenario_name(subject: MixSubject, name: str) -> str:
    """Return the case's own name; of those that the search adds a name in words."""
    titles = {scenario.id: scenario.title for scenario in subject.case.scenarios}
    if titles.get(name):
        return titles[name]
    _, is_added, offer = name.partition("without:")
    words = subject.text.gettext("without “%(offer)s”")
    return words % {"offer": subject.offer_name(offer)} if is_added else name


def _replacements(subject: MixSubject, scenarios: tuple[Part, ...]) -> Iterator[Block]:
    text = subject.text
    words = text.gettext("Without %(rejected)s: dropped %(dropped)s; added %(added)s.")
    items = tuple(
        words
        % {
            "rejected": _names(subject, one.get("rejected")),
            "dropped": _names(subject, one.get("dropped")),
            "added": _names(subject, one.get("added")),
        }
        for one in scenarios
    )
    yield Bullets(items)


def _names(subject: MixSubject, offers: Any) -> str:
    return ", ".join(subject.offer_name(name) for name in offers or ()) or "–"


def _alternative_table(subject: MixSubject, others: tuple[Part, ...]) -> Table:
    text = subject.text
    best = {offer.id for offer in subject.used}
    return Table(
        (
            Column(text.gettext("Mix"), "code"),
            Column(text.gettext("Worth"), "number"),
            Column(text.gettext("Less"), "number"),
            Column(text.gettext("Without")),
            Column(text.gettext("With")),
        ),
        tuple(_alternative_row(subject, n, one, best) for n, one in enumerate(others, start=2)),
        caption=text.gettext("Alternatives, in euros"),
        name=text.gettext("Alternatives"),
    )


def _alternative_row(subject: MixSubject, number: int, one: Part, best: set[str]) -> Row:
    used = {part["id"] for part in one.get("offers", ()) if part["used"]}
    without, with_ = sorted(best - used), sorted(used - best)
    worth, less = _money(one.get("objective")), _money(one.get("difference_ct"))
    return (str(number), worth, less, _names(subject, without), _names(subject, with_))


def infeasible_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield why the wishes cannot all be met, if so."""
    text, found = subject.text, subject.mix.get("infeasible")
    if not found:
        return
    yield Heading(text.gettext("Why no mix is possible"), 2)
    missing = tuple(_missing(subject, one) for one in found.get("missing", ()))
    if missing:
        yield Paragraph(text.gettext("This much is missing:"))
        yield Bullets(missing)
    reasons = tuple(_reason(subject, one) for one in found.get("reason", ()))
    if reasons:
        yield Paragraph(
            text.gettext("These cannot hold together; rules of law were never relaxed:")
        )
        yield Bullets(reasons)


def _missing(subject: MixSubject, one: Part) -> str:
    """Return what falls short and by how much; of a wish that is no amount only that it does."""
    if one["missing_ct"] is None:
        return _reason(subject, one)
    words = subject.text.gettext("%(what)s: %(money)s short")
    return words % {"what": _reason(subject, one), "money": subject.money(one["missing_ct"])}


def _reason(subject: MixSubject, one: Part) -> str:
    """Return a group and its member in words: ``own means: Organisation A``."""
    text = subject.text
    groups = {
        "own_means": text.gettext("own means"),
        "wish": text.gettext("wish"),
        "link": text.gettext("tie between offers"),
        "floor": text.gettext("least amount of an offer"),
    }
    group = str(one.get("group", ""))
    return f"{groups.get(group, group)}: {_member(subject, str(one.get('subject', '')))}"


def _member(subject: MixSubject, name: str) -> str:
    """Return what ``partner:A``, ``offer:X``, ``wish:0`` or ``link:2`` stands for."""
    kind, _, rest = name.partition(":")
    if kind == "partner":
        return subject.partner_name(rest)
    if kind == "offer":
        return subject.offer_name(rest)
    if kind == "wish" and rest.isdecimal() and int(rest) < len(subject.case.wishes):
        return _wish(subject, subject.case.wishes[int(rest)])
    if kind == "link" and rest.isdecimal() and int(rest) < len(subject.case.links):
        return _names(subject, subject.case.links[int(rest)].offers)
    return rest or kind


def _wish(subject: MixSubject, wish: Wish) -> str:
    named = {
        "use": subject.offer_name(wish.offer or ""),
        "avoid": subject.offer_name(wish.offer or ""),
        "min_total": subject.money(wish.amount_ct or 0),
        "min_partner": subject.partner_name(wish.partner or ""),
        "max_offers": str(wish.count),
        "fund_line": wish.line or "",
    }
    return said(WISHES, wish.type, subject.language) % {"name": named[wish.type]}


def _money(cents: Any) -> Any:
    return None if cents is None else euro(int(cents))
