"""What tells one print from another: a hash over all that stands in it.

The hash is made of the assembled document and not of what it was read from, so nothing can be
printed that it leaves out: text, status, reports, values, days, language. docs/methods/
printed-documents.md says how anyone computes it again.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from alpclusters.reports.blocks import Document

PREFIX: Final = "alpclusters-document-v1"
SHOWN_DIGITS: Final = 12
"""As many stand in feet and names of files; they find a print again, the cover has all 64."""


def document_digest(document: Document) -> str:
    """Return the SHA-256 of everything that stands in a document, 64 hexadecimal digits.

    Raises
    ------
    TypeError
        A block holds something that has no canonical form: it would be printed without being
        part of the hash.
    """
    return hashlib.sha256(f"{PREFIX}\n{canonical_document(document)}".encode()).hexdigest()


def canonical_document(document: Document) -> str:
    """Return a document in the one form that is hashed: JSON, keys sorted, no blanks, ASCII."""
    return _canonical(document)


def filled_digest(template: bytes, values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a template of others and of all that is filled into it."""
    told = _canonical([hashlib.sha256(template).hexdigest(), values])
    return hashlib.sha256(f"{PREFIX}\n{told}".encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        # With its kind: a heading and a paragraph of the same words are not the same print.
        # Without what is as usual: a field that a later version adds leaves old hashes alone.
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        usual = {field.name: field.default for field in fields(value)}
        named = {
            name: _plain(item) for name, item in told.items() if not _is_same(item, usual[name])
        }
        return {type(value).__name__: named}
    return _items(value)


def _is_same(item: Any, usual: Any) -> bool:
    return type(item) is type(usual) and bool(item == usual)


def _items(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(item)] for key, item in value.items()]
    if isinstance(value, set | frozenset):
        return sorted((_plain(item) for item in value), key=str)
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, float | Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    msg = f"no canonical form of {type(value).__name__}"
    raise TypeError(msg)
