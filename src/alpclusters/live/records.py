"""A record of the journal: one command as it counts, in the order the writer gave it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

# What the writer found out itself (late, informed, table, source) stands under this name.
FOUND: Final = "_"
_FIELDS: Final = 7


@dataclass(frozen=True, slots=True)
class Record:
    """One line of the journal.

    Attributes
    ----------
    seq : int
        Strictly increasing per installation, given by the writer; gaps are harmless.
    kind : str
        ``rate``, ``comment``, ... as on the wire; ``join``, ``device``, ``phase``, ``void``,
        ``close`` are the writer's own.
    event : int
        Number of the AlpCafé.
    pid : str
        Keyed hash of the person's first token; empty where no person acts.
    key : str
        Key of the command; of a join the hash of the phone's key.
    at : int
        Clock of the server in milliseconds.
    body : mapping
        The command's body in its normal form, and under ``_`` what the writer found out.
    """

    seq: int
    kind: str
    event: int
    pid: str
    key: str
    at: int
    body: Mapping[str, Any]

    def payload(self) -> bytes:
        """Return the record as it stands in the journal."""
        row = [self.seq, self.kind, self.event, self.pid, self.key, self.at, self.body]
        return json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()

    @property
    def said(self) -> dict[str, Any]:
        """The body as the phone sent it, in its normal form."""
        return {name: value for name, value in self.body.items() if name != FOUND}

    @property
    def found(self) -> Mapping[str, Any]:
        """What the writer found out itself."""
        value: Mapping[str, Any] = self.body.get(FOUND) or {}
        return value

    @property
    def digest(self) -> int:
        """The digest that tells whether a key was used for the same command."""
        return digest_of(self.kind, self.pid, self.said)


def parse_record(payload: bytes) -> Record:
    """Read a record.

    Raises
    ------
    ValueError
        It is none; its checksum was right, so another program wrote it.
    """
    row = json.loads(payload)
    if not isinstance(row, list) or len(row) != _FIELDS:
        raise ValueError("not a record")
    return Record(*row)


def digest_of(kind: str, pid: str, body: Mapping[str, Any]) -> int:
    """Return 63 bits over kind, person and body: another body has another digest."""
    text = json.dumps([kind, pid, body], separators=(",", ":"), sort_keys=True, ensure_ascii=False)
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) >> 1
