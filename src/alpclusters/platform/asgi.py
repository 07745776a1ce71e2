"""The site alone, for a server of its own: ``alpclusters.platform.asgi:application``.

Under ``serve`` the supervisor holds the data directory. Here nobody does, so each process takes
its share of the lock: several workers go together, ``serve`` beside them does not.
"""

from typing import Final

from django.conf import settings

from alpclusters.platform.operation.home_lock import share_home
from alpclusters.platform.site_handler import application

__all__ = ["LOCK", "application"]

# Held until the process ends.
LOCK: Final = share_home(settings.HOME)
