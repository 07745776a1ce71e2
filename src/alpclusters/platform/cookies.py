"""How our cookies are named: bound to this very host wherever the address is encrypted.

A browser takes a cookie whose name begins with ``__Host-`` only from this host, encrypted and for
all paths, so that no neighbour under the same domain can plant one.
"""

from functools import cache
from typing import Final

from alpclusters.platform.configuration import load_configuration

HOST: Final = "__Host-"


@cache
def is_secure() -> bool:
    """Say whether the public address is encrypted; asked once for each process."""
    return load_configuration().is_secure


def sent_name(name: str) -> str:
    """Return the name under which a cookie is sent and read."""
    return f"{HOST}{name}" if is_secure() else name
