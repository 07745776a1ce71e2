"""Keys of things that get a permanent address: readable, and never given twice."""

from typing import Any, Final

from django.db import models
from django.utils.text import slugify

_LENGTH: Final = 80
# Addresses of pages that stand beside those of the things.
_RESERVED: Final = frozenset({"new", "proposals"})


def free_key(model: type[models.Model], text: str, *, fallback: str) -> str:
    """Return a key that no row of a model has.

    Parameters
    ----------
    model : type of Model
        With a unique field ``key``.
    text : str
        What the thing is called.
    fallback : str
        Where nothing of the text can stand in an address.

    Returns
    -------
    str
        ``text`` as an address, with a number where it is taken.
    """
    stem = slugify(text)[:_LENGTH].strip("-") or fallback
    manager: Any = model._default_manager
    taken = {*manager.filter(key__startswith=stem).values_list("key", flat=True), *_RESERVED}
    numbered = (f"{stem}-{n}" for n in range(2, len(taken) + 3))
    return next(key for key in (stem, *numbered) if key not in taken)
