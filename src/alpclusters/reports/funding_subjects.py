"""Whom a ceiling, a violation or a note is about, and its figures, in the reader's words."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from alpclusters.analysis.funding.case.records import Case
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_money, format_percent

_LINE: Final = _("cost %(line)s of %(partner)s")
_ON: Final = _("%(subject)s, %(day)s")
_PERIOD: Final = _("%(subject)s, quarter from %(day)s")
_OF_STATE: Final = _("%(undertaking)s, granted by %(state)s")
_PROJECT: Final = _("whole project")
_COUNTRIES: Final = _("%(subject)s, countries")
_MEMBER_STATES: Final = _("%(subject)s, partners from Member States")
_ARTICLE: Final = _("Article %(number)s of the General Block Exemption Regulation")
_PERIOD_RULES: Final = _("rules of the period of the programmes")
_DE_MINIMIS: Final = _("de minimis aid")
_RESEARCH: Final[Mapping[str, str]] = {
    "fundamental": _("fundamental research"),
    "industrial": _("industrial research"),
    "experimental": _("experimental development"),
    "feasibility": _("feasibility study"),
}
# What stands after the number of an article in its id, where it is not the number itself.
_NUMBERS: Final[Mapping[str, str]] = {
    "GB-20'": "20",
    "GB-27i": "27(5)",
    "GB-27o": "27(7)",
    "GB-28a": "28(4)",
}
DASH: Final = "–"
_FULL: Final = 10_000

_MONEY: Final = frozenset(
    {"declared", "cost", "over", "granted", "right", "room", "amount", "threshold", "planned"}
)
_DAYS: Final = frozenset({"on", "until", "end", "granted_on", "applied_on", "start"})
_RATES: Final = frozenset({"rate_bp", "programme_bp", "share_bp"})


def article_words(article: str, language: str) -> str:
    """Return an article of the block exemption in words: GB-25-industrial, GB-27o, GB-20'."""
    _text = translator(language).gettext
    if article == "DM":
        return _text(_DE_MINIMIS)
    if article == "CO-EL":
        return _text(_PERIOD_RULES)
    if not article.startswith("GB-"):
        return article
    number, _dash, kind = article.removeprefix("GB-").partition("-")
    told = _text(_ARTICLE) % {"number": _NUMBERS.get(article, number)}
    return f"{told} ({_text(_RESEARCH[kind])})" if kind in _RESEARCH else told


@dataclass(frozen=True, slots=True)
class Words:
    """How things of one case are called in one language."""

    case: Case
    language: str

    def subject(self, subject: str) -> str:
        """Return of whom a ceiling is: ``line:L3``, ``offer:X/P1``, ``undertaking:U/DE@day``."""
        whole, _at, moment = subject.partition("@")
        kind, _colon, name = whole.partition(":")
        named = self._named(kind, name)
        return self._at(named, moment) if moment else named

    def value(self, name: str, value: int | str) -> str:
        """Return a parameter of a sentence in the form that its name asks for."""
        if name in _MONEY:
            return self.amount(int(value), "ct")
        if name in _RATES:
            return format_percent(Decimal(int(value)) / _FULL, self.language, 0)
        if name in _DAYS:
            return self.day(str(value))
        said = self._sayers().get(name)
        return said(str(value)) if said else str(value)

    def amount(self, amount: int, unit: str) -> str:
        """Return cents as money, counts as numbers."""
        if unit == "count":
            return format_integer(amount, self.language)
        return format_money(amount, "EUR", self.language)

    def day(self, iso: str) -> str:
        """Return an ISO day as a date in running text."""
        return format_date(dt.date.fromisoformat(iso), self.language)

    def offer(self, name: str) -> str:
        """Return the title of an offer, its id where it has none."""
        return next((o.title or o.id for o in self.case.offers if o.id == name), name)

    def partner(self, name: str) -> str:
        """Return the name of a partner."""
        return next((p.name or p.id for p in self.case.partners if p.id == name), name)

    def undertaking(self, name: str) -> str:
        """Return the partners of an undertaking and of those it controls, or its id."""
        family = {u.id for u in self.case.undertakings if name in (u.id, u.controlled_by)}
        partners = [p.name or p.id for p in self.case.partners if p.undertaking in family]
        return ", ".join(partners) or name

    def line(self, name: str) -> str:
        """Return a cost by its id and partner."""
        _text = translator(self.language).gettext
        for line in self.case.lines:
            if line.id == name:
                return _text(_LINE) % {"line": name, "partner": self.partner(line.partner)}
        return name

    def _sayers(self) -> Mapping[str, Callable[[str], str]]:
        return {
            "subject": self.subject,
            "offer": self.offer,
            "call": self.offer,
            "offers": lambda value: self._several(value, self.offer),
            "missing": lambda value: self._several(value, self.offer),
            "partner": self.partner,
            "partners": lambda value: self._several(value, self.partner),
            "line": self.line,
            "article": lambda value: article_words(value, self.language),
        }

    @staticmethod
    def _several(value: str, said: Callable[[str], str]) -> str:
        return ", ".join(said(name) for name in value.split(", "))

    def _named(self, kind: str, name: str) -> str:
        _text = translator(self.language).gettext
        head, _slash, tail = name.partition("/")
        if kind == "line":
            return self.line(name)
        if kind == "partner":
            return self.partner(head)
        if kind == "offer":
            return self._of_offer(head, tail)
        if kind == "undertaking":
            who = self.undertaking(head)
            return _text(_OF_STATE) % {"undertaking": who, "state": tail} if tail else who
        return _text(_PROJECT)

    def _of_offer(self, offer: str, part: str) -> str:
        _text = translator(self.language).gettext
        named = self.offer(offer)
        parts = {"countries": _COUNTRIES, "member_states": _MEMBER_STATES}
        if part in parts:
            return _text(parts[part]) % {"subject": named}
        return f"{named}, {self._partner_or_undertaking(part)}" if part else named

    def _partner_or_undertaking(self, name: str) -> str:
        is_partner = any(partner.id == name for partner in self.case.partners)
        return self.partner(name) if is_partner else self.undertaking(name)

    def _at(self, named: str, moment: str) -> str:
        _text = translator(self.language).gettext
        if moment.isdigit():
            day = format_date(self.case.periods.first_day(int(moment)), self.language)
            return _text(_PERIOD) % {"subject": named, "day": day}
        return _text(_ON) % {"subject": named, "day": self.day(moment)}
