"""Why an offer or a partner of a mix gets nothing, and the ways in, as sentences."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.analysis.funding.eligibility import judge_case
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.blocks import Block, Heading, Paragraph
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.funding_facts import fact_words
from alpclusters.reports.funding_reasons import verdict_reasons

OBSTACLES: Final[Mapping[str, str]] = {
    "closed": _("Applications closed on %(day)s."),
    "not_eligible": _("It fits none of the partners: kind, size or place is another."),
    "open": _("It is not known yet whom it fits: conditions or answers are missing."),
    "category": _("It pays for none of the cost categories of the partners whom it fits."),
    "quarter": _("No cost lies in the time in which its costs count."),
    "theme": _("None of the work packages has one of its themes."),
    "late": _("The application of %(day)s comes after the start of work."),
    "no_law": _("It is undecided: the rule for %(day)s is not known (%(subject)s)."),
    "article": _("The article that it names allows no aid for these costs (%(subject)s)."),
    "partner_floor": _(
        "Each partner has to declare at least %(needed)s; %(subject)s reaches %(found)s."
    ),
    "floor": _("The grant has to be at least %(needed)s; you reach %(found)s."),
    "partners": _("It needs %(needed)s partners; it fits %(found)s."),
    "countries": _("It needs partners from %(needed)s countries; they are from %(found)s."),
    "member_states": _("It needs %(needed)s partners from Member States; there are %(found)s."),
    "exclusive": _("It excludes “%(subject)s”, which brings %(needed)s more."),
    "avoid": _("You wish to do without it."),
    "max_offers": _("Your wishes leave no room for it."),
    "own_means": _("Own means or credit lines do not suffice for it."),
    "de_minimis": _("The de minimis account is full: at most %(needed)s within three years."),
    "effort": _("Applying costs %(needed)s, and it brings %(found)s."),
    "displaced": _(
        "“%(subject)s” would take costs that the mix uses better: it would lose %(needed)s."
    ),
    "as_good": _("“%(subject)s” would do as well: a mix with it is worth the same."),
    "no_costs": _("%(subject)s has no costs in this case."),
    "no_offer": _("No offer pays for these costs: none fits, or none can be used."),
    "together": _("Several conditions together leave no room for it."),
}
WAYS: Final[Mapping[str, str]] = {
    "use": _("Use it all the same"),
    "partners": _("More partners whom it fits: %(amount)s"),
    "countries": _("Partners from further countries: %(amount)s"),
    "cost": _("%(money)s more costs of %(subject)s"),
    "quarter": _("Move the costs into quarter %(quarter)s"),
    "apply_before": _("Apply before %(day)s, the start of work"),
    "wait": _("Wait: a grant on %(day)s or later"),
    "article": _("Grant it under another article: %(subject)s"),
    "wish": _("Give the other wishes up"),
}
MOST_PARTNERS: Final = 6
COUNTED: Final = frozenset({"partners", "countries", "member_states"})


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and what stands beside it: an article, or what it does to the mix."""

    text: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """Obstacles and ways of one subject in a language."""

    obstacles: tuple[Said, ...]
    ways: tuple[Said, ...]


def explained(subject: MixSubject, found: Mapping[str, Any]) -> Explained:
    """Put a stored reason into sentences.

    Parameters
    ----------
    subject : MixSubject
    found : mapping
        With ``obstacles`` and ``ways``, as the worker kept them.
    """
    return Explained(
        tuple(said for one in found["obstacles"] for said in _obstacles(subject, one)),
        tuple(_way(subject, one) for one in found["ways"]),
    )


def reason_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield what was explained of offers that are not used and partners that get nothing."""
    known = {
        key: found
        for key, found in (subject.mix.get("reasons") or {}).items()
        if found.get("state") == "done"
    }
    if not known:
        return
    yield Heading(subject.text.gettext("Why not"), 2)
    for key, found in known.items():
        yield Heading(_name(subject, key.partition(":")[2]), 3)
        said = explained(subject, found)
        for one in said.obstacles:
            yield Paragraph(f"{one.text} {one.beside}".strip())
        for one in said.ways:
            yield Paragraph(f"{one.text}: {one.beside}")


def _obstacles(subject: MixSubject, one: Mapping[str, Any]) -> Iterator[Said]:
    """Yield an obstacle, and for conditions of the offer what decides for each partner."""
    yield _obstacle(subject, one)
    if one["kind"] not in {"not_eligible", "open"} or one["subject"] not in subject.offers:
        return
    judgements = judge_case(subject.case, territory())
    for partner in subject.case.partners[:MOST_PARTNERS]:
        verdict = judgements.verdict(one["subject"], partner.id)
        names = {each.id: each.name for each in subject.case.partners}
        for reason in verdict_reasons(verdict, subject.language, partners=names):
            yield Said(f"{partner.name}: {reason.text}", reason.source)


def _obstacle(subject: MixSubject, one: Mapping[str, Any]) -> Said:
    plain = str if one["kind"] in COUNTED else subject.money
    told = {
        "subject": _name(subject, one["subject"]),
        "needed": "" if one["needed"] is None else plain(one["needed"]),
        "found": "" if one["found"] is None else plain(one["found"]),
        "day": _day(subject, one["day"]),
    }
    cited = ", ".join(text for text in (one["act"], one["article"]) if text)
    beside = f"({fact_words(cited, subject.language)})" if cited else ""
    return Said(subject.text.gettext(OBSTACLES[one["kind"]]) % told, beside)


def _way(subject: MixSubject, one: Mapping[str, Any]) -> Said:
    amount = one["amount"]
    told = {
        "subject": _name(subject, one["subject"]),
        "amount": amount,
        "money": "" if amount is None else subject.money(amount),
        "quarter": "" if amount is None else amount + 1,
        "day": _day(subject, one["day"]),
    }
    return Said(subject.text.gettext(WAYS[one["kind"]]) % told, _worth(subject, one["worth_ct"]))


def _worth(subject: MixSubject, worth_ct: int | None) -> str:
    text = subject.text
    if worth_ct is None:
        return text.gettext("what that brings was not computed")
    if worth_ct < 0:
        return text.gettext("the mix is worth %(money)s less") % {"money": subject.money(-worth_ct)}
    if worth_ct == 0:
        return text.gettext("the mix is worth the same")
    return text.gettext("the mix is worth %(money)s more") % {"money": subject.money(worth_ct)}


def _name(subject: MixSubject, key: str) -> str:
    if key in subject.partners:
        return subject.partner_name(key)
    return subject.offer_name(key)


def _day(subject: MixSubject, day: str | None) -> str:
    return format_date_short(dt.date.fromisoformat(day), subject.language) if day else ""
