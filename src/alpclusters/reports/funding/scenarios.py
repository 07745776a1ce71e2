"""What if: rejected offers, other mixes nearly as good, and why no mix is possible."""

from collections.abc import Iterator, Mapping
from typing import Any

from alpclusters.reports.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from alpclusters.reports.funding.subject import MixSubject, euro
from alpclusters.reports.funding.words import STATUSES, said

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


def _scenario_table(subject: MixSubject, scenarios: tuple[Part, ...]) -> Table:
    text = subject.text
    return Table(
        (
            Column(text.gettext("Scenario")),
            Column(text.gettext("Rejected")),
            Column(text.gettext("Worth"), "number"),
            Column(text.gettext("Loss"), "number"),
            Column(text.gettext("Gap"), "percent", decimals=2),
            Column(text.gettext("Result")),
        ),
        (
            (
                text.gettext("as planned"), "–", _money(subject.mix["objective"]), 0,
                subject.mix["gap"], said(STATUSES, subject.mix["status"], subject.language),
            ),
            *(_scenario_row(subject, one) for one in scenarios),
        ),
        caption=text.gettext("What a rejection costs, in euros"),
        note=text.gettext(
            "Worth: grants minus the effort of applying. Loss against the mix as planned; each "
            "scenario is a mix of its own that the checker accepted."
        ),
        name=text.gettext("Scenarios"),
    )  # fmt: skip


def _scenario_row(subject: MixSubject, one: Part) -> Row:
    rejected = ", ".join(subject.offer_name(name) for name in one.get("rejected", ()))
    status = said(STATUSES, str(one.get("status", "")), subject.language)
    worth, loss = _money(one.get("objective")), _money(one.get("loss_ct"))
    return (str(one.get("id", "")), rejected, worth, loss, one.get("gap"), status)


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
        yield Paragraph(text.gettext("These cannot hold together; rules of law were never relaxed:"))
        yield Bullets(reasons)


def _missing(subject: MixSubject, one: Part) -> str:
    words = subject.text.gettext("%(what)s: %(money)s short")
    return words % {"what": _reason(subject, one), "money": subject.money(one["missing_ct"])}


def _reason(subject: MixSubject, one: Part) -> str:
    """Return a group and its subject in words: ``own means: Organisation A``."""
    text = subject.text
    groups = {
        "own_means": text.gettext("own means"),
        "wishes": text.gettext("wish"),
        "wish": text.gettext("wish"),
        "floors": text.gettext("least grant"),
        "floor": text.gettext("least grant"),
        "exclusive": text.gettext("exclusion"),
        "exclusivities": text.gettext("exclusion"),
    }
    kind, _, name = str(one.get("subject", "")).partition(":")
    known = {"partner": subject.partner_name, "offer": subject.offer_name}
    group = groups.get(str(one.get("group", "")), str(one.get("group", "")))
    return f"{group}: {known[kind](name) if kind in known else (name or kind)}"


def _money(cents: Any) -> Any:
    return None if cents is None else euro(int(cents))
