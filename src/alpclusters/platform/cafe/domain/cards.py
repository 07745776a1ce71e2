"""Commands on cards: ``add_card``, ``hide_card``, ``show_card``, ``edit_card``.

Arguments: ``card`` (its number), ``reason``, ``text``; for a new card also ``id`` (made by
the screen), ``language``, ``author``, ``photo``, ``table``. A host acts on the cards of the
own table only.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from alpclusters.analysis.errors import InputError, NotAllowedError, StateError
from alpclusters.platform.cafe import limits
from alpclusters.platform.cafe.domain.commands import (
    Change,
    Order,
    State,
    read_time,
    register,
    written_time,
)
from alpclusters.platform.cafe.models import AlpCafe, Card, Source, Table
from alpclusters.platform.fields import length_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.sources.photos import read_photo

# --- Photos of cards: kept without metadata, found by a name that nobody can guess ----------------
#
# A name is ``<number of the AlpCafé>-<22 characters>.jpg``; the file lies below the uploads of the
# installation. What a phone sent is never kept as it came.


FOLDER: Final = "cafe-photos"
MOST_OF_A_DEVICE: Final = 40
# A phone may keep a card for some hours before it can send it.
UNUSED_FOR: Final = timedelta(days=1)
# As long as an evaluation may need to be checked against what was written by hand.
PHOTOS_KEPT: Final = timedelta(days=365)
_NAME: Final = re.compile(r"(\d{1,12})-[A-Za-z0-9_-]{22}\.jpg")
_HOUR_S: Final = 3600


def keep_photo(cafe: AlpCafe, data: bytes, *, device: str) -> str:
    """Store a photo without metadata and return its name.

    Parameters
    ----------
    cafe : AlpCafe
    data : bytes
        As it was sent.
    device : str
        What tells one phone from another: its token or the text of its link.

    Raises
    ------
    StateError
        ``cafe.too_many_photos``: 40 within an hour from one device.
    FileFormatError
        ``photo.too_many_bytes``, ``photo.too_large``, ``photo.not_a_jpeg``.
    """
    _count(cafe, device)
    picture = read_photo(data)
    name = f"{cafe.pk}-{secrets.token_urlsafe(16)}.jpg"
    _write(photo_folder(cafe.pk) / name, picture.data)
    if cache.add("cafe-photos-looked-through", 1, timeout=_HOUR_S):
        drop_unused_photos(timezone.now())
    return name


def drop_unused_photos(now: datetime) -> int:
    """Delete the photos that no card has and that are older than a day; return how many.

    Photos are looked through when another one comes, at most once an hour, never at the start:
    then the journal may still have cards that the database lacks.
    """
    limit = (now - UNUSED_FOR).timestamp()
    root = Path(settings.MEDIA_ROOT) / FOLDER
    old = [path for path in root.glob("*/*.*") if path.stat().st_mtime < limit]
    used = set(Card.objects.exclude(photo="").values_list("photo", flat=True))
    unused = [path for path in old if path.name not in used]
    for path in unused:
        path.unlink(missing_ok=True)
    return len(unused)


def forget_photos(now: datetime) -> int:
    """Delete the photos of AlpCafés that lie a year back; return how many.

    What was typed from them stays, and the card keeps the mark that there was one.
    """
    root = Path(settings.MEDIA_ROOT) / FOLDER
    last = timezone.localdate(now) - PHOTOS_KEPT
    folders = {int(path.name): path for path in root.glob("*") if path.name.isdecimal()}
    old = AlpCafe.everything.filter(pk__in=folders, held_on__lt=last).values_list("pk", flat=True)
    photos = [path for pk in old for path in folders[pk].iterdir()]
    for path in photos:
        path.unlink(missing_ok=True)
    return len(photos)


def photo_path(name: str) -> Path | None:
    """Return where a photo lies; None for a name that is none, or a photo that is not there."""
    cafe_id = cafe_of_photo(name)
    if cafe_id is None:
        return None
    path = photo_folder(cafe_id) / name
    return path if path.is_file() else None


def cafe_of_photo(name: str) -> int | None:
    """Return the AlpCafé a name belongs to; None for a name that is none."""
    match = _NAME.fullmatch(name)
    return int(match[1]) if match else None


def is_photo_of(cafe: AlpCafe, name: str) -> bool:
    """Say whether a name is a stored photo of this AlpCafé."""
    return cafe_of_photo(name) == cafe.pk and photo_path(name) is not None


def photo_folder(cafe_id: int) -> Path:
    """Return where the photos of an AlpCafé lie."""
    return Path(settings.MEDIA_ROOT) / FOLDER / str(cafe_id)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    with fresh.open("wb") as file:
        fresh.chmod(0o600)
        file.write(data)
    fresh.rename(path)


def _count(cafe: AlpCafe, device: str) -> None:
    who = hashlib.sha256(device.encode()).hexdigest()[:24]
    key = f"cafe-photos-{cafe.pk}-{who}"
    if not cache.add(key, 1, timeout=_HOUR_S) and cache.incr(key) > MOST_OF_A_DEVICE:
        raise StateError("cafe.too_many_photos", expected=str(MOST_OF_A_DEVICE))


# --- Commands on cards: ``add_card``, ``hide_card``, ``show_card``, ``edit_card`` -----------------


LONGEST_REASON: Final = length_of(Card, "hidden_reason")


def add_card(order: Order) -> Change:
    """Write a card for people at a table; sent twice it is there once."""
    said = order.arguments
    public_id = str(said.get("id", ""))[: limits.CARD_ID]
    there = Card.objects.filter(cafe=order.cafe, public_id=public_id).first()
    if there is not None or not public_id:
        raise StateError("cafe.card_known")
    card = _new_card(order, public_id)
    card.save()
    return Change({"cards": {}, "added": {}}, _picture([card], added=True), [f"card:{card.pk}"])


def hide_card(order: Order) -> Change:
    """Take a card off all screens; its author is told why."""
    reason = str(order.arguments.get("reason") or "").strip()[:LONGEST_REASON]
    if not reason:
        raise InputError("cafe.reason_missing")
    return _changing(order, state=Card.State.HIDDEN, hidden_reason=reason)


def show_card(order: Order) -> Change:
    """Show a hidden card again."""
    return _changing(order, state=Card.State.SHOWN, hidden_reason="")


def edit_card(order: Order) -> Change:
    """Correct a typing error; the earlier text stays in the log."""
    text = str(order.arguments.get("text") or "").strip()
    card = find_card(order)
    if len(text) > limits.CARD or not (text or card.photo):
        raise InputError("cafe.card_text", expected=str(limits.CARD))
    return _changing(order, text=text, edited_at=order.now)


def find_card(order: Order, number: object = None) -> Card:
    """Return a card of the AlpCafé that the one who orders may touch.

    Raises
    ------
    StateError
        ``cafe.unknown_card``.
    NotAllowedError
        ``cafe.other_table``: a host and a card of another table.
    """
    wanted = order.arguments.get("card") if number is None else number
    cards = order.cafe.cards.select_related("table")
    card: Card | None = cards.filter(pk=wanted).first() if isinstance(wanted, int) else None
    if card is None:
        raise StateError("cafe.unknown_card", found=str(wanted))
    require_own_table(order, card.table)
    return card


def require_own_table(order: Order, table: Table | None) -> None:
    """Refuse a host who touches what belongs to another table.

    Raises
    ------
    NotAllowedError
        ``cafe.other_table``.
    """
    if order.by_table is not None and (table is None or table.number != order.by_table):
        raise NotAllowedError("cafe.other_table", expected=str(order.by_table))


def table_of(order: Order) -> Table | None:
    """Return the table a command speaks of: the host's own, or the number it names.

    Raises
    ------
    NotAllowedError
        ``cafe.other_table``.
    """
    number = order.arguments.get("table", order.by_table)
    if number is None:
        return None
    table: Table | None = order.cafe.tables.filter(number=number).first()
    if table is None:
        raise StateError("cafe.unknown_seat", found=str(number))
    require_own_table(order, table)
    return table


def settle_states(cards: Iterable[Card]) -> None:
    """Set which cards are part of an insight; hidden ones stay hidden."""
    for card in cards:
        if card.state == Card.State.HIDDEN:
            continue
        is_grouped = card.insights.exists()
        card.state = Card.State.GROUPED if is_grouped else Card.State.SHOWN
        card.save(update_fields=["state"])


def _new_card(order: Order, public_id: str) -> Card:
    said = order.arguments
    text = str(said.get("text") or "").strip()
    photo = str(said.get("photo") or "")
    if photo and not is_photo_of(order.cafe, photo):
        raise InputError("cafe.unknown_photo", found=photo)
    if len(text) > limits.CARD or not (text or photo):
        raise InputError("cafe.card_text", expected=str(limits.CARD))
    return Card(
        cafe=order.cafe,
        public_id=public_id,
        table=table_of(order),
        round_index=order.cafe.round_index,
        text=text,
        language=nearest_language(str(said.get("language") or "")),
        author=str(said.get("author") or "").strip()[: limits.AUTHOR],
        photo=photo,
        # A card photographed by a host was written on paper.
        source=Source.PAPER if photo else Source.PROXY,
        received_at=order.now,
    )


def _changing(order: Order, **values: Any) -> Change:
    card = find_card(order)
    before = _picture([card])
    for name, value in values.items():
        setattr(card, name, value)
    card.save(update_fields=list(values))
    if values.get("state") == Card.State.SHOWN:
        settle_states([card])
    return Change(before, _picture([card]), [f"card:{card.pk}"])


_PLAIN: Final = ("state", "hidden_reason", "text")
_WHOLE: Final = ("public_id", "table_id", "round_index", "language", "author", "photo", "source")


def _picture(cards: Iterable[Card], *, added: bool = False) -> dict[str, Any]:
    rows, whole = {}, {}
    for card in cards:
        rows[str(card.pk)] = {
            **{name: getattr(card, name) for name in _PLAIN},
            "edited_at": written_time(card.edited_at),
        }
        if added:
            whole[str(card.pk)] = {
                **{name: getattr(card, name) for name in _WHOLE},
                "received_at": written_time(card.received_at),
            }
    return {"cards": rows, "added": whole}


def _restore(cafe: AlpCafe, before: State, after: State, now: datetime) -> None:
    del now
    cafe.cards.filter(pk__in=set(after["added"]) - set(before["added"])).delete()
    for number, row in before["added"].items():
        values = {**row, "received_at": read_time(row["received_at"])}
        Card.objects.get_or_create(pk=int(number), defaults={"cafe": cafe, **values})
    for number, row in before["cards"].items():
        values = {**row, "edited_at": read_time(row["edited_at"])}
        cafe.cards.filter(pk=int(number)).update(**values)
    settle_states(cafe.cards.filter(pk__in=list(before["cards"])))


for _name, _apply in (
    ("add_card", add_card),
    ("hide_card", hide_card),
    ("show_card", show_card),
    ("edit_card", edit_card),
):
    register(_name, _apply, _restore, is_strict=False)
