"""What a host may order: whoever holds the table's link, and how a form says it."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from alpclusters.analysis.errors import NotAllowedError, StateError
from alpclusters.platform.cafe.domain.cards import keep_photo
from alpclusters.platform.cafe.domain.host_links import HOST, opened_cafe
from alpclusters.platform.cafe.domain.running import act, undo
from alpclusters.platform.cafe.models import AlpCafe, Entry, Seat, Table
from alpclusters.www.cafe.devices import passes_of

# --- Who hosts a table: the holder of the table's link, without an account ------------------------


type View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Host:
    """The host of a table of an AlpCafé."""

    cafe: AlpCafe
    table: Table


def host_of(request: HttpRequest, pk: int) -> Host | None:
    """Return whose host the browser belongs to in an AlpCafé."""
    for found in passes_of(request):
        if found.cafe_id == pk and found.screen == HOST and (cafe := opened_cafe(found)):
            table = cafe.tables.select_related("measure").filter(number=found.table).first()
            return Host(cafe, table) if table else None
    return None


def for_hosts(view: View) -> View:
    """Let a view run for hosts of the AlpCafé; others read what to do."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        host = host_of(request, pk)
        if host is None:
            return render(request, "cafe/host/void.html", status=403)
        return view(request, host, *args, **kwargs)

    return wrapped


# --- What a host may order, and how a form of the page says it ------------------------------------


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
