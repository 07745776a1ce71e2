"""The request of somebody who is signed in: what views behind a sign-in get."""

from django.http import HttpRequest

from alpclusters.platform.accounts.models import User


class SignedInRequest(HttpRequest):
    """A request whose user is an account; only the type says more than Django's."""

    user: User
