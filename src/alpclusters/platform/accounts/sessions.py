"""Sessions whose keys the database does not know: it keeps their hashes only.

Whoever reads the database, a backup or a disk cannot take over somebody's session with it. A key
is drawn at random with 165 bits, so a plain hash cannot be turned back by trying.
"""

import hashlib
from typing import Any, Final

from asgiref.sync import sync_to_async
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession

# As long as the column: 160 bits.
LENGTH: Final = 40


def hashed(key: str) -> str:
    """Return what the database keeps of the key in a cookie.

    Examples
    --------
    >>> hashed("wbh5iot5w4pyc3s3lyzuhs3cfkfyzqdm")
    '985c89c534641020a9df1e478196171b25e3c475'
    """
    return hashlib.sha256(key.encode()).hexdigest()[:LENGTH]


class SessionStore(db.SessionStore):
    """Django's sessions in the database, found and stored by the hash of their key.

    The key itself is in the cookie and in this object, as everywhere in Django.
    """

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session with this key."""
        return bool(super().exists(hashed(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row of this session."""
        row: AbstractBaseSession = super().create_model_instance(data)
        row.session_key = hashed(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Delete the session with this key, or this one."""
        key = session_key or self.session_key
        if key is not None:
            super().delete(hashed(key))

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        """Read the row of this session; forget the key where there is none."""
        key = self._session_key
        self._session_key = hashed(key) if key else key
        found: AbstractBaseSession | None = super()._get_session_from_db()  # type: ignore[misc]  # the stubs lack it
        self._session_key = key if found is not None else None
        return found

    async def aexists(self, session_key: str) -> bool:
        """See exists()."""
        return await sync_to_async(self.exists)(session_key)

    async def aload(self) -> dict[str, Any]:
        """See load()."""
        found: dict[str, Any] = await sync_to_async(self.load)()
        return found

    async def asave(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's
        """See save()."""
        await sync_to_async(self.save)(must_create=must_create)

    async def adelete(self, session_key: str | None = None) -> None:
        """See delete()."""
        await sync_to_async(self.delete)(session_key)
