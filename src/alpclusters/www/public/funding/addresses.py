"""The permanent addresses of entries."""

from django.urls import reverse


def programme_url(key: str) -> str:
    """Return the page of a programme."""
    return reverse("public:programme", args=[key])


def call_url(key: str) -> str:
    """Return the page of a call."""
    return reverse("public:call", args=[key])


def offer_url(key: str) -> str:
    """Return the page of an offer."""
    return reverse("public:offer", args=[key])
