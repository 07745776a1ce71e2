"""Plans of bilateral meetings in words: why a wish is not met, and what a change would break."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.network.domain.meetings.days import SlotTime
from alpclusters.reports.dates import format_time, format_time_range

REASONS: Final[Mapping[str, str]] = {
    "no_language": _("The two share no language."),
    "no_slot": _("There is no time at which both are there."),
    "limit": _("One of the two has all the meetings it takes."),
    "taken": _("Whenever one of them is free, the other one meets somebody else."),
    "tables": _("Both have time, but no table is free then."),
}
WRONGS: Final[Mapping[str, str]] = {
    "outside": _("There is no such time or table on this day."),
    "break": _("%(when)s is a break."),
    "away": _("%(name)s is not there at %(when)s."),
    "twice": _("%(name)s would have two meetings at %(when)s."),
    "table": _("Table %(table)s is taken at %(when)s."),
    "again": _("%(name)s would meet the same organisation twice."),
    "limit": _("%(name)s would have more meetings than anybody may have."),
    "unwished": _("%(name)s and the other side do not both want this meeting any more."),
    "language": _("%(name)s and the other side share no language any more."),
    "moved": _("A fixed meeting of %(name)s is not where it was fixed."),
}


@dataclass(frozen=True, slots=True)
class DayNames:
    """Names of the organisations by their keys, and the slots by their numbers."""

    organisations: Mapping[int, str]
    slots: Mapping[int, SlotTime]


def reason_sentence(code: str, language: str) -> str:
    """Say why a wish is not met."""
    return translator(language).gettext(REASONS[code])


def wrong_sentence(wrong: tuple[str, int, int], names: DayNames, language: str) -> str:
    """Say what does not hold: a mistake as the checker of plans names it."""
    code, slot, number = wrong
    values = {
        "name": names.organisations.get(number, "–"),
        "when": slot_words(names.slots[slot], language) if slot in names.slots else str(slot),
        "table": number,
    }
    return translator(language).gettext(WRONGS[code]) % values


def slot_words(slot: SlotTime, language: str) -> str:
    """Write when a slot begins."""
    return format_time(slot.begins, language)


def span_words(slot: SlotTime, language: str) -> str:
    """Write when a slot begins and ends: 09:00–09:20 Uhr, 9 h 00 – 9 h 20."""
    return format_time_range(slot.begins, slot.ends, language)
