"""The picture of a measure: kept without metadata, with what it shows in words and its source.

A file is never changed and never deleted while a version of the measure names it, so that an
earlier version can be brought back.
"""

import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from django.conf import settings

from alpclusters.platform.accounts.models import User
from alpclusters.platform.measures.domain.editing import change_measure
from alpclusters.platform.measures.models import Measure
from alpclusters.sources.photos import read_photo

FOLDER: Final = "measure-pictures"
_NAME: Final = re.compile(r"[A-Za-z0-9_-]{22}\.jpg")


def set_picture(
    measure: Measure,
    data: bytes | None,
    *,
    shows: Mapping[str, str],
    credit: str,
    by: User,
) -> bool:
    """Give a measure a picture, or other words to the one it has.

    Parameters
    ----------
    measure : Measure
    data : bytes or None
        A JPEG as it was sent; None keeps the picture.
    shows : mapping of str to str
        What the picture shows, in each language.
    credit : str
        Source and licence.
    by : User

    Returns
    -------
    bool
        Whether anything changed.

    Raises
    ------
    FileFormatError
        ``photo.too_many_bytes``, ``photo.too_large``, ``photo.not_a_jpeg``.
    """
    name = measure.picture if data is None else _keep(data)
    texts = {"picture": name, "picture_credit": credit, "picture_alt": shows}
    return change_measure(measure, texts=texts, by=by)


def remove_picture(measure: Measure, *, by: User) -> bool:
    """Take the picture off; an earlier version still has it."""
    return change_measure(
        measure, texts={"picture": "", "picture_credit": "", "picture_alt": {}}, by=by
    )


def picture_path(measure: Measure) -> Path | None:
    """Return where the picture of a measure lies; None if it has none."""
    if not _NAME.fullmatch(measure.picture):
        return None
    path = _folder() / measure.picture
    return path if path.is_file() else None


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / FOLDER


def _keep(data: bytes) -> str:
    picture = read_photo(data)
    name = f"{secrets.token_urlsafe(16)}.jpg"
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f".{name}.new"
    fresh.write_bytes(picture.data)
    fresh.chmod(0o600)
    fresh.rename(folder / name)
    return name
