"""How passwords are hashed: Argon2id as OWASP advises, and few at once: memory stays bounded."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE: Final = 2
WAITING: Final = 20
WITHIN_S: Final = 5.0


class HashingBusyError(Exception):
    """Too many passwords are being checked at this moment; nothing was checked."""


class Gate:
    """Lets a few through at once; some wait, the others are told to come back.

    Parameters
    ----------
    at_once, waiting : int
    within_s : float
        How long anybody waits.
    """

    def __init__(self, at_once: int, waiting: int, within_s: float) -> None:
        self._most, self._within_s = at_once + waiting, within_s
        self._places = threading.Semaphore(at_once)
        self._lock = threading.Lock()
        self.n_inside = 0

    @contextmanager
    def place(self) -> Iterator[None]:
        """Hold a place for the length of the block.

        Raises
        ------
        HashingBusyError
            All who may wait do, or the wait was too long.
        """
        with self._lock:
            if self.n_inside >= self._most:
                raise HashingBusyError
            self.n_inside += 1
        try:
            if not self._places.acquire(timeout=self._within_s):
                raise HashingBusyError
            try:
                yield
            finally:
                self._places.release()
        finally:
            with self._lock:
                self.n_inside -= 1


# Of this process. A hash takes 19 MiB; one of an older version 100 MiB, until its owner signs in.
gate = Gate(AT_ONCE, WAITING, WITHIN_S)


class PasswordHasher(Argon2PasswordHasher):
    """Argon2id, 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet).

    A hash with other figures is replaced when its owner signs in.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        """Hash a password; raises `HashingBusyError`."""
        with gate.place():
            return str(super().encode(password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """Compare a password with a hash; raises `HashingBusyError`."""
        with gate.place():
            return bool(super().verify(password, encoded))
