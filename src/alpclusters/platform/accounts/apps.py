from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest


class AccountsConfig(AppConfig):
    name = "alpclusters.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Keep in each new session with what device it was opened; write of second steps."""
        from alpclusters.platform.accounts.domain import second_step  # noqa: PLC0415

        second_step.connect()
        user_logged_in.connect(_note_sign_in, dispatch_uid="sign_ins")


def _note_sign_in(request: HttpRequest, user: Any, **_signal: Any) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from alpclusters.platform.accounts.domain.sign_ins import note_sign_in  # noqa: PLC0415

    agent = request.META.get("HTTP_USER_AGENT", "")
    note_sign_in(request.session, user, agent=agent, now=timezone.now())
