"""What a host may order, and how a form of the page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language

from alpclusters.analysis.errors import NotAllowedError, StateError
from alpclusters.platform.cafe.domain.cards import keep_photo
from alpclusters.platform.cafe.domain.running import act, undo
from alpclusters.platform.cafe.models import Entry, Seat
from alpclusters.www.cafe.host.access import Host

NUMBERS: Final = frozenset({"card", "insight", "guest", "first", "second", "round"})
TEXTS: Final = frozenset({"text", "title", "reason", "language", "author", "id", "state"})
COMMANDS: Final = frozenset(
    {
        "add_card",
        "call_for_help",
        "edit_card",
        "group_cards",
        "hand_over",
        "hide_card",
        "mark_seat",
        "move_guest",
        "reject_similar",
        "rename_insight",
        "show_card",
        "ungroup_card",
        "walk_out",
        "withdraw_summary",
    }
)
SEATS: Final = frozenset({"mark_seat", "walk_out"})
LONGEST_NUMBER: Final = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form that was refused, so that nobody types it again."""

    form: str = ""
    text: str = ""
    title: str = ""
    reason: str = ""

    @classmethod
    def of(cls, said: QueryDict) -> "Typed":
        """Take it from the form."""
        names = ("form", "text", "title", "reason")
        return cls(**{name: said.get(name, "") for name in names})


def carry_out(host: Host, said: QueryDict, files: Mapping[str, Any]) -> Entry:
    """Carry out what a form says, in the name of the table.

    Raises
    ------
    AlpClustersError
        What the command refuses; ``cafe.unknown_command`` for what no host may order.
    """
    command = said.get("command", "")
    if command == "undo":
        return _undo(host, said)
    if command not in COMMANDS:
        raise StateError("cafe.unknown_command", found=command)
    arguments = read_arguments(said)
    if command == "add_card" and files.get("photo"):
        device = f"host-{host.cafe.pk}-{host.table.number}"
        arguments["photo"] = keep_photo(host.cafe, files["photo"].read(), device=device)
    _complete(host, command, arguments)
    return act(
        host.cafe,
        command,
        arguments,
        seen=None,
        by=None,
        by_table=host.table.number,
        now=timezone.now(),
    )


def read_arguments(said: QueryDict) -> dict[str, Any]:
    """Read numbers as numbers, texts as texts, and leave out what no command knows."""
    found: dict[str, Any] = {
        name: int(said.get(name, ""))
        for name in NUMBERS & set(said)
        if is_number(said.get(name, ""))
    }
    found |= {name: said[name] for name in TEXTS & set(said)}
    cards = [int(value) for value in said.getlist("cards") if is_number(value)]
    return found | ({"cards": cards} if cards else {})


def is_number(text: str) -> bool:
    """Say whether a text is a number that a database can hold."""
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _complete(host: Host, command: str, arguments: dict[str, Any]) -> None:
    arguments.setdefault("language", get_language() or "en")
    if command == "move_guest":
        _find_by_number(host, arguments)
    if command in SEATS:
        _require_own_guest(host, arguments.get("guest"))


def _find_by_number(host: Host, arguments: dict[str, Any]) -> None:
    """A host knows the number on a name card, and lets its guest sit here."""
    number = arguments.get("guest")
    guest = host.cafe.guests.filter(number=number).first() if isinstance(number, int) else None
    if guest is None:
        raise StateError("cafe.unknown_guest", found=str(arguments.get("guest", "")))
    arguments |= {"guest": guest.pk, "table": host.table.pk}


def _require_own_guest(host: Host, guest: object) -> None:
    seats = Seat.objects.filter(table=host.table, round_index=host.cafe.round_index)
    if not (isinstance(guest, int) and seats.filter(guest_id=guest).exists()):
        raise NotAllowedError("cafe.other_table", expected=str(host.table.number))


def _undo(host: Host, said: QueryDict) -> Entry:
    number = said.get("entry", "")
    own = host.cafe.entries.filter(by=None, by_table=host.table.number)
    entry = own.filter(pk=number).first() if is_number(number) else None
    if entry is None:
        raise StateError("cafe.unknown_command", found=number)
    return undo(host.cafe, entry, by=None, now=timezone.now())[-1]
