"""A case and its mix as the documents look at them: names, sums and cells by key."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from gettext import NullTranslations
from typing import Any

from alpclusters.analysis.funding.case.records import Case, Line, Offer, Partner
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_money

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
