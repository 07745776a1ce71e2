"""Parts and reasons of a proposal in plain words, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.ecosystems import ecosystem_label
from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.actors.domain.technologies import technology_label
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.reports.numbers import format_number

PARTS: Final = {
    "text": gettext_lazy("Text"),
    "complementarity": gettext_lazy("Needs and offers"),
    "taxonomy": gettext_lazy("Shared fields"),
    "network": gettext_lazy("Network"),
    "popularity": gettext_lazy("Number of ties"),
}
MEANINGS: Final = {
    "text": gettext_lazy("how near the texts are, compared with all candidates"),
    "complementarity": gettext_lazy("how well needs of one side meet offers of the other"),
    "taxonomy": gettext_lazy("sectors, technologies and ecosystem in common; rare ones count more"),
    "network": gettext_lazy("how near they are over common partners, compared with all candidates"),
    "popularity": gettext_lazy("how many ties the other side has"),
}
EXCLUDED: Final = {
    "self": gettext_lazy("your own organisation"),
    "parent_or_unit": gettext_lazy("a parent or unit of yours"),
    "territory": gettext_lazy("outside the countries and regions you chose"),
    "kind": gettext_lazy("of another kind than you chose"),
    "language": gettext_lazy("no common working language"),
    "dismissed": gettext_lazy("dismissed by you"),
    "linked": gettext_lazy("you work together already"),
    "nothing": gettext_lazy("nothing in the profile to compare"),
    "shown_often": gettext_lazy("proposed in very many lists of this week"),
    "not_willing": gettext_lazy("does not want to be contacted"),
}


@dataclass(frozen=True)
class Names:
    """What reasons name, read at once for a whole list."""

    regions: Mapping[str, str]
    organisations: Mapping[int, str]


def part_label(key: str) -> Any:
    """Name a part of the score."""
    return PARTS.get(key, key)


def reason_sentence(reason: Mapping[str, Any], names: Names) -> str:
    """Say one reason; an unknown code of a later version says nothing."""
    phrase = _PHRASES.get(str(reason.get("code", "")))
    return phrase(reason, names) if phrase else ""


def _text(reason: Mapping[str, Any], _names: Names) -> str:
    facts = {
        "share": format_number(int(reason["ahead_of"]), get_language() or "en"),
        "language": dict(LANGUAGES).get(reason["language"], reason["language"]),
    }
    return _("The text (%(language)s) is nearer to yours than %(share)s of 100 others.") % facts


def _need_met(reason: Mapping[str, Any], _names: Names) -> str:
    facts = {"need": _quoted(reason["need"]), "offer": _quoted(reason["offer"])}
    if reason["need"] and reason["offer"]:
        return _("Your need “%(need)s” fits their offer “%(offer)s”.") % facts
    if reason["need"]:
        return _("Your need “%(need)s” fits what they offer in their profile.") % facts
    return _("What they offer fits your need.")


def _offer_wanted(reason: Mapping[str, Any], _names: Names) -> str:
    facts = {"need": _quoted(reason["need"]), "offer": _quoted(reason["offer"])}
    if reason["offer"]:
        return _("They look for “%(need)s”, and you offer “%(offer)s”.") % facts
    return _("They look for “%(need)s”, which fits what you offer.") % facts


def _shared(reason: Mapping[str, Any], _names: Names) -> str:
    fields = ", ".join(code_label(code) for code in reason["codes"])
    return _("Both work on: %(fields)s.") % {"fields": fields}


def _partners(reason: Mapping[str, Any], names: Names) -> str:
    listed = [
        names.organisations[pk] for pk in reason["organisations"] if pk in names.organisations
    ]
    n = int(reason["n"])
    if not listed:
        return ngettext(
            "%(n)s organisation works with both of you.",
            "%(n)s organisations work with both of you.",
            n,
        ) % {"n": n}
    facts = {"n": n, "names": ", ".join(listed)}
    if n > len(listed):
        return (
            ngettext(
                "%(n)s common partner, among them %(names)s.",
                "%(n)s common partners, among them %(names)s.",
                n,
            )
            % facts
        )
    return (
        ngettext("%(n)s common partner: %(names)s.", "%(n)s common partners: %(names)s.", n) % facts
    )


def _near(_reason: Mapping[str, Any], _names: Names) -> str:
    return _("You are near each other in the network, over partners of partners.")


def _ties(reason: Mapping[str, Any], _names: Names) -> str:
    n = int(reason["n"])
    return ngettext("It has %(n)s tie.", "It has %(n)s ties.", n) % {"n": n}


def _gap(reason: Mapping[str, Any], names: Names) -> str:
    facts = {
        "first": names.regions.get(reason["first"], reason["first"]),
        "second": names.regions.get(reason["second"], reason["second"]),
    }
    return _("It would close the gap between %(first)s and %(second)s.") % facts


_PHRASES: Final[Mapping[str, Callable[[Mapping[str, Any], Names], str]]] = {
    "text": _text,
    "need_met": _need_met,
    "offer_wanted": _offer_wanted,
    "shared": _shared,
    "partners": _partners,
    "near": _near,
    "ties": _ties,
    "gap": _gap,
}


def code_label(code: str) -> str:
    """Name a shared code: a sector, a technology or an ecosystem."""
    kind, _bar, key = code.partition(":")
    language = get_language()
    if kind == "nace":
        return sector_label(key, language)
    return (
        technology_label(key, language) if kind == "technology" else ecosystem_label(key, language)
    )


def _quoted(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def excluded_lines(excluded: Mapping[str, int]) -> Sequence[tuple[Any, int]]:
    """Name why organisations were left out, with how many; the most frequent first."""
    rows = [(EXCLUDED.get(code, code), n) for code, n in excluded.items() if n]
    return sorted(rows, key=lambda row: -row[1])
