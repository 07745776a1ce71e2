"""Where a confirmation waits for the next page: a cookie bound to this host, else the session."""

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

from alpclusters.platform.cookies import sent_name


class HostCookieStorage(CookieStorage):
    """Django's, under the name that all our cookies bear."""

    cookie_name = sent_name(CookieStorage.cookie_name)


class MessageStorage(FallbackStorage):
    """The cookie first; what is too long for it goes into the session."""

    storage_classes = (HostCookieStorage, SessionStorage)
