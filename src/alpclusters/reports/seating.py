"""Seat plans in words: certificate, reasons, advice and choices in the reader's language."""

from collections.abc import Mapping
from gettext import NullTranslations
from typing import Final

from alpclusters.analysis.rotation import Advice, Reason, SeatChoices, SeatPlan
from alpclusters.analysis.rotation.certificate import TWICE
from alpclusters.analysis.rotation.results import shared_pairs
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer

REASONS: Final[Mapping[str, str]] = {
    "more_rounds_than_tables": _(
        "There are more rounds (%(rounds)s) than tables (%(tables)s): every guest has to come "
        "back to a table."
    ),
    "more_guests_than_words": _(
        "With %(guests)s guests some pairs have to meet again; up to %(limit)s guests none would."
    ),
    "order_six_impossible": _(
        "For %(guests)s guests at six tables no plan of four rounds without repeats exists: two "
        "orthogonal Latin squares of order 6 do not exist. The bound is a bound, not a promise."
    ),
    "order_six_unknown": _(
        "For %(guests)s guests at six tables it is not known whether a plan of four rounds without "
        "repeats exists; this is the best one known here. The bound is a bound, not a promise."
    ),
    "no_balanced_doubling": _(
        "No way was found to reach the bound with tables of equal size; a few more repeats remain."
    ),
    "search_ended": _(
        "The search ended after %(iterations)s steps; a better plan may exist or not."
    ),
    "pins": _("Fixed seats may cost repeats or returns."),
    "apart": _("Keeping guests apart may cost repeats or returns."),
    "languages": _("Tables in the guests’ languages cost repeats."),
    "stayers": _("Some guests stay at their table on purpose."),
    "fixed_groups": _("The groups stay together on purpose; the hosts walk."),
    "returns_to_first": _("The last round leads back to the first table on purpose."),
    "changed": _("Guests joined later; the others kept their seats."),
}
ADVICE: Final[Mapping[str, str]] = {
    "few_guests": _("With six guests or fewer, one table without rotation is better."),
    "empty_tables": _("There are more tables than guests; take %(tables)s."),
    "fewer_tables": _("At %(tables)s tables nobody would have to meet twice."),
    "small_tables": _("Tables with fewer than three guests, over all rounds: %(n)s."),
    "large_tables": _("Tables with more than eight guests, over all rounds: %(n)s."),
}
CHOICES: Final[Mapping[str, str]] = {
    "mix_most": _("mix most"),
    "balanced": _("balanced"),
    "language_first": _("language first"),
}


def phrase_code(item: Reason | Advice, language: str) -> str:
    """Return one reason or advice as a sentence."""
    sentences = REASONS if isinstance(item, Reason) else ADVICE
    values = {name: format_integer(value, language) for name, value in item.values}
    return translator(language).gettext(sentences[item.code]) % values


def certificate_lines(plan: SeatPlan, language: str) -> list[str]:
    """Return what a plan does, each figure beside its bound.

    Parameters
    ----------
    plan : SeatPlan
    language : str
        One of the five codes.

    Returns
    -------
    list of str
        Repeats, returns, pairs, sizes, languages, then reasons and advice.
    """
    text = translator(language)
    lines = [_filled(text, words, values, language) for words, values in _figures(plan)]
    lines += _interpreter_lines(plan, text, language)
    lines += [phrase_code(reason, language) for reason in plan.reasons]
    return lines + [phrase_code(advice, language) for advice in plan.advice]


def _figures(plan: SeatPlan) -> list[tuple[str, dict[str, int]]]:
    found = [
        *_meetings(plan),
        (
            _("Returns of guests to a table: %(n)s (no plan has fewer than %(bound)s)."),
            {"n": plan.revisits, "bound": plan.revisit_bound},
        ),
        (
            _("Pairs that meet: %(n)s; guests at a table: %(low)s to %(high)s."),
            {"n": plan.pairs_met, "low": plan.size_min, "high": plan.size_max},
        ),
    ]
    if plan.languages is not None:
        values = {"n": plan.wrong_language_seats, "bound": plan.wrong_language_bound}
        words = _(
            "Seats at a table in a language the guest does not speak: %(n)s (no plan without "
            "returns has fewer than %(bound)s)."
        )
        found.append((words, values))
    return found


def _meetings(plan: SeatPlan) -> list[tuple[str, dict[str, int]]]:
    """Return the repeats beside their bounds, and how often one pair meets at most."""
    n, bound, spread = plan.repeats, plan.lower_bound, plan.spread_bound.repeats
    words = _("Meetings of pairs beyond the first: %(n)s (no plan has fewer than %(bound)s).")
    values = {"n": n, "bound": bound}
    shared = shared_pairs(plan)
    if plan.max_meetings > TWICE:
        most = _("The pair that meets most often sits together %(n)s times.")
        return [(words, values), (most, {"n": plan.max_meetings})]
    if not shared or spread == bound:
        return [(words, values)]
    words = _(
        "Meetings of pairs beyond the first: %(n)s (no plan has fewer than %(bound)s, none in "
        "which no pair meets more than twice has fewer than %(spread)s)."
    )
    twice = _(
        "Two guests sit together at most twice; with %(guests)s guests at %(tables)s tables any "
        "two rounds have at least %(pairs)s pairs in common."
    )
    size = {"guests": plan.certificate.guests, "tables": plan.tables, "pairs": shared}
    return [(words, values | {"spread": spread}), (twice, size)]


def _interpreter_lines(plan: SeatPlan, text: NullTranslations, language: str) -> list[str]:
    lines = []
    if plan.interpreters:
        demand = ", ".join(
            f"{code} {format_integer(max(counts), language)}"
            for code, counts in plan.interpreters.items()
        )
        words = _("Interpreters needed at once, by language: %(demand)s.")
        lines.append(text.gettext(words) % {"demand": demand})
    if plan.unserved:
        words = _("Guests without a language of the event: %(n)s.")
        lines.append(_filled(text, words, {"n": plan.unserved}, language))
    return lines


def choice_lines(choices: SeatChoices, language: str) -> list[str]:
    """Return the three plans side by side: what languages cost in repeats."""
    text = translator(language)
    words = _(
        "%(name)s: %(repeats)s repeats, %(returns)s returns, %(wrong)s seats in another language"
    )
    lines = []
    for code, name in CHOICES.items():
        plan: SeatPlan = getattr(choices, code)
        values = {
            "repeats": plan.repeats,
            "returns": plan.revisits,
            "wrong": plan.wrong_language_seats,
        }
        shown = {key: format_integer(value, language) for key, value in values.items()}
        lines.append(text.gettext(words) % {"name": text.gettext(name), **shown})
    return lines


def _filled(text: NullTranslations, words: str, values: dict[str, int], language: str) -> str:
    shown = {name: format_integer(value, language) for name, value in values.items()}
    return text.gettext(words) % shown
