"""The parts of a running installation: ``python -m alpclusters.live supervise|live|site|work``.

Started by ``alpclusters serve`` and by the supervisor, not by hand.
"""

import os
import socket
import sys
from collections.abc import Sequence

from alpclusters.platform.stack import with_room


def main(words: Sequence[str]) -> int:
    """Run one part.

    Parameters
    ----------
    words : sequence of str
        ``supervise PORT``, ``live LIFELINE PORT``, ``site LIFELINE NUMBER`` or ``work LIFELINE``;
        PORT and LIFELINE are descriptors that were inherited.
    """
    from alpclusters.platform.garbage import look_for_rings_rarely  # noqa: PLC0415 - before all

    look_for_rings_rarely()
    from alpclusters.platform.configuration import load_configuration  # noqa: PLC0415

    role, *rest = words
    numbers = [int(word) for word in rest]
    configuration = load_configuration()
    if role == "supervise":
        from alpclusters.live.supervisor import supervise  # noqa: PLC0415 - no server in it

        return supervise(configuration, socket.socket(fileno=numbers[0]))
    from alpclusters.live import server  # noqa: PLC0415 - the supervisor needs none of it

    server.end_with_parent(numbers[0])
    if role == "live":
        return server.run_live(configuration, socket.socket(fileno=numbers[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")
    if role == "work":
        return server.run_worker(configuration)
    return server.run_site(server.site_sockets(configuration)[numbers[1] - 1])


if __name__ == "__main__":
    sys.exit(with_room(main)(sys.argv[1:]))
