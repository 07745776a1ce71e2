"""The server's entry: ``alpclusters.platform.asgi:application``."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")

application = get_asgi_application()
