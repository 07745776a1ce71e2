"""Cases weighed together: what each gets alone and beside the others, for page and files."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from gettext import NullTranslations
from typing import Any, Final

from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.check.findings import Note
from alpclusters.analysis.funding.rulebooks import PROLONGED
from alpclusters.analysis.funding.rulebooks.books import BOOKS
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.blocks import Block, Bullets, Column, Document, Paragraph, Row, Table
from alpclusters.reports.funding.law_in_time import (
    READINGS,
    LawMessage,
    foot_note,
    law_panels,
    law_words,
    open_sentences,
)
from alpclusters.reports.funding.subject import euro
from alpclusters.reports.numbers import format_money

type Found = Mapping[str, Any]
TOGETHER: Final = ("optimal", "gap", "undecided")


@dataclass(frozen=True)
class JointSubject:
    """What was asked and found, with the cases read.

    ``asked`` holds ``cases``, ``same`` and ``names`` of the undertakings; ``found`` is an answer of
    the format ``alpclusters-joint/1``; ``cases`` are by their keys.
    """

    asked: Found
    found: Found
    cases: Mapping[str, Case]
    language: str

    @cached_property
    def text(self) -> NullTranslations:
        """The words of the language."""
        return translator(self.language)

    @property
    def has_mixes(self) -> bool:
        """Say whether there are mixes that may be shown."""
        return self.found["status"] in TOGETHER

    @property
    def rulebook(self) -> str:
        """How the cases read the law after the end of an act; all in the same way."""
        return next(iter(self.cases.values())).rulebook

    @property
    def title(self) -> str:
        """The titles of all cases."""
        return " + ".join(self.case_name(one["key"]) for one in self.asked["cases"])

    def case_name(self, key: str) -> str:
        """Return the title of a case."""
        return next(str(one["title"]) for one in self.asked["cases"] if one["key"] == key)

    def offer_name(self, key: str, offer: str) -> str:
        """Return the title of an offer of a case, else its identifier."""
        titles = {one.id: one.title for one in self.cases[key].offers}
        return titles.get(offer) or offer

    def undertaking(self, nodes: Any) -> str:
        """Return the name of an undertaking by one of its places in the cases."""
        here = {(key, name) for key, name in nodes}
        for group, name in zip(self.asked["same"], self.asked["names"], strict=True):
            if any((key, one) in here for key, one in group):
                return str(name)
        return ", ".join(sorted({name for _, name in here}))

    def account(self, kind: str, name: str) -> str:
        """Return what an account is called: the state for de minimis, else act and article."""
        if kind == "de_minimis":
            return self.text.gettext("de minimis aid, %(state)s") % {"state": name}
        for book in BOOKS:
            for rule in book.rules:
                if name in (rule.id, rule.params.get("ceiling_group")):
                    return f"{rule.act} {rule.article}"
        return name

    def money(self, cents: int) -> str:
        """Return an amount in whole euros."""
        return format_money(cents, "EUR", self.language, 0)


def joint_sentences(subject: JointSubject) -> tuple[str, ...]:
    """Say what came out, what it is worth and what the overlap costs."""
    return tuple(_sentences(subject))


def joint_tables(subject: JointSubject) -> dict[str, Table]:
    """Return the tables of page and files by name; those with nothing to say are left out."""
    if not subject.has_mixes:
        return {}
    tables = {
        "cases": _cases(subject),
        "draws": _draws(subject),
        "accounts": _levels(subject),
        "orders": _orders(subject),
        "offers": _offers(subject),
        "learnt": _learnt(subject),
    }
    return {name: table for name, table in tables.items() if table.rows}


def joint_law(subject: JointSubject) -> tuple[LawMessage, ...]:
    """Say which grants are undecided, case by case, and how ended law is read."""
    items = [
        f"{subject.case_name(part['key'])}: {said}"
        for part in subject.found["parts"]
        for said in open_sentences(
            [Note(**one) for one in part.get("undecided") or ()],
            subject.cases[part["key"]],
            subject.language,
        )
    ]
    return tuple(law_words(items, subject.rulebook, subject.text))


def scenario_marked(table: Table, subject: JointSubject) -> Table:
    """Return a table that is taken away by itself: with a last column "Law" if it is a scenario."""
    if subject.rulebook != PROLONGED:
        return table
    text = subject.text
    mark = text.gettext(READINGS[PROLONGED])
    return replace(
        table,
        columns=(*table.columns, Column(text.gettext("Law"))),
        rows=tuple((*row, mark) for row in table.value_rows),
        total=(*table.total, mark) if table.total else None,
    )


def joint_document(subject: JointSubject, *, day: dt.date) -> Document:
    """Return the answer as a document."""
    text = subject.text
    blocks: list[Block] = [*law_panels(joint_law(subject)), Bullets(joint_sentences(subject))]
    blocks += joint_tables(subject).values()
    blocks.append(Paragraph(joint_note(subject), role="note"))
    return Document(
        title=subject.title,
        subtitle=text.gettext("Several cases on one account"),
        language=subject.language,
        kind="funding",
        date=day,
        blocks=tuple(blocks),
        simulated=any(case.is_simulated for case in subject.cases.values()),
        project=str(subject.asked.get("project", "joint")),
        foot_note=foot_note(subject.rulebook, text),
        kicker=text.gettext("Funding mix"),
    )


def joint_note(subject: JointSubject) -> str:
    """Say what is common and what is not."""
    return subject.text.gettext(
        "Amounts are grants minus the effort of applying. Common are the accounts of de minimis "
        "aid of an undertaking in a state, and ceilings of an article per undertaking and year or "
        "three years. Costs of different cases are taken to be different costs. “Alone” counts the "
        "aid that any of the cases knows of."
    )


def _sentences(subject: JointSubject) -> Iterator[str]:
    text, found = subject.text, subject.found
    if found["status"] == "infeasible":
        yield text.gettext("There are no mixes that fulfil the fixed wishes of all cases together.")
        return
    if not subject.has_mixes:
        yield text.gettext("No mixes were found that pass every check. Nothing may be used.")
        return
    values = {name: subject.money(found[f"{name}_ct"]) for name in ("alone", "together", "lost")}
    if found["lost_ct"] > 0:
        words = text.gettext(
            "Each case alone: %(alone)s in all. Together: %(together)s. Common accounts cost "
            "%(lost)s."
        )
    else:
        words = text.gettext(
            "Together the cases get %(together)s, as much as each alone: the accounts suffice."
        )
    yield words % values
    yield from _proof(subject)
    for account in found["accounts"]:
        if account["over_ct"]:
            yield _overdrawn(subject, account)
    if found["alone_missed_ct"] or found["together_missed_ct"]:
        yield text.gettext("What missed wishes cost is taken off where amounts are compared.")


def _proof(subject: JointSubject) -> Iterator[str]:
    text, found = subject.text, subject.found
    if found["status"] == "optimal":
        yield text.gettext("It is proved: no mixes of these cases are worth more together.")
    elif found["status"] == "gap":
        words = text.gettext("No mixes of these cases are worth more than %(bound)s together.")
        yield words % {"bound": subject.money(found["bound_ct"])}
    else:
        yield text.gettext("Which law holds on the day of a grant is not known for all of them.")


def _overdrawn(subject: JointSubject, account: Found) -> str:
    text = subject.text
    words = text.gettext(
        "%(undertaking)s, %(account)s: alone the cases would draw %(over)s too much from it."
    )
    said = words % {
        "undertaking": subject.undertaking(account["undertakings"]),
        "account": subject.account(account["kind"], account["name"]),
        "over": subject.money(account["over_ct"]),
    }
    if account["lost_ct"] is None:
        return said
    cost = text.gettext("This account by itself costs %(lost)s.")
    return f"{said} {cost % {'lost': subject.money(account['lost_ct'])}}"


def _cases(subject: JointSubject) -> Table:
    text, found = subject.text, subject.found
    rows: tuple[Row, ...] = tuple(
        (
            subject.case_name(one["key"]),
            euro(one["alone_ct"]),
            euro(one["together_ct"]),
            euro(one["alone_ct"] - one["together_ct"]),
        )
        for one in found["parts"]
    )
    alone, together = found["alone_ct"], found["together_ct"]
    return Table(
        (
            Column(text.gettext("Case")),
            Column(text.gettext("Alone"), "number"),
            Column(text.gettext("Together"), "number"),
            Column(text.gettext("Less"), "number"),
        ),
        rows,
        caption=text.gettext("What each case gets, in euros"),
        total=(text.gettext("Sum"), euro(alone), euro(together), euro(alone - together)),
        name=text.gettext("Cases"),
    )


def _draws(subject: JointSubject) -> Table:
    """Who draws from which account, in which year."""
    text = subject.text
    return Table(
        (
            Column(text.gettext("Undertaking")),
            Column(text.gettext("Account of aid")),
            Column(text.gettext("Day of the grant"), "date"),
            Column(text.gettext("Case")),
            Column(text.gettext("Offer")),
            Column(text.gettext("Alone"), "number"),
            Column(text.gettext("Together"), "number"),
        ),
        tuple(row for account in subject.found["accounts"] for row in _draws_of(subject, account)),
        caption=text.gettext("Which case draws from which account and when, in euros"),
        name=text.gettext("Draws"),
    )


def _draws_of(subject: JointSubject, account: Found) -> Iterator[Row]:
    sums: dict[tuple[str, str, str], dict[str, int]] = {}
    for way in ("alone", "together"):
        for one in (account[way] or {"grants": ()})["grants"]:
            key = (one["day"], one["case"], one["offer"])
            sums.setdefault(key, {})[way] = one["amount_ct"]
    for (day, case, offer), amounts in sorted(sums.items()):
        yield (
            *_named(subject, account),
            dt.date.fromisoformat(day),
            subject.case_name(case),
            subject.offer_name(case, offer),
            euro(amounts.get("alone", 0)),
            euro(amounts.get("together", 0)),
        )


def _levels(subject: JointSubject) -> Table:
    text = subject.text
    return Table(
        (
            Column(text.gettext("Undertaking")),
            Column(text.gettext("Account of aid")),
            Column(text.gettext("On"), "date"),
            Column(text.gettext("Counts after"), "date"),
            Column(text.gettext("Limit"), "number"),
            Column(text.gettext("Granted before"), "number"),
            Column(text.gettext("Planned together"), "number"),
            Column(text.gettext("Left"), "number"),
        ),
        tuple(row for account in subject.found["accounts"] for row in _levels_of(subject, account)),
        caption=text.gettext("How full each account is on the day of each grant, in euros"),
        note=text.gettext("Added up a second time from the mixes in cents, apart from the search."),
        name=text.gettext("Accounts"),
    )


def _levels_of(subject: JointSubject, account: Found) -> Iterator[Row]:
    for one in (account["together"] or {"limits": ()})["limits"]:
        if one["limit_ct"] is not None:
            left = one["limit_ct"] - one["earlier_ct"] - one["planned_ct"]
            yield (
                *_named(subject, account),
                dt.date.fromisoformat(one["on"]),
                dt.date.fromisoformat(one["after"]),
                euro(one["limit_ct"]),
                euro(one["earlier_ct"]),
                euro(one["planned_ct"]),
                euro(left),
            )


def _orders(subject: JointSubject) -> Table:
    text, found = subject.text, subject.found
    best = found["together_ct"] - found["together_missed_ct"]
    rows: tuple[Row, ...] = tuple(
        (
            subject.case_name(one["first"]),
            euro(one["worth_ct"]),
            euro(max(best - one["worth_ct"], 0)),
        )
        for one in found["orders"]
    )
    return Table(
        (
            Column(text.gettext("Goes first")),
            Column(text.gettext("All cases get"), "number"),
            Column(text.gettext("Less than together"), "number"),
        ),
        rows,
        caption=text.gettext(
            "If one case takes its best mix first and the others share the rest, in euros"
        ),
        name=text.gettext("Who goes first"),
    )


def _offers(subject: JointSubject) -> Table:
    text = subject.text
    return Table(
        (
            Column(text.gettext("Case")),
            Column(text.gettext("Offer")),
            Column(text.gettext("Alone"), "number"),
            Column(text.gettext("Together"), "number"),
        ),
        tuple(row for one in subject.found["parts"] for row in _offers_of(subject, one)),
        caption=text.gettext("Grants of each offer, in euros"),
        name=text.gettext("Offers"),
    )


def _offers_of(subject: JointSubject, part: Found) -> Iterator[Row]:
    sums: dict[str, dict[str, int]] = {}
    for way in ("alone", "together"):
        for cell in part[way]:
            amounts = sums.setdefault(cell["offer"], {"alone": 0, "together": 0})
            amounts[way] += cell["grant_ct"]
    for offer, amounts in sums.items():
        name = subject.offer_name(part["key"], offer)
        both = euro(amounts["alone"]), euro(amounts["together"])
        yield (subject.case_name(part["key"]), name, *both)


def _learnt(subject: JointSubject) -> Table:
    text = subject.text
    states = {one["name"] for one in subject.found["accounts"] if one["kind"] == "de_minimis"}
    rows: tuple[Row, ...] = tuple(
        (
            subject.case_name(one["part"]),
            subject.undertaking([(one["part"], one["undertaking"])]),
            subject.account(_kind(one["account"], states), one["account"]),
            euro(one["amount_ct"]),
        )
        for one in subject.found["learnt"]
    )
    return Table(
        (
            Column(text.gettext("Case")),
            Column(text.gettext("Undertaking")),
            Column(text.gettext("Account of aid")),
            Column(text.gettext("Amount"), "number"),
        ),
        rows,
        caption=text.gettext(
            "Earlier aid that a case did not state and another one does, in euros"
        ),
        name=text.gettext("Earlier aid"),
    )


def _kind(account: str, states: set[str]) -> str:
    return "de_minimis" if account in states or len(account) == len("DE") else "article"


def _named(subject: JointSubject, account: Found) -> tuple[str, str]:
    name = subject.undertaking(account["undertakings"])
    return name, subject.account(account["kind"], account["name"])
