"""What a mix is worth if not all of it is granted, as sentences and tables."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alpclusters.reports.blocks import Block, Bullets, Column, Heading, Paragraph, Row, Table
from alpclusters.reports.dates import format_date_short
from alpclusters.reports.funding.front import closed_words
from alpclusters.reports.funding.subject import MixSubject, euro
from alpclusters.reports.numbers import format_integer, format_money, format_percent

type Found = Mapping[str, Any]
DASH: Final = "–"
MOST_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """One application: its chance, and what that rests on."""

    offer: str
    chance: str
    basis: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """One application in its order."""

    offer: str
    chance: str
    closes: dt.date | None
    decided: dt.date | None
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What to do if one application is refused."""

    offer: str
    without_ct: int | None
    worth_ct: int | None
    without: str
    worth: str
    added: tuple[str, ...]
    own: str


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One likely outcome."""

    refused: tuple[str, ...]
    probability: str
    worth_ct: int
    worth: str
    own: str


@dataclass(frozen=True, slots=True)
class Told:
    """A weighed plan in a language."""

    sentences: tuple[str, ...]
    notes: tuple[str, ...]
    chances: tuple[ChanceRow, ...]
    steps: tuple[StepRow, ...]
    plans: tuple[PlanRow, ...]
    likely: tuple[OutcomeRow, ...]


def told(subject: MixSubject, found: Found, *, today: dt.date) -> Told:
    """Put a weighed plan into words.

    Parameters
    ----------
    subject : MixSubject
    found : mapping
        As `chances_part` writes it.
    today : date
        Calls that closed before it are marked as closed.
    """
    shares = {one["offer"]: _short_chance(subject, one) for one in found["chances"]}
    return Told(
        tuple(_sentences(subject, found)),
        tuple(_notes(subject, found)),
        tuple(_chance_row(subject, one) for one in found["chances"]),
        tuple(_step_row(subject, one, shares, today) for one in found["steps"]),
        tuple(_plan_row(subject, one, today) for one in found["plans"]),
        tuple(_outcome_row(subject, one) for one in found["likely"]),
    )


def chance_blocks(subject: MixSubject, *, today: dt.date) -> Iterator[Block]:
    """Yield what was weighed of a mix, if somebody asked."""
    found = subject.mix.get("chances") or {}
    if "expected_ct" not in found:
        return
    text, said = subject.text, told(subject, found, today=today)
    yield Heading(text.gettext("Chances and plan B"), 2)
    yield Bullets(said.sentences)
    yield _chance_table(subject, said)
    yield _step_table(subject, said)
    if said.plans:
        yield _plan_table(subject, said)
    if said.likely:
        yield _outcome_table(subject, said)
    for note in said.notes:
        yield Paragraph(note)


def _sentences(subject: MixSubject, found: Found) -> Iterator[str]:
    text, n = subject.text, len(found["chances"])
    yield text.ngettext(
        "If the application is granted, the mix is worth %(money)s after the effort of applying.",
        "If all %(n)s applications are granted, the mix is worth %(money)s after the effort of "
        "applying.",
        n,
    ) % {"n": n, "money": _whole(subject, found["plan_ct"])}
    yield _expected(subject, found)
    if found["uncertain"]:
        yield text.gettext(
            "Worst case: if all that can be refused is refused, the worth is %(money)s."
        ) % {"money": _whole(subject, found["worst"]["worth_ct"])} + _short(subject, found["worst"])
        everything = _part(subject, found["all_granted"])
        words = text.gettext("Probability that nothing is refused: %(share)s.")
        yield words % {"share": everything}
    if found["own_means"]:
        words = text.gettext("Probability that own means suffice for the rest: %(share)s.")
        yield words % {"share": _part(subject, found["own_means"])}
    else:
        yield text.gettext(
            "Nobody entered own means; so it is not said whether they suffice for the rest."
        )


def _expected(subject: MixSubject, found: Found) -> str:
    text = subject.text
    ends = {"low": _whole(subject, found["low_ct"]), "high": _whole(subject, found["high_ct"])}
    unknown = [one["offer"] for one in found["chances"] if one["share"] is None]
    if found["expected_ct"] is not None:
        words = text.gettext("Expected worth: %(money)s.")
        mean = words % {"money": _whole(subject, found["expected_ct"])}
        if found["low_ct"] == found["high_ct"]:
            return mean
        words = text.gettext(
            "It is %(low)s if every chance lies at the lower end of its interval, %(high)s if "
            "every one lies at the upper end."
        )
        return f"{mean} {words % ends}"
    if not found["n_computed"]:
        return (
            text.gettext(
                "The expected worth was not computed: more than 12 applications can be refused. It "
                "lies between %(low)s and %(high)s."
            )
            % ends
        )
    if unknown:
        words = text.gettext(
            "The expected worth is not known, because nobody entered the chance of %(offers)s. It "
            "lies between %(low)s and %(high)s."
        )
        return words % {**ends, "offers": _names(subject, unknown)}
    words = text.gettext(
        "Expected worth: between %(low)s and %(high)s. Of %(all)s outcomes %(n)s were computed; "
        "more would take too long."
    )
    return words % {
        **ends,
        "all": format_integer(found["n_outcomes"], subject.language),
        "n": format_integer(found["n_computed"], subject.language),
    }


def _short(subject: MixSubject, outcome: Found) -> str:
    if not outcome["short_ct"]:
        return ""
    words = subject.text.gettext("Own means then fall short by %(money)s.")
    return " " + words % {"money": _whole(subject, outcome["short_ct"])}


def _notes(subject: MixSubject, found: Found) -> Iterator[str]:
    text = subject.text
    yield text.gettext(
        "It is assumed that decisions do not depend on each other. The effort of an application is "
        "spent whether it is granted or not. After a refusal the case is solved again with what is "
        "granted and what one gets by right; other offers that can be refused stand under plan B "
        "only, as if they were granted."
    )
    if any(one["kind"] == "statistics" for one in found["chances"]):
        yield text.gettext(
            "Statistics of a programme say how many applications succeeded, not how good yours is. "
            "Intervals: 95 % (Wilson)."
        )
    if found["gap"] > 1e-5:  # noqa: PLR2004 - as good as exact
        words = text.gettext("The case is large: each worth may be too low by up to %(share)s.")
        yield words % {"share": format_percent(found["gap"], subject.language, 1)}


def _chance_row(subject: MixSubject, one: Found) -> ChanceRow:
    text, language = subject.text, subject.language
    name = subject.offer_name(one["offer"])
    if one["kind"] == "by_right":
        return ChanceRow(name, DASH, text.gettext("by right: whoever meets the conditions gets it"))
    if one["kind"] == "unknown":
        return ChanceRow(name, text.gettext("not known"), text.gettext("nobody entered it"))
    share = format_percent(one["share"], language)
    if one["kind"] == "estimate":
        return ChanceRow(name, share, text.gettext("own estimate"))
    if one["granted"] is None:
        basis = text.gettext("share as published, without numbers: no interval")
        return ChanceRow(name, share, f"{basis}. {_source(subject, one['offer'])}".strip())
    basis = text.gettext("%(granted)s of %(applied)s applications; 95 %%: %(low)s to %(high)s") % {
        "granted": format_integer(one["granted"], language),
        "applied": format_integer(one["applied"], language),
        "low": format_percent(one["low"], language),
        "high": format_percent(one["high"], language),
    }
    return ChanceRow(name, share, f"{basis}. {_source(subject, one['offer'])}".strip())


def _source(subject: MixSubject, offer: str) -> str:
    success = subject.offers[offer].success if offer in subject.offers else None
    if success is None:
        return ""
    if success.checked_on is None:
        return success.source
    return f"{success.source} ({format_date_short(success.checked_on, subject.language)})"


def _closed(subject: MixSubject, offer: str, today: dt.date) -> str:
    """Say of an offer that its call is closed, if it is."""
    found = subject.offers.get(offer)
    return closed_words(subject, found, today=today) if found else ""


def _short_chance(subject: MixSubject, one: Found) -> str:
    """Write a chance in one cell."""
    if one["kind"] == "by_right":
        return subject.text.gettext("by right")
    if one["share"] is None:
        return subject.text.gettext("not known")
    return format_percent(one["share"], subject.language)


def _step_row(
    subject: MixSubject, one: Found, shares: Mapping[str, str], today: dt.date
) -> StepRow:
    text, notes = subject.text, []
    if closed := _closed(subject, one["offer"], today):
        notes.append(closed)
    if one["needs"]:
        words = text.gettext("needs the decision on %(offers)s first")
        notes.append(words % {"offers": _names(subject, one["needs"])})
    if one["blind"]:
        words = text.gettext("closes before %(offers)s is decided: apply all the same")
        notes.append(words % {"offers": _names(subject, one["blind"])})
    if one["known"]:
        notes.append(_decided(subject, one["known"]))
    closes, decided = None if closed else _day(one["closes"]), _day(one["decided"])
    chance = shares.get(one["offer"], DASH)
    return StepRow(subject.offer_name(one["offer"]), chance, closes, decided, tuple(notes))


def _decided(subject: MixSubject, known: Sequence[str]) -> str:
    if len(known) > MOST_NAMED:
        words = subject.text.gettext("%(n)s decisions are known by then")
        return words % {"n": format_integer(len(known), subject.language)}
    words = subject.text.gettext("decided by then: %(offers)s")
    return words % {"offers": _names(subject, known)}


def _plan_row(subject: MixSubject, one: Found, today: dt.date) -> PlanRow:
    text = subject.text
    if one["worth_ct"] is None:
        added: tuple[str, ...] = (text.gettext("not computed: it would take too long"),)
    else:
        added = tuple(_replacement(subject, each, today) for each in one["added"])
    return PlanRow(
        subject.offer_name(one["offer"]),
        one["without_ct"],
        one["worth_ct"],
        _amount(subject, one["without_ct"]),
        _amount(subject, one["worth_ct"]),
        added or (text.gettext("no other offer takes its place"),),
        _own(subject, one),
    )


def _replacement(subject: MixSubject, one: Found, today: dt.date) -> str:
    text = subject.text
    parts = [f"{subject.offer_name(one['offer'])}: {_whole(subject, one['grant_ct'])}"]
    chance = _chance_row(subject, one["chance"])
    if one["chance"]["kind"] == "by_right":
        parts.append(text.gettext("by right"))
    elif one["chance"]["share"] is not None:
        parts.append(text.gettext("chance %(share)s") % {"share": chance.chance})
    else:
        parts.append(text.gettext("chance not known"))
    if closed := _closed(subject, one["offer"], today):
        parts.append(closed)
    elif one["in_time"] is False:
        parts.append(text.gettext("closes before the refusal is known: apply for both"))
    return "; ".join(parts)


def _own(subject: MixSubject, one: Found) -> str:
    text, more = subject.text, one["own_more_ct"]
    if more is None:
        return DASH
    words = text.gettext("%(money)s more") if more > 0 else text.gettext("%(money)s less")
    said = words % {"money": _whole(subject, abs(more))} if more else text.gettext("unchanged")
    if not one["short_ct"]:
        return said
    return f"{said}; {_falls_short(subject, one['short_ct'])}"


def _outcome_row(subject: MixSubject, one: Found) -> OutcomeRow:
    text = subject.text
    own = DASH
    if one["own_means_suffice"]:
        own = text.gettext("suffice")
    elif one["own_means_suffice"] is False:
        own = _falls_short(subject, one["short_ct"])
    share = format_percent(one["probability"], subject.language, 1)
    names = tuple(subject.offer_name(name) for name in one["refused"])
    worth = _amount(subject, one["worth_ct"])
    return OutcomeRow(names or (text.gettext("nothing"),), share, one["worth_ct"], worth, own)


def _falls_short(subject: MixSubject, cents: int) -> str:
    words = subject.text.gettext("%(money)s missing")
    return words % {"money": _whole(subject, cents)}


def _part(subject: MixSubject, part: Found) -> str:
    """Write a probability with its interval; only the interval where it is not known."""
    text, language = subject.text, subject.language
    low, high = (format_percent(part[end], language, 1) for end in ("low", "high"))
    ends = text.gettext("%(low)s to %(high)s") % {"low": low, "high": high}
    if part["share"] is None:
        return ends
    share = format_percent(part["share"], language, 1)
    return share if low == high else f"{share} ({ends})"


def _chance_table(subject: MixSubject, said: Told) -> Table:
    text = subject.text
    rows: tuple[Row, ...] = tuple((one.offer, one.chance, one.basis) for one in said.chances)
    return Table(
        (
            Column(text.gettext("Offer")),
            Column(text.gettext("Chance")),
            Column(text.gettext("What it rests on")),
        ),
        rows,
        caption=text.gettext("How likely each grant is"),
        name=text.gettext("Chances"),
    )


def _step_table(subject: MixSubject, said: Told) -> Table:
    text = subject.text
    rows: tuple[Row, ...] = tuple(
        (str(n), one.offer, one.chance, one.closes, one.decided, "; ".join(one.notes) or DASH)
        for n, one in enumerate(said.steps, start=1)
    )
    return Table(
        (
            Column(text.gettext("No."), "code"),
            Column(text.gettext("Offer")),
            Column(text.gettext("Chance")),
            Column(text.gettext("Apply by"), "date"),
            Column(text.gettext("Decision"), "date"),
            Column(text.gettext("Note")),
        ),
        rows,
        caption=text.gettext("In this order you apply"),
        name=text.gettext("Order"),
    )


def _plan_table(subject: MixSubject, said: Told) -> Table:
    text = subject.text
    rows: tuple[Row, ...] = tuple(
        (one.offer, _money(one.without_ct), _money(one.worth_ct), "; ".join(one.added), one.own)
        for one in said.plans
    )
    return Table(
        (
            Column(text.gettext("If refused")),
            Column(text.gettext("Worth without replacement"), "number"),
            Column(text.gettext("Worth with plan B"), "number"),
            Column(text.gettext("Then apply for")),
            Column(text.gettext("Own money")),
        ),
        rows,
        caption=text.gettext("Plan B for each refusal, in euros"),
        name=text.gettext("Plan B"),
    )


def _outcome_table(subject: MixSubject, said: Told) -> Table:
    text = subject.text
    rows: tuple[Row, ...] = tuple(
        ("; ".join(one.refused), one.probability, euro(one.worth_ct), one.own)
        for one in said.likely
    )
    return Table(
        (
            Column(text.gettext("Refused")),
            Column(text.gettext("Probability")),
            Column(text.gettext("Worth"), "number"),
            Column(text.gettext("Own means")),
        ),
        rows,
        caption=text.gettext("The most likely outcomes, in euros"),
        name=text.gettext("Outcomes"),
    )


def _names(subject: MixSubject, offers: Any) -> str:
    return ", ".join(subject.offer_name(name) for name in offers)


def _day(day: str | None) -> dt.date | None:
    return None if day is None else dt.date.fromisoformat(day)


def _whole(subject: MixSubject, cents: int) -> str:
    return format_money(cents, "EUR", subject.language, 0)


def _amount(subject: MixSubject, cents: int | None) -> str:
    return DASH if cents is None else _whole(subject, cents)


def _money(cents: int | None) -> Any:
    return None if cents is None else euro(cents)
