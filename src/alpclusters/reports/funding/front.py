"""What opens a document of a mix: the notice, the finding, the key figures."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.funding.case import Offer
from alpclusters.analysis.funding.check.ground import LAW_OPEN
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import ngettext_noop
from alpclusters.reports.blocks import (
    Block,
    Bullets,
    Chip,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Mark,
    Panel,
    Paragraph,
    Run,
)
from alpclusters.reports.dates import format_date, format_date_short
from alpclusters.reports.funding.law_in_time import LawMessage, law_messages, law_panels
from alpclusters.reports.funding.limits import band, binding, ceilings_of, violation_blocks
from alpclusters.reports.funding.scenarios import infeasible_blocks
from alpclusters.reports.funding.subject import SHORT, MixSubject, gap_words, said, undecided_words
from alpclusters.reports.funding_words.rules import NOTICE
from alpclusters.reports.numbers import format_integer, format_money, format_percent

# --- Used offers whose call has closed: one wording for page, proof, report and plan of chances


_CLOSED: Final = _("closed on %(day)s")
_USABLE: Final = _("%(closed)s; usable only if it opens again")
_TITLE: Final = ngettext_noop(
    "This mix uses %(n)s call that is closed", "This mix uses %(n)s calls that are closed"
)
_WHAT: Final = _(
    "Nobody can apply there now. What they bring counts only if they open again. If you applied in "
    "time, enter the day of the application with the offer. Else leave them out and compute anew."
)


def closed_calls(subject: MixSubject, *, today: dt.date) -> tuple[Offer, ...]:
    """Return the used offers to which nobody can apply any more, the largest grant first.

    Parameters
    ----------
    subject : MixSubject
    today : date
        What closed before it is closed, unless the case says that one applied in time.
    """
    return tuple(offer for offer in subject.used if offer.is_closed(today))


def closed_words(subject: MixSubject, offer: Offer, *, today: dt.date) -> str:
    """Say of an offer that its call is closed; nothing where one can apply or has applied."""
    if not offer.is_closed(today):
        return ""
    return subject.text.gettext(_USABLE) % {"closed": closing_words(subject, offer)}


def closing_words(subject: MixSubject, offer: Offer) -> str:
    """Say on which day a call closed."""
    day = format_date_short(offer.closes, subject.language) if offer.closes else ""
    return subject.text.gettext(_CLOSED) % {"day": day}


def closed_grants_ct(subject: MixSubject, *, today: dt.date) -> int:
    """Return how much of the grants rests on calls that are closed."""
    closed = closed_calls(subject, today=today)
    return sum(int(subject.applications[offer.id]["grant_ct"]) for offer in closed)


def closed_messages(subject: MixSubject, *, today: dt.date) -> Iterator[LawMessage]:
    """Yield what stands above a mix that uses closed calls; nothing where it uses none."""
    closed = closed_calls(subject, today=today) if subject.has_mix else ()
    if not closed:
        return
    text, n = subject.text, len(closed)
    title = text.ngettext(*_TITLE, n) % {"n": format_integer(n, subject.language)}
    items = tuple(
        f"{subject.offer_name(offer.id)}: {closing_words(subject, offer)}" for offer in closed
    )
    yield LawMessage(title, text.gettext(_WHAT), items)


def closed_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the same as a panel of a document."""
    for one in closed_messages(subject, today=today):
        yield Panel((Paragraph(one.text), Bullets(one.items)), title=one.title, kind="warning")


# --- Three sentences that open a mix: what to apply for, by when, what it brings and what is open


CONFIRMED: Final = "verified"
MOST_NAMED: Final = 3
HANDED_IN: Final = _("Handed in already, as the case says: %(names)s.")
NOT_NOW: Final = _("Closed, so that nobody can apply now: %(names)s.")
ONLY_AGAIN: Final = _("usable only if it opens again: %(names)s")
NOTHING_DUE: Final = _("everything is handed in")
DOUBTS: Final = (
    ngettext_noop(
        "the terms of %(n)s offer that nobody has confirmed",
        "the terms of %(n)s offers that nobody has confirmed",
    ),
    ngettext_noop(
        "%(n)s limit that binds and is not verified",
        "%(n)s limits that bind and are not verified",
    ),
    ngettext_noop("the law for %(n)s later grant", "the law for %(n)s later grants"),
    ngettext_noop(
        "whether %(n)s offer that is left out would fit",
        "whether %(n)s offers that are left out would fit",
    ),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One of the three sentences, with the word that it answers."""

    label: str
    text: str


def opening(subject: MixSubject, *, today: dt.date) -> tuple[Sentence, ...]:
    """Return the three sentences; none where no offer is used.

    Parameters
    ----------
    subject : MixSubject
    today : date
        Calls that closed before it are named as closed.
    """
    if not (subject.has_mix and subject.used):
        return ()
    text = subject.text
    return (
        Sentence(text.gettext("Apply for"), _what(subject, today)),
        Sentence(text.gettext("By when"), _when(subject, today)),
        Sentence(text.gettext("What it brings"), _opening_worth(subject, today)),
    )


def opening_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield the same for a document."""
    for one in opening(subject, today=today):
        yield LabelledPart(one.label, (Paragraph(one.text),))


def _what(subject: MixSubject, today: dt.date) -> str:
    """Name what can be handed in; what was handed in, and what is closed, by itself."""
    text, sentences = subject.text, []
    if offers := _to_hand_in(subject, today):
        n = len(offers)
        said = text.ngettext(
            "Hand in %(n)s application: %(names)s.", "Hand in %(n)s applications: %(names)s.", n
        )
        told = {"n": format_integer(n, subject.language), "names": _names(subject, offers)}
        sentences.append(said % told)
    if done := _handed_in(subject, today):
        sentences.append(text.gettext(HANDED_IN) % {"names": _names(subject, done)})
    if closed := closed_calls(subject, today=today):
        sentences.append(text.gettext(NOT_NOW) % {"names": _names(subject, closed)})
    return " ".join(sentences)


def _handed_in(subject: MixSubject, today: dt.date) -> list[Offer]:
    return [
        offer for offer in subject.used if offer.is_handed_in(today) and not offer.is_closed(today)
    ]


def _to_hand_in(subject: MixSubject, today: dt.date) -> list[Offer]:
    return [
        offer for offer in subject.used if not (offer.is_handed_in(today) or offer.is_closed(today))
    ]


def _when(subject: MixSubject, today: dt.date) -> str:
    clauses = "; ".join(_clauses(subject, today)) or subject.text.gettext(NOTHING_DUE)
    return f"{clauses[:1].upper()}{clauses[1:]}."


def _clauses(subject: MixSubject, today: dt.date) -> Iterator[str]:
    text, offers = subject.text, _to_hand_in(subject, today)
    coming = sorted((offer.closes, offer.id) for offer in offers if offer.closes)
    if coming:
        (first, one), (last, other) = coming[0], coming[-1]
        said = (
            text.gettext("the call “%(one)s” closes on %(first)s")
            if one == other
            else text.gettext(
                "the call “%(one)s” closes first, on %(first)s, and “%(other)s” last, on %(last)s"
            )
        )
        yield said % {
            "one": subject.offer_name(one),
            "other": subject.offer_name(other),
            "first": format_date(first, subject.language),
            "last": format_date(last, subject.language),
        }
    closed = closed_calls(subject, today=today)
    if closed and not offers:
        named = "; ".join(
            f"{subject.offer_name(offer.id)} ({closing_words(subject, offer)})"
            for offer in closed[:MOST_NAMED]
        )
        rest = _and_further(subject, named, len(closed) - MOST_NAMED)
        yield text.gettext(ONLY_AGAIN) % {"names": rest}
    if unknown := [offer for offer in offers if not offer.closes]:
        said = text.gettext("no last day is recorded for %(names)s")
        yield said % {"names": _names(subject, unknown)}


def _opening_worth(subject: MixSubject, today: dt.date) -> str:
    text, mix, language = subject.text, subject.mix, subject.language
    costs, grants = subject.total("cost_ct"), subject.total("grant_ct")
    n = len(subject.sheets)
    brought = text.ngettext(
        "granted in full, they bring %(grants)s for %(n)s partner, %(share)s of the costs of "
        "%(costs)s",
        "granted in full, they bring %(grants)s for %(n)s partners, %(share)s of the costs of "
        "%(costs)s",
        n,
    ) % {
        "grants": subject.money(grants),
        "n": format_integer(n, language),
        "share": format_percent(grants / costs, language, 1) if costs else "–",
        "costs": subject.money(costs),
    }
    parts = [brought]
    if resting := closed_grants_ct(subject, today=today):
        said = text.gettext("%(money)s of it counts only if calls that are closed open again")
        parts.append(said % {"money": subject.money(resting)})
    if mix["bound"] is not None:
        parts.append(
            text.gettext(
                "less the effort of applying that is %(objective)s, and no mix of this case can "
                "be worth more than %(bound)s"
            )
            % {"objective": subject.money(mix["objective"]), "bound": subject.money(mix["bound"])}
        )
    doubts = text.gettext("not certain are %(doubts)s")
    parts.append(doubts % {"doubts": ", ".join(_doubts(subject))})
    whole = "; ".join(parts)
    return f"{whole[:1].upper()}{whole[1:]}."


def _doubts(subject: MixSubject) -> Iterator[str]:
    """Yield what is not certain; the decisions of those who give the money always are not."""
    text, language = subject.text, subject.language
    yield text.gettext("the decisions of the bodies that give the money")
    check = subject.mix["check"]
    unsure = [one for one in binding(ceilings_of(subject)) if one.status == "unverified"]
    undecided = {one["subject"] for one in check.get("undecided") or () if one["code"] in LAW_OPEN}
    unconfirmed = [
        offer for offer in subject.used if any(one.status != CONFIRMED for one in offer.facts)
    ]
    counts = (
        len(unconfirmed), len(unsure), len(undecided), len(subject.mix.get("open") or ())
    )  # fmt: skip
    for n, (one, several) in zip(counts, DOUBTS, strict=True):
        if n:
            yield text.ngettext(one, several, n) % {"n": format_integer(n, language)}


def _names(subject: MixSubject, offers: Sequence[Offer]) -> str:
    """Name the first offers; all of them stand in the table below."""
    named = "; ".join(subject.offer_name(offer.id) for offer in offers[:MOST_NAMED])
    return _and_further(subject, named, len(offers) - MOST_NAMED)


def _and_further(subject: MixSubject, named: str, n: int) -> str:
    if n <= 0:
        return named
    said = subject.text.ngettext(
        "%(names)s and %(n)s further offer", "%(names)s and %(n)s further offers", n
    )
    return said % {"names": named, "n": format_integer(n, subject.language)}


# --- What opens a document of a mix: the notice, the finding, the key figures ---------------------


def front_blocks(subject: MixSubject, day: dt.date, *, with_figures: bool) -> Iterator[Block]:
    """Yield what every document of a mix opens with.

    Notice, law that ends, closed calls, three sentences or why there are none, key figures, what
    is broken.
    """
    yield notice(subject)
    yield from law_panels(law_messages(subject))
    yield from closed_blocks(subject, today=day)
    yield from band(subject)
    sentences = tuple(opening_blocks(subject, today=day))
    yield from sentences or (finding(subject),)
    if subject.mix["status"] != "infeasible" and (with_figures or not sentences):
        yield key_figures(subject)
    yield from infeasible_blocks(subject)
    yield from violation_blocks(subject)


def notice(subject: MixSubject) -> Panel:
    """Return the sentence that stands on every sheet, and what the mark means."""
    text = subject.text
    what = text.gettext(
        "The sheet shows which mix is allowed by the rules recorded here. The bodies that give the "
        "money decide about it. Nobody has confirmed figures with the mark"
    )
    pieces = (Run(text.gettext(NOTICE), strong=True), Run(f" {what} "), Chip(Mark.UNVERIFIED))
    return Panel((Paragraph((*pieces, Run("."))),), kind="warning")


def key_figures(subject: MixSubject) -> KeyFigures:
    """Return grants, own money, violations and how the search ended."""
    text, language = subject.text, subject.language
    costs, grants = subject.total("cost_ct"), subject.total("grant_ct")
    share = format_percent(grants / costs, language, 1) if costs else "–"
    check = subject.mix["check"]
    checked, n_partners = len(check["ceilings"]), len(subject.case.partners)
    limits = text.ngettext("%(n)s limit checked", "%(n)s limits checked", checked)
    partners = text.ngettext("%(n)s partner", "%(n)s partners", n_partners)
    of_costs = text.gettext("%(share)s of the costs of %(money)s")
    violations = format_integer(len(check["violations"]), language)
    return KeyFigures(
        (
            KeyFigure(
                _whole(subject, grants),
                text.gettext("Grants"),
                of_costs % {"share": share, "money": _whole(subject, costs)},
            ),
            KeyFigure(
                _whole(subject, subject.total("own_ct")),
                text.gettext("Own money"),
                partners % {"n": format_integer(n_partners, language)},
            ),
            KeyFigure(
                violations,
                text.gettext("Violations"),
                limits % {"n": format_integer(checked, language)},
            ),
            KeyFigure(_ended(subject), _front_worth(subject), _gap(subject)),
        )
    )


def finding(subject: MixSubject) -> Block:
    """Return in one sentence why there is nothing to apply for."""
    text, mix = subject.text, subject.mix
    if mix["status"] == "infeasible":
        words = text.gettext("The wishes cannot all be met: no mix is possible.")
    elif subject.is_undecided:
        words = undecided_words(len(mix["open"]), subject.language)
    elif not subject.has_mix:
        words = text.gettext("The mix fails its check and must not be used.")
    else:
        words = text.gettext("No offer is used: none brings more than it costs to apply.")
    return Paragraph(words, role="lead")


def _ended(subject: MixSubject) -> str:
    if subject.is_undecided:
        return subject.text.gettext("undecided")
    return said(SHORT, subject.mix["status"], subject.language)


def _whole(subject: MixSubject, cents: int) -> str:
    """Return an amount in whole euros; the tables have the cents."""
    return format_money(cents, "EUR", subject.language, 0)


def _front_worth(subject: MixSubject) -> str:
    if subject.mix["objective"] is None:
        return subject.text.gettext("Result")
    money = _whole(subject, subject.mix["objective"])
    return subject.text.gettext("worth %(money)s") % {"money": money}


def _gap(subject: MixSubject) -> str:
    mix, text = subject.mix, subject.text
    if mix["bound"] is None or subject.is_undecided:
        return text.gettext("no bound known")
    rest = {
        "money": subject.money(mix["bound"] - mix["objective"]),
        "share": gap_words(mix["gap"], subject.language),
    }
    return text.gettext("at most %(money)s better (%(share)s)") % rest
