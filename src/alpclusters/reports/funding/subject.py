"""A case and its mix as the documents look at them: names, sums and cells by key."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from gettext import NullTranslations
from typing import Any, Final

from alpclusters.analysis.funding.case import Case, Line, Offer, Partner
from alpclusters.analysis.funding.mix.certificate import METHOD
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import NO_BREAK, format_money, format_percent

# --- Words of a mix in five languages: how it ended, levels of the objective, categories, links


STATUSES: Final[Mapping[str, str]] = {
    "optimal": _("proved best"),
    "gap": _("near the best"),
    "feasible": _("without a bound"),
    "undecided": _("law not known for each grant"),
    "infeasible": _("no mix possible"),
    "cancelled": _("cancelled"),
    "failed": _("check failed"),
}
# As key figures, which have room for one short word.
SHORT: Final[Mapping[str, str]] = {
    "optimal": _("proved"),
    "gap": _("close"),
    "feasible": _("found"),
    "undecided": _("undecided"),
    "infeasible": _("none"),
    "cancelled": _("stopped"),
    "failed": _("failed"),
}
CATEGORIES: Final[Mapping[str, str]] = {
    "staff": _("Staff"),
    "overheads": _("Overheads"),
    "travel": _("Travel"),
    "external": _("External services"),
    "equipment": _("Equipment"),
    "training": _("Training"),
    "fairs": _("Fairs"),
    "marketing": _("Marketing"),
    "investment": _("Investment"),
    "other": _("Other costs"),
}
LEVELS: Final[Mapping[str, str]] = {
    "net_grants": _("grants minus efforts"),
    "offers": _("number of offers used"),
    "participations": _("number of participations"),
    "peak_claims": _("largest advance of private partners"),
    "last_repayment": _("quarter of the last payment, mean weighted with grants"),
}
# How the bound of a mix is proved, as its certificate names it.
METHODS: Final[Mapping[str, str]] = {
    METHOD: _("dual values of the linear program, weak duality"),
}
LINKS: Final[Mapping[str, str]] = {
    "exclusive": _("exclude each other"),
    "exclusive_per_partner": _("exclude each other for one partner"),
    "requires": _("the first needs the others"),
    "alternative": _("one or the other"),
    "paired": _("only together"),
}
# With one place for a name: an offer, a partner, an amount.
WISHES: Final[Mapping[str, str]] = {
    "use": _("use “%(name)s”"),
    "avoid": _("do without “%(name)s”"),
    "min_total": _("grants of at least %(name)s"),
    "min_partner": _("a least grant for %(name)s"),
    "max_offers": _("at most %(name)s offers"),
    "fund_line": _("a least grant for the cost %(name)s"),
}


def said(words: Mapping[str, str], key: str, language: str) -> str:
    """Return a word of a table in a language; an unknown key stands for itself."""
    return translator(language).gettext(words[key]) if key in words else key


def undecided_words(n: int, language: str) -> str:
    """Say that no mix can be judged before conditions or answers of so many offers are entered."""
    return translator(language).ngettext(
        "Nothing can be computed yet: the conditions or answers of %(n)s offer are missing. Enter "
        "them first; until then nobody can say which mix is best.",
        "Nothing can be computed yet: the conditions or answers of %(n)s offers are missing. Enter "
        "them first; until then nobody can say which mix is best.",
        n,
    ) % {"n": n}


def gap_words(gap: float | None, language: str) -> str:
    """Write a gap so that one that is there is never printed as none."""
    if gap is None:
        return "–"
    for decimals in (2, 4):
        if gap == 0 or gap >= 0.5 * 10 ** -(decimals + 2):
            return format_percent(gap, language, decimals)
    return f"<{NO_BREAK}{format_percent(0.000001, language, 4)}"


# --- A case and its mix as the documents look at them: names, sums and cells by key ---------------


type Part = Mapping[str, Any]


@dataclass(frozen=True)
class MixSubject:
    """What a document is about; ``mix`` is the plain data of ``mix.json``.

    ``programmes`` are the names of the offers' programmes by their keys, where they are known.
    """

    case: Case
    mix: Part
    language: str
    programmes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def text(self) -> NullTranslations:
        """Return the words of the document's language."""
        return translator(self.language)

    @property
    def title(self) -> str:
        """Return the case's title, or a name made of its fingerprint."""
        name = self.text.gettext("Case %(number)s") % {"number": self.digest[:12]}
        return self.case.title or name

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the case."""
        return str(self.mix["case_sha256"])

    @property
    def is_valid(self) -> bool:
        """Say whether the check found nothing wrong; undecided law is not wrong."""
        return self.mix["check"]["valid"] is not False

    @property
    def has_mix(self) -> bool:
        """Say whether there is a mix that may be shown as one."""
        return self.is_valid and self.mix["status"] not in {"failed", "infeasible"}

    @property
    def is_undecided(self) -> bool:
        """Say whether nothing can be said of a best mix, for want of answers."""
        return is_undecided(self.mix)

    @cached_property
    def offers(self) -> Mapping[str, Offer]:
        """Return the offers by their identifier."""
        return {offer.id: offer for offer in self.case.offers}

    @cached_property
    def partners(self) -> Mapping[str, Partner]:
        """Return the partners by their identifier."""
        return {partner.id: partner for partner in self.case.partners}

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Return the cost lines by their identifier."""
        return {line.id: line for line in self.case.lines}

    @cached_property
    def used(self) -> tuple[Offer, ...]:
        """Return the used offers, the largest grant first."""
        grants = {part["id"]: part["grant_ct"] for part in self.mix["offers"] if part["used"]}
        return tuple(self.offers[name] for name in sorted(grants, key=lambda o: (-grants[o], o)))

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], tuple[int, int]]:
        """Return declared cost and grant in cents by partner and offer."""
        sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for cell in self.mix["allocation"]:
            found = sums[self.lines[cell["line"]].partner, cell["offer"]]
            found[0] += cell["declared_ct"]
            found[1] += cell["grant_ct"]
        return {key: (declared, grant) for key, (declared, grant) in sums.items()}

    @cached_property
    def sheets(self) -> Mapping[str, Part]:
        """Return what the mix says of each partner."""
        return {part["id"]: part for part in self.mix["partners"]}

    @cached_property
    def applications(self) -> Mapping[str, Part]:
        """Return what the mix says of each offer."""
        return {part["id"]: part for part in self.mix["offers"]}

    def total(self, name: str) -> int:
        """Return the sum over the partners of ``cost_ct``, ``grant_ct`` or ``own_ct``."""
        return sum(part[name] for part in self.mix["partners"])

    def offer_name(self, offer: str) -> str:
        """Return the title of an offer, else its identifier."""
        found = self.offers.get(offer)
        return found.title or offer if found else offer

    def programme_name(self, offer: str) -> str:
        """Return the name of an offer's programme; empty where only its key is known."""
        return self.programmes.get(self.offers[offer].programme, "")

    def partner_name(self, partner: str) -> str:
        """Return the name of a partner, else its identifier."""
        found = self.partners.get(partner)
        return found.name if found else partner

    def money(self, cents: int) -> str:
        """Return an amount in words of the language."""
        return format_money(cents, "EUR", self.language)


def is_undecided(mix: Part) -> bool:
    """Say whether a mix is empty because answers are missing: then nothing is proved."""
    has_ended = mix["status"] not in {"failed", "infeasible", "cancelled"}
    return has_ended and not mix["allocation"] and bool(mix.get("open"))


def euro(cents: int) -> int | Decimal:
    """Return cents as euros for a table: whole where there are no cents."""
    return cents // 100 if cents % 100 == 0 else Decimal(cents) / 100
