"""Why nothing fits: what is missing, and the smallest set of wishes that contradict one another."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from alpclusters.analysis.funding.case.records import Wish
from alpclusters.www.workspace.mixes.access import Shown
from alpclusters.www.workspace.mixes.words import euros


@dataclass(frozen=True)
class MissingRow:
    """One thing that falls short, and by how much."""

    what: str
    amount: str


def missing_rows(shown: Shown, mix: dict[str, Any]) -> list[MissingRow]:
    """Say what would have to give way, and by how much."""
    found = mix.get("infeasible") or {}
    return [
        MissingRow(
            _sentence(shown, item["group"], item["subject"]),
            euros(item["missing_ct"]) if item["missing_ct"] is not None else "",
        )
        for item in found.get("missing", ())
    ]


def reason_rows(shown: Shown, mix: dict[str, Any]) -> list[str]:
    """Say which wishes, means and ties cannot hold together; without any one of them it works."""
    found = mix.get("infeasible") or {}
    return [_sentence(shown, item["group"], item["subject"]) for item in found.get("reason", ())]


def _sentence(shown: Shown, group: str, subject: str) -> str:
    _kind, _colon, name = subject.partition(":")
    if group == "own_means":
        return _own_means(shown, name)
    if group == "wish":
        return _wish(shown, shown.case.wishes[int(name)])
    if group == "link":
        return _link(shown, int(name))
    offer = shown.offers[name]
    return _("The offer “%(offer)s” pays at least %(amount)s.") % {
        "offer": offer.title or offer.id,
        "amount": euros(offer.floor_ct),
    }


def _own_means(shown: Shown, partner: str) -> str:
    record = shown.partners[partner]
    return _("%(partner)s has own means of %(amount)s.") % {
        "partner": record.name,
        "amount": euros(record.own_ct),
    }


def _link(shown: Shown, place: int) -> str:
    link = shown.case.links[place]
    names = ", ".join(shown.offers[offer].title or offer for offer in link.offers)
    texts = {
        "exclusive": _("Only one of these offers may be used: %(offers)s."),
        "exclusive_per_partner": _(
            "A partner may use only one of these offers: %(offers)s."
        ),
        "alternative": _("Only one of these offers may be used: %(offers)s."),
        "requires": _("The first of these offers needs the others: %(offers)s."),
        "paired": _("These offers come only together: %(offers)s."),
    }  # fmt: skip
    return texts[link.type] % {"offers": names}


def _wish(shown: Shown, wish: Wish) -> str:
    values = {
        "offer": _title(shown, wish.offer),
        "partner": shown.partners[wish.partner].name if wish.partner else "",
        "line": wish.line or "",
        "amount": euros(wish.amount_ct),
        "n": wish.count or 0,
    }
    texts = {
        "use": _("You wish to use “%(offer)s”."),
        "avoid": _("You wish to do without “%(offer)s”."),
        "min_total": _("You wish grants of at least %(amount)s."),
        "min_partner": _("You wish grants of at least %(amount)s for %(partner)s."),
        "max_offers": _("You wish to use at most %(n)s offers."),
        "fund_line": _("You wish at least %(amount)s for cost line %(line)s."),
    }
    return texts[wish.type] % values


def _title(shown: Shown, offer: str | None) -> str:
    if offer is None:
        return ""
    return shown.offers[offer].title or offer
