"""Why an offer or a partner of a mix gets nothing, and the ways in, as sentences."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from alpclusters.analysis.funding.case import Partner
from alpclusters.analysis.funding.eligibility import judge_case
from alpclusters.analysis.funding.eligibility.fields import lacks_conditions
from alpclusters.analysis.funding.mix.loosening import PREFIX
from alpclusters.analysis.funding.mix.reasons import unused_subjects
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.blocks import Block, Bullets, Column, Heading, Row, Run, Table, Text
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.subject import CATEGORIES, MixSubject, said
from alpclusters.reports.funding_words.findings import article_words, law_words
from alpclusters.reports.funding_words.paragraphs import paragraph_law, paragraph_says, rule_version
from alpclusters.reports.funding_words.reasons import verdict_reasons
from alpclusters.reports.funding_words.rules import act_url, fact_words
from alpclusters.reports.links import safe_link

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
    "own_means": _("%(subject)s would need own means of %(needed)s; it has %(found)s."),
    "credit": _("The credit line of %(subject)s (%(found)s) does not last until the grants come."),
    "de_minimis": _("The de minimis account is full: at most %(needed)s within three years."),
    "effort": _("Applying costs %(needed)s, and it brings %(found)s."),
    "displaced": _(
        "“%(subject)s” would take costs that the mix uses better: it would lose %(needed)s."
    ),
    "as_good": _("“%(subject)s” would do as well: a mix with it is worth the same."),
    "no_costs": _("%(subject)s has no costs in this case."),
    "no_offer": _("No offer pays for these costs: none fits, or none can be used."),
    "unfit": _("“%(subject)s” does not fit."),
    "unknown": _("It is not known yet whether “%(subject)s” fits."),
    "other_costs": _("“%(subject)s” does not pay for this kind of cost."),
    "other_time": _("“%(subject)s” does not pay for costs of this time."),
    "together": _("Several conditions together leave no room for it."),
}
WAYS: Final[Mapping[str, str]] = {
    "use": _("Use it all the same"),
    "use_least": _("Use it all the same, for a grant of at least %(money)s"),
    "pay": _("Fund these costs all the same"),
    "pay_least": _("Fund these costs all the same, with at least %(money)s"),
    "partners": _("More partners whom it fits: %(amount)s"),
    "partners_abroad": _(
        "More partners whom it fits: %(amount)s, from further countries: %(countries)s"
    ),
    "countries": _("Partners from further countries: %(amount)s"),
    "cost": _("%(money)s more costs of %(subject)s"),
    "quarter": _("Move the costs into quarter %(quarter)s"),
    "apply_before": _("Apply before %(day)s, the start of work"),
    "wait": _("Wait: a grant on %(day)s or later"),
    "article": _("Grant it under another article: %(subject)s"),
    "wish": _("Give the other wishes up"),
    "fit": _(
        "%(subject)s meets the conditions of “%(to)s”, or a partner who does bears these costs"
    ),
    "fit_all": _("Partners who meet the conditions of “%(to)s” bear the costs"),
    "answer": _("Answer the open questions about “%(to)s” (computed as if the answers suited)"),
    "enter": _("Enter the conditions of “%(to)s” (computed as if the partners met them)"),
    "category": _("Plan %(money)s of %(subject)s as “%(category)s”, if that is what they are for"),
    "theme": _("Give a work package one of its themes, if that is what it is about"),
    "own_means": _("%(money)s more own means of %(subject)s"),
    "own_means_all": _("%(money)s more own means of these partners together"),
    "credit": _("A larger credit line for %(subject)s"),
    "next_call": _("Wait for the next call (computed on the same terms)"),
    "enter_costs": _("Enter costs of “%(subject)s”"),
    "prolonged": _("Scenario: as if the act were prolonged; no prolongation is known"),
}
CLOSED: Final = _("The call has closed already.")
UNASKED: Final = _("Nobody has asked why yet; the page of the mix says it when asked.")
# Obstacles that are the offer's own terms: what it says stands in its source.
OWN_TERMS: Final = frozenset(
    {
        "closed", "not_eligible", "open", "category", "quarter", "theme", "partner_floor", "floor",
        "partners", "countries", "unfit", "unknown", "other_costs", "other_time",
    }
)  # fmt: skip
JUDGED: Final = frozenset({"not_eligible", "open", "unfit", "unknown"})
MOST_PARTNERS: Final = 6
COUNTED: Final = frozenset({"partners", "countries", "member_states"})
# What an offer asks for besides its first condition: told together, since all of it is missing.
ASKED: Final = COUNTED | {"floor"}


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and what stands beside it.

    Attributes
    ----------
    text : str
    beside : str
        Where it stands (an article, a source), or what a change does to the mix.
    url : str
        The address of that, where there is one.
    law : str
        What the paragraph says in our own words, and whether that is verified.
    """

    text: str
    beside: str = ""
    url: str = ""
    law: str = ""


@dataclass(frozen=True, slots=True)
class Explained:
    """Obstacles and ways of one subject in a language."""

    obstacles: tuple[Said, ...]
    ways: tuple[Said, ...]


def explained(subject: MixSubject, about: str, found: Mapping[str, Any]) -> Explained:
    """Put a stored reason into sentences.

    Parameters
    ----------
    subject : MixSubject
    about : str
        What it explains: ``offer:X``, ``partner:P3``, ``package:W2``, ``line:L7``.
    found : mapping
        With ``obstacles`` and ``ways``, as the worker kept them.
    """
    return Explained(
        tuple(said for one in found["obstacles"] for said in _obstacles(subject, about, one)),
        tuple(_way(subject, one) for one in found["ways"]),
    )


def unused_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield why the other offers are not used, those with the same reason in one item."""
    items = tuple(_unused_items(subject))
    if items:
        yield Heading(subject.text.gettext("Why not the others"), 2)
        yield Bullets(items)


def _unused_items(subject: MixSubject) -> Iterator[Text]:
    """Fold what has the same reason; the ways in that are worth most come first."""
    groups: dict[tuple[Said, str], list[str]] = {}
    order: dict[tuple[Said, str], int] = {}
    for key, found in _done(subject).items():
        name, first = _name(subject, key.partition(":")[2]), found["obstacles"][0]
        if first["kind"] == "closed":
            group = (Said(subject.text.gettext(CLOSED)), "")
        else:
            ways = [_way(subject, one) for one in found["ways"][:1]]
            way = "; ".join(f"{one.text}: {one.beside}." for one in ways)
            obstacle = _first_obstacle(subject, found["obstacles"])
            # Sources of the offers differ where the reason is the same; articles do not.
            group = (obstacle if first["act"] else Said(obstacle.text), way)
        groups.setdefault(group, []).append(name)
        order.setdefault(group, _worth_of(found))
    for why, way in sorted(groups, key=lambda group: (not group[1], -order[group])):
        yield _item(why, groups[why, way], way)
    if unknown := _unasked(subject):
        yield _item(Said(subject.text.gettext(UNASKED)), unknown, "")


def _first_obstacle(subject: MixSubject, obstacles: Sequence[Mapping[str, Any]]) -> Said:
    """Return the first obstacle, with all that is asked for and missing besides."""
    first, rest = obstacles[0], [one for one in obstacles[1:] if one["kind"] in ASKED]
    said = _obstacle(subject, first)
    texts = [said.text, *(_obstacle(subject, one).text for one in rest)]
    return replace(said, text=" ".join(texts))


def _item(why: Said, names: Sequence[str], way: str) -> Text:
    """Lead with the reason where several share it, with the name where it is one of its own."""
    listed, rest = "; ".join(names), f" {way}" if way else ""
    law = (Run(" "), Run(why.beside, link=safe_link(why.url))) if why.beside else ()
    if len(names) == 1:
        return (Run(f"{listed}: ", strong=True), Run(why.text), *law, Run(rest))
    return (Run(why.text, strong=True), *law, Run(f" {listed}.{rest}"))


def _worth_of(found: Mapping[str, Any]) -> int:
    return max((way["worth_ct"] or 0 for way in found["ways"]), default=0)


def _done(subject: MixSubject) -> dict[str, Mapping[str, Any]]:
    """Return what was explained of offers and partners; limits stand with what binds."""
    return {
        key: found
        for key, found in (subject.mix.get("reasons") or {}).items()
        if found.get("state") == "done" and not key.startswith(PREFIX)
    }


def _unasked(subject: MixSubject) -> list[str]:
    """Return the offers that are not used and partners that get nothing without a reason yet."""
    cells = [(cell["offer"], cell["line"]) for cell in subject.mix["allocation"]]
    subjects = unused_subjects(subject.case, cells)
    known = _done(subject)
    return [_name(subject, one.partition(":")[2]) for one in subjects if one not in known]


def reason_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield all that was explained, one sentence a row: nothing is folded or left out."""
    text, rows = subject.text, tuple(_reason_rows(subject))
    if not rows:
        return
    yield Heading(text.gettext("Why not"), 2)
    yield Table(
        (
            Column(text.gettext("Who or what")),
            Column(text.gettext("Why not, and what would bring it in")),
            Column(text.gettext("Beside it")),
        ),
        rows,
        caption=text.gettext("Every reason and every way in that was computed"),
        name=text.gettext("Why not"),
    )


def _reason_rows(subject: MixSubject) -> Iterator[Row]:
    for key, found in _done(subject).items():
        name, told = _name(subject, key.partition(":")[2]), explained(subject, key, found)
        for one in told.obstacles:
            yield (name, one.text, _source(one))
        for one in told.ways:
            yield (name, one.text, one.beside)


def subject_name(subject: MixSubject, about: str) -> str:
    """Return how an offer, a partner, a work package or a cost is called."""
    return _name(subject, about.partition(":")[2])


def _source(said: Said) -> Text:
    """Return the source of a sentence as a link, with what the article says."""
    if not said.beside:
        return ""
    law = (Run(f" {said.law}", quiet=True),) if said.law else ()
    return (Run(said.beside, link=safe_link(said.url)), *law)


def _obstacles(subject: MixSubject, about: str, one: Mapping[str, Any]) -> Iterator[Said]:
    """Yield an obstacle, and for conditions of the offer what decides for each partner."""
    yield _obstacle(subject, one)
    if one["kind"] not in JUDGED or one["subject"] not in subject.offers:
        return
    judgements = judge_case(subject.case, territory())
    names = {each.id: each.name for each in subject.case.partners}
    for partner in _concerned(subject, about)[:MOST_PARTNERS]:
        verdict = judgements.verdict(one["subject"], partner.id)
        for reason in verdict_reasons(verdict, subject.language, partners=names):
            url = safe_link(reason.source) or ""
            yield Said(f"{partner.name}: {reason.text}", reason.source, url)


def _concerned(subject: MixSubject, about: str) -> Sequence[Partner]:
    """Return the partners whose costs it is about; of an offer all."""
    kind, _colon, key = about.partition(":")
    if kind == "offer":
        return subject.case.partners
    lines = subject.case.lines
    bearing = {x.partner for x in lines if key in (x.id, x.wp, x.partner)} | {key}
    return [partner for partner in subject.case.partners if partner.id in bearing]


def _obstacle(subject: MixSubject, one: Mapping[str, Any]) -> Said:
    plain = str if one["kind"] in COUNTED else subject.money
    told = {
        "subject": _name(subject, one["subject"]),
        "needed": "" if one["needed"] is None else plain(one["needed"]),
        "found": "" if one["found"] is None else plain(one["found"]),
        "day": _day(subject, one["day"]),
    }
    text = subject.text.gettext(OBSTACLES[one["kind"]]) % told
    if one["act"]:
        return _lawful(subject, text, one)
    offer = subject.offers.get(one["subject"]) if one["kind"] in OWN_TERMS else None
    source = (
        next((fact.source for fact in reversed(offer.facts) if fact.source), "") if offer else ""
    )
    return Said(text, fact_words(source, subject.language), safe_link(source) or "")


def _lawful(subject: MixSubject, text: str, one: Mapping[str, Any]) -> Said:
    """Return an obstacle with its article, the address of the article and what it says."""
    act, article, language = one["act"], one["article"], subject.language
    day = dt.date.fromisoformat(one["day"]) if one["day"] else None
    rule = rule_version(one["rule"], act, article, day)
    if rule is None:
        return Said(text, law_words(act, article, language), act_url(act, article))
    law = paragraph_law(rule, language)
    return Said(text, law, act_url(act, article), paragraph_says(rule, language))


def _way(subject: MixSubject, one: Mapping[str, Any]) -> Said:
    amount = one["amount"]
    told = {
        "subject": _name(subject, one["subject"]),
        "to": _name(subject, one.get("to", "")),
        "category": said(CATEGORIES, one.get("to", ""), subject.language),
        "amount": amount,
        "countries": one.get("countries", 0),
        "money": "" if amount is None else subject.money(amount),
        "quarter": "" if amount is None else amount + 1,
        "day": _day(subject, one["day"]),
    }
    words = WAYS[_variant(subject, one)]
    return Said(subject.text.gettext(words) % told, _worth(subject, one["worth_ct"]))


def _variant(subject: MixSubject, one: Mapping[str, Any]) -> str:
    """Return which of several sentences says a way."""
    kind = str(one["kind"])
    if kind == "fit" and one["subject"] not in subject.partners:
        return "fit_all"
    if kind == "use":
        verb = "use" if one["subject"] in subject.offers else "pay"
        return verb if one["amount"] is None else f"{verb}_least"
    if kind == "partners" and one.get("countries"):
        return "partners_abroad"
    if kind == "own_means" and not one["subject"]:
        return "own_means_all"
    offer = subject.offers.get(one["subject"])
    is_uncoded = offer is not None and lacks_conditions(offer.eligibility)
    return "enter" if kind == "answer" and is_uncoded else kind


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
    package = next((one for one in subject.case.work_packages if one.id == key), None)
    if package:
        return package.title or key
    line = subject.lines.get(key)
    if line:
        category = said(CATEGORIES, line.category, subject.language)
        return f"{subject.partner_name(line.partner)}, {category}"
    if key in subject.offers:
        return subject.offer_name(key)
    return article_words(key, subject.language)


def _day(subject: MixSubject, day: str | None) -> str:
    return format_date_short(dt.date.fromisoformat(day), subject.language) if day else ""
