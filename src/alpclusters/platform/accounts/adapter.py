"""How allauth behaves here: accounts by invitation unless the operator opens them."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up by default."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """Say whether a stranger may make an account."""
        return bool(settings.CONFIGURATION.open_signup)
