"""Snapshots that nobody can change unseen: one text for one content, each hash over the last."""

import datetime as dt
import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol
from uuid import UUID

from alpclusters.analysis.errors import AnalysisError, Where

GENESIS: Final = "0" * 64
PREFIX: Final = "alpclusters-snapshot-v1"
# RFC 8785 and I-JSON: integers that every reader takes for the same.
LARGEST: Final = 2**53 - 1
HEX: Final = frozenset("0123456789abcdef")


class Link(Protocol):
    """Anything with the three texts of a snapshot, such as a stored row."""

    @property
    def previous(self) -> str:
        """Hash of the snapshot before, `GENESIS` for the first one."""

    @property
    def content(self) -> str:
        """Canonical text."""

    @property
    def digest(self) -> str:
        """Hash of both."""


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """A snapshot in its chain.

    Attributes
    ----------
    previous : str
        Hash of the one before, `GENESIS` for the first.
    content : str
        Canonical text.
    digest : str
        Hash of both, 64 hexadecimal digits.
    """

    previous: str
    content: str
    digest: str


def canonical_text(value: object) -> str:
    """Write a content in the one form that is hashed.

    Parameters
    ----------
    value : mapping, list, tuple, str, int, bool, None, date, Decimal or UUID
        Keys are ASCII texts. Dates become ISO texts, aware moments texts in UTC, decimals texts
        with the places they have; lists keep their order.

    Returns
    -------
    str
        JSON as in RFC 8785: keys sorted, no blanks, Unicode in normal form C.

    Raises
    ------
    AnalysisError
        ``plans.not_canonical``: a float (NaN included; write decimals as texts), a key that is
        not ASCII, half of a surrogate pair, an integer beyond 2**53 - 1, another type. The place
        is a JSON Pointer.

    Notes
    -----
    Linear. A key that is no ASCII would be sorted differently by other programs.

    References
    ----------
    .. [1] A. Rundgren, B. Jordan, S. Erdtman, JSON Canonicalization Scheme, RFC 8785 (2020).

    Examples
    --------
    >>> canonical_text({"b": "Prüfstand", "a": [1, None, True]})
    '{"a":[1,null,true],"b":"Prüfstand"}'
    """
    return json.dumps(
        _plain(value, ""),
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    )


def chain_digest(previous: str, canonical: str) -> str:
    """Hash a snapshot together with the hash of the one before.

    Parameters
    ----------
    previous : str
        64 hexadecimal digits in lower case; `GENESIS` for the first snapshot of a plan.
    canonical : str
        What `canonical_text` wrote.

    Returns
    -------
    str
        SHA-256 in 64 hexadecimal digits.

    Raises
    ------
    AnalysisError
        ``plans.digest_form``: the previous hash is none; ``plans.not_canonical``: a text that
        UTF-8 cannot express.

    References
    ----------
    .. [1] NIST, Secure Hash Standard, FIPS 180-4 (2015).

    Examples
    --------
    >>> chain_digest(GENESIS, "{}")[:16]
    'de7dc29400c883e6'
    """
    if len(previous) != len(GENESIS) or not set(previous) <= HEX:
        raise AnalysisError("plans.digest_form", where=Where(argument="previous"), found=previous)
    return _hashed(previous, _encoded(canonical, ""))


def verify_chain(entries: Sequence[Link]) -> int | None:
    """Find the first snapshot that was changed, or that does not follow on the one before.

    Parameters
    ----------
    entries : sequence of ChainEntry or stored rows
        From the first to the last snapshot of one plan.

    Returns
    -------
    int or None
        Place of the first bad link, 0 for the first snapshot; None where the chain holds.

    Notes
    -----
    Linear. Snapshots cut off at the end leave a chain that holds: only a hash kept elsewhere, on
    paper for instance, shows that.

    Examples
    --------
    >>> first = ChainEntry(GENESIS, "{}", chain_digest(GENESIS, "{}"))
    >>> second = ChainEntry(first.digest, "[]", chain_digest(first.digest, "[]"))
    >>> verify_chain([first, second]) is None
    True
    >>> verify_chain([first, ChainEntry(first.digest, "[1]", second.digest)])
    1
    """
    last = GENESIS
    for place, entry in enumerate(entries):
        if entry.previous != last or entry.digest != _digest_or_none(entry):
            return place
        last = entry.digest
    return None


def _digest_or_none(entry: Link) -> str | None:
    try:
        return chain_digest(entry.previous, entry.content)
    except AnalysisError:
        return None


def _hashed(previous: str, canonical: bytes) -> str:
    return hashlib.sha256(f"{PREFIX}\n{previous}\n".encode() + canonical).hexdigest()


def _encoded(text: str, place: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise _refused(place, "surrogate") from error


def _plain(value: object, place: str) -> object:
    if isinstance(value, str):
        return _text(value, place)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _integer(value, place)
    if isinstance(value, Mapping):
        return _mapping(value, place)
    if isinstance(value, list | tuple):
        return [_plain(one, f"{place}/{number}") for number, one in enumerate(value)]
    if isinstance(value, float):
        raise _refused(place, str(value))
    return _as_text(value, place)


def _mapping(value: Mapping[object, object], place: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, one in value.items():
        if not isinstance(key, str) or not key.isascii():
            raise _refused(place, str(key))
        found[str.__str__(key)] = _plain(one, f"{place}/{key}")
    return found


def _text(value: str, place: str) -> str:
    text = str.__str__(value)
    if text.isascii():
        return text
    _encoded(text, place)
    return unicodedata.normalize("NFC", text)


def _integer(value: int, place: str) -> int:
    if not -LARGEST <= value <= LARGEST:
        raise _refused(place, str(value))
    return int(value)


def _as_text(value: object, place: str) -> str:
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return format(value, "f")
    if isinstance(value, UUID):
        return str(value)
    raise _refused(place, type(value).__name__)


def _refused(place: str, found: str) -> AnalysisError:
    return AnalysisError("plans.not_canonical", where=Where(path=place), found=found)
