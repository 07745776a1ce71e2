"""Names of ceilings; violations and notes of a checked mix as sentences with their figures."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.check.records import Ceiling, Note, Violation
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.funding_fault_texts import FAULTS, NOTES
from alpclusters.reports.funding_subjects import Words, article_words

# What is limited, by rule; articles of the block exemption have one name together.
NAMES: Final[Mapping[str, str]] = {
    "case.cap": _("Ceiling of the offer"),
    "case.floor": _("Smallest grant of the offer"),
    "case.partner_cap": _("Ceiling of the offer for one partner"),
    "case.partner_floor": _("Smallest declared cost of a partner"),
    "case.min_partners": _("Smallest number of partners"),
    "case.max_partners": _("Greatest number of partners"),
    "case.min_countries": _("Smallest number of countries"),
    "case.min_member_states": _("Smallest number of partners from Member States"),
    "case.max_share": _("Greatest share of one partner"),
    "case.outside": _("Grants for costs outside the programme area"),
    "case.private_match": _("Private money required as match"),
    "case.own_means": _("Own means"),
    "case.credit": _("Credit line"),
    "wish.max_offers": _("Wish: greatest number of offers"),
    "wish.min_total": _("Wish: smallest sum of grants"),
    "wish.min_partner": _("Wish: smallest grant for a partner"),
    "wish.fund_line": _("Wish: smallest grant for a cost"),
    "DF-1": _("One grant from the Union budget for each beneficiary"),
    "DF-2": _("Declared to the Union budget only once"),
    "DF-3": _("No profit: grants up to the cost"),
    "DF-4": _("Declared to Funds and Union instruments only once"),
    "CU-3": _("Aid intensity of the cost"),
    "CU-5": _("Aid intensity of the cost, with de minimis aid"),
    "MR-1": _("Most favourable rate of Union law"),
    "DM-0": _("De minimis aid over three fiscal years"),
    "DM-1": _("De minimis aid over three fiscal years"),
    "DM-2": _("De minimis aid over three years"),
    "IR-P2": _("Partnership across borders"),
}
_ARTICLE: Final = _("Ceiling of aid under %(article)s")
_AVERAGE: Final = _("Aid intensity over the whole aid period, %(article)s")

_OVER: Final = _(
    "%(name)s (%(subject)s): %(used)s instead of at most %(limit)s, %(over)s too much."
)
_UNDER: Final = _(
    "%(name)s (%(subject)s): %(used)s instead of at least %(limit)s, %(over)s too little."
)
_AT_LEAST: Final = _("at least %(value)s")
_LAW: Final = _("Regulation %(act)s, Article %(article)s")


def ceiling_name(rule: str, subject: str, language: str) -> str:
    """Return what a ceiling limits."""
    _text = translator(language).gettext
    if rule.startswith("GB-"):
        name = _ARTICLE if "@" in subject else _AVERAGE
        return _text(name) % {"article": article_words(rule, language)}
    return _text(NAMES.get(rule, rule))


def limit_words(ceiling: Ceiling, amount: str, language: str) -> str:
    """Return the amount of a limit as words; of a minimum "at least" so much."""
    if ceiling.kind != "floor":
        return amount
    return translator(language).gettext(_AT_LEAST) % {"value": amount}


def law_words(act: str, article: str, language: str) -> str:
    """Return act and article as they are cited, empty where a limit is no law."""
    if not act:
        return ""
    if not article:
        return act
    return translator(language).gettext(_LAW) % {"act": act, "article": article}


def violation_sentence(violation: Violation, case: Case, language: str) -> str:
    """Return what is against a rule as a sentence; an unknown code stands for itself."""
    _text = translator(language).gettext
    words = Words(case, language)
    if violation.code in ("over_ceiling", "under_floor"):
        return _passed(violation, words)
    values = {"article": violation.rule, **violation.params}
    return _filled(FAULTS.get(violation.code, violation.code), values, words)


def note_sentence(note: Note, case: Case, language: str) -> str:
    """Return a note or an undecided matter as a sentence."""
    words = Words(case, language)
    values = {"article": note.rule, "subject": note.subject, **note.params}
    return _filled(NOTES.get(note.code, note.code), values, words)


def _passed(violation: Violation, words: Words) -> str:
    params, subject = violation.params, str(violation.params.get("subject", ""))
    unit = str(params.get("unit", "ct"))
    figures = {
        "name": ceiling_name(violation.rule, subject, words.language),
        "subject": words.subject(subject),
        "used": words.amount(int(params.get("used", 0)), unit),
        "limit": words.amount(int(params.get("limit", 0)), unit),
        "over": words.amount(violation.over_ct or 0, unit),
    }
    template = _OVER if violation.code == "over_ceiling" else _UNDER
    return translator(words.language).gettext(template) % figures


def _filled(template: str, values: Mapping[str, int | str], words: Words) -> str:
    shown = {name: words.value(name, value) for name, value in values.items()}
    return translator(words.language).gettext(template) % shown
