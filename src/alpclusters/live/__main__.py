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
        ``supervise PORT LOCK WORDS``, ``live LIFELINE PORT``, ``site LIFELINE NUMBER`` or
        ``work LIFELINE``; all but NUMBER are descriptors that were inherited.
    """
    from alpclusters.platform.garbage import look_for_rings_rarely  # noqa: PLC0415 - before all

    look_for_rings_rarely()
    from alpclusters.platform.configuration import load_configuration  # noqa: PLC0415
    from alpclusters.platform.operation.private_files import write_privately  # noqa: PLC0415

    write_privately()
    role, *rest = words
    numbers = [int(word) for word in rest]
    configuration = load_configuration()
    if role == "supervise":
        from alpclusters.live.announcing import take_over  # noqa: PLC0415 - no server in it
        from alpclusters.live.supervisor import supervise  # noqa: PLC0415 - likewise

        port, lock, pipe = numbers
        # The lock on the data directory is ours, not the children's.
        os.set_inheritable(lock, False)  # noqa: FBT003 - the library's own order
        return supervise(configuration, socket.socket(fileno=port), take_over(pipe))
    from alpclusters.live import server  # noqa: PLC0415 - the supervisor needs none of it

    server.end_with_parent(numbers[0])
    if role == "live":
        return server.run_live(configuration, socket.socket(fileno=numbers[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")
    if role == "work":
        return server.run_worker(configuration)
    from alpclusters.platform.sockets import site_sockets  # noqa: PLC0415

    return server.run_site(site_sockets(configuration)[numbers[1] - 1])


if __name__ == "__main__":
    sys.exit(with_room(main)(sys.argv[1:]))
