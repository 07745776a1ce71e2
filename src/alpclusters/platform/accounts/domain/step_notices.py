"""A mail to the owner when the second step of an account changes or a recovery code is used."""

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alpclusters.platform.accounts.domain.recovery_codes import n_left
from alpclusters.platform.accounts.domain.sign_ins import device_words
from alpclusters.platform.accounts.models import User

_KIND = Authenticator.Type
_ADDED: Final = {
    _KIND.TOTP: gettext_lazy("An app with codes was set up for signing in."),
    _KIND.WEBAUTHN: gettext_lazy("A passkey was set up for signing in."),
    _KIND.RECOVERY_CODES: gettext_lazy("Recovery codes were made. Earlier ones work no more."),
}
# Recovery codes go by themselves with the last step: its own mail is enough.
_REMOVED: Final = {
    _KIND.TOTP: gettext_lazy("The app with codes was removed from signing in."),
    _KIND.WEBAUTHN: gettext_lazy("A passkey was removed from signing in."),
}


def connect() -> None:
    """Write whenever allauth tells of a change."""
    signals.authenticator_added.connect(_teller(_ADDED), weak=False)
    signals.authenticator_reset.connect(_teller(_ADDED), weak=False)
    signals.authenticator_removed.connect(_teller(_REMOVED), weak=False)
    signals.authenticator_used.connect(_used)


def tell_of_removal(user: User) -> None:
    """Write that an administrator took the second step away."""
    with translation.override(user.language):
        _write(user, _("An administrator removed the second step of signing in."), "")


def _teller(sentences: dict[Any, Any]) -> Callable[..., None]:
    def tell(
        request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any
    ) -> None:
        if authenticator.type in sentences:
            with translation.override(user.language):
                _write(user, str(sentences[authenticator.type]), _device(request))

    return tell


def _used(request: HttpRequest, user: User, authenticator: Authenticator, **_signal: Any) -> None:
    if authenticator.type != _KIND.RECOVERY_CODES:
        return
    authenticator.refresh_from_db()
    n = n_left(authenticator)
    with translation.override(user.language):
        text = ngettext(
            "A recovery code was used. %(n)s is left.",
            "A recovery code was used. %(n)s are left.",
            n,
        )
        _write(user, text % {"n": n}, _device(request))


def _device(request: HttpRequest) -> str:
    return device_words(request.META.get("HTTP_USER_AGENT", ""))


def _write(user: User, what: str, device: str) -> None:
    """Send the mail, in the language that is on."""
    when = date_format(timezone.localtime(), "DATETIME_FORMAT")
    page = settings.CONFIGURATION.address.rstrip("/") + reverse("account_devices")
    text = _(
        "%(what)s\n\n"
        "Account: %(email)s\n"
        "When: %(when)s\n"
        "Device: %(device)s\n\n"
        "Was it you? Then there is nothing to do.\n\n"
        "If not: sign out the other devices on the page below, choose a new password and tell an "
        "administrator of the site.\n%(page)s"
    ) % {
        "what": what,
        "email": user.email,
        "when": when,
        "device": device or _("unknown"),
        "page": page,
    }
    subject = _("AlpClusters: second step of signing in")
    EmailMessage(subject=subject, body=text, to=[user.email]).send()
