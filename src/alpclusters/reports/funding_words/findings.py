"""What the checker finds in words: a sentence for each code of a violation and of a note."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from alpclusters.analysis.funding.case import Case
from alpclusters.analysis.funding.check.findings import Ceiling, Note, Violation
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_money, format_percent

FAULTS: Final[Mapping[str, str]] = {
    "unknown_cell": _("The mix names “%(missing)s”, which the case does not have."),
    "duplicate_cell": _("“%(offer)s” stands twice for the same cost."),
    "rejected_offer": _("“%(offer)s” is used although it counts as rejected here."),
    "not_eligible": _("%(partner)s does not fit “%(offer)s”."),
    "eligibility_open": _("Whether %(partner)s fits “%(offer)s” is still open."),
    "declared_not_positive": _("The amounts of “%(offer)s” have to be above 0."),
    "declared_above_cost": _(
        "“%(offer)s”: %(declared)s are declared, the cost is %(cost)s: %(over)s too much."
    ),
    "no_rate": _("“%(offer)s” has no rate for %(partner)s."),
    "grant_differs": _(
        "“%(offer)s” grants %(granted)s for the %(line)s; its rate of %(rate_bp)s gives %(right)s."
    ),
    "outside_window": _("The cost lies outside the period that “%(offer)s” pays for."),
    "wrong_category": _("“%(offer)s” does not pay for this cost category."),
    "wrong_theme": _("The work package has no theme in common with “%(offer)s”."),
    "unknown_article": _("“%(offer)s” names an article that no rule-book has: %(article)s."),
    "article_not_in_force": _("“%(offer)s”: %(article)s does not hold on %(on)s."),
    "size_not_eligible": _(
        "“%(offer)s”: no aid for an undertaking like %(partner)s under %(article)s."
    ),
    "no_union_money": _("Partners in Switzerland and Liechtenstein get no ERDF: %(partner)s."),
    "incentive_effect": _(
        "“%(offer)s” was applied for on %(applied_on)s, work starts on %(start)s; State aid has to "
        "be applied for before."
    ),
    "link_exclusive": _("Only one of these offers may be used: %(offers)s."),
    "link_exclusive_partner": _("%(partner)s may use only one of these offers: %(offers)s."),
    "link_requires": _("“%(offer)s” also needs: %(missing)s."),
    "link_paired_alone": _("“%(offer)s” is void without “%(missing)s”."),
    "link_paired_ratio": _(
        "The grants for the %(line)s are not in the ratio %(ratio)s: %(offers)s."
    ),
    "seal_with_call": _(
        "“%(offer)s” takes up a proposal that was rejected; it cannot be used beside “%(call)s”."
    ),
    "several_leads": _("Only one partner can lead: %(partners)s."),
    "wish_use": _("Wish: “%(offer)s” is to be used, but is not."),
    "wish_avoid": _("Wish: “%(offer)s” is to be avoided, but is used."),
}
NOTES: Final[Mapping[str, str]] = {
    "assumed_open": _(
        "Assumption (%(subject)s): the open questions of eligibility are answered in favour."
    ),
    "nominal_article": _(
        "Less than 1 %% of the %(subject)s is declared under %(article)s, so it does not raise "
        "the limit."
    ),
    "de_minimis_edge": _(
        "De minimis aid of %(granted_on)s lies within two days of the edge of the three years "
        "that end on %(on)s; the register may count differently (%(subject)s)."
    ),
    "waiting_makes_room": _(
        "Waiting from %(on)s to %(until)s makes room for %(room)s of de minimis aid (%(subject)s)."
    ),
    "planned_elsewhere": _(
        "%(amount)s of de minimis aid is not granted but planned in other cases, and counts here "
        "because somebody chose it (%(subject)s)."
    ),
    "self_declared": _("Earlier de minimis aid is declared, not from a register (%(subject)s)."),
    "no_lead": _("No partner is named as lead partner yet; “%(subject)s” asks for one."),
    "outside_programme": _(
        "Costs outside the area (%(subject)s): the limit of %(share_bp)s holds for the programme "
        "or priority as a whole, not for one project."
    ),
    "outside_approval": _("Costs outside the area need the programme’s approval (%(subject)s)."),
    "programme_rate": _(
        "The rate of %(rate_bp)s is above %(programme_bp)s, the most that the programme may give "
        "on the whole (%(subject)s)."
    ),
    "swiss_pair": _(
        "Federal Swiss money is matched by the canton, as a rule 1 : 1 (unverified); no pair is "
        "stated (%(subject)s)."
    ),
    "publication": _(
        "A single award of %(amount)s is above %(threshold)s and will be published (%(subject)s)."
    ),
    "vat_open": _(
        "Whether %(subject)s can recover value added tax is not known; recoverable tax is no "
        "eligible cost."
    ),
    "grant_day_unknown": _(
        "The day of the grant is not known, so the law that holds is undecided; judged by the "
        "rules of %(on)s (%(subject)s)."
    ),
    "law_unknown": _(
        "%(subject)s: which rule holds for a grant on %(on)s is not known (%(article)s)."
    ),
    "transition_open": _(
        "%(subject)s: a grant on %(on)s falls after the last day of its act, %(end)s "
        "(%(article)s). Until %(until)s aid goes on in transition, but only under schemes that "
        "stood before; whether this is one is not stated."
    ),
    "period_open": _(
        "%(subject)s: a grant on %(on)s falls after the last day of the period of the programmes, "
        "%(end)s. Until %(until)s these programmes still pay costs; whether the offer belongs to "
        "one of them is not stated."
    ),
    "period_over": _(
        "%(subject)s: a grant on %(on)s is judged by the rules of the programmes whose period "
        "ended on %(end)s. It holds only if the offer belongs to one of them; their costs end on "
        "%(until)s."
    ),
    "costs_after_period": _(
        "%(subject)s: costs fall up to %(on)s, after %(until)s, the last day of costs of the "
        "programmes; which rule holds for them is not known."
    ),
    "transition": _(
        "%(subject)s: a grant on %(on)s lies in the transition after %(end)s (%(article)s). It "
        "holds only if the aid scheme stood before."
    ),
    "as_if_prolonged": _(
        "%(subject)s: a grant on %(on)s is judged as if the act had been prolonged beyond %(end)s "
        "(%(article)s)."
    ),
    "application_day_unknown": _(
        "The day of the application is not known; State aid has to be applied for before work "
        "starts (%(subject)s)."
    ),
}


# --- Whom a ceiling, a violation or a note is about, and its figures, in the reader's words -------


_LINE: Final = _("cost %(line)s of %(partner)s")
_ON: Final = _("%(subject)s, %(day)s")
_PERIOD: Final = _("%(subject)s, quarter from %(day)s")
_OF_STATE: Final = _("%(undertaking)s, granted by %(state)s")
_PROJECT: Final = _("whole project")
_COUNTRIES: Final = _("%(subject)s, countries")
_MEMBER_STATES: Final = _("%(subject)s, partners from Member States")
_SUBJECT_ARTICLE: Final = _("Article %(number)s of the General Block Exemption Regulation")
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
    told = _text(_SUBJECT_ARTICLE) % {"number": _NUMBERS.get(article, number)}
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


# --- Names of ceilings; violations and notes of a checked mix as sentences with their figures -----


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
_CEILING_ARTICLE: Final = _("Ceiling of aid under %(article)s")
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
        name = _CEILING_ARTICLE if "@" in subject else _AVERAGE
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
