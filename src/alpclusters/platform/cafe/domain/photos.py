"""Photos of cards: kept without metadata, found by a name that nobody can guess.

A name is ``<number of the AlpCafé>-<22 characters>.jpg``; the file lies below the uploads of the
installation. What a phone sent is never kept as it came.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.models import AlpCafe, Card
from alpclusters.sources.photos import read_photo

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
