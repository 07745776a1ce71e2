"""How allauth's second step behaves here: our words, our pictures, secrets encrypted."""

import base64
import io
from functools import cache

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.platform.accounts.domain.sign_ins import device_words
from alpclusters.platform.accounts.models import User


class SecondStepAdapter(DefaultMFAAdapter):
    """Passkeys, codes of an app and recovery codes; what is secret of them lies encrypted."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy(
            "This did not work. A code of the app is valid for half a minute: take the one shown "
            "now. A recovery code works once."
        )
    }

    def build_totp_svg(self, url: str) -> str:
        """Draw the code that the phone reads."""
        drawing = io.BytesIO()
        made = segno.make(url, error="m", micro=False)
        # White behind it: cameras need that in the dark theme too.
        made.save(drawing, kind="svg", border=4, light="#fff", omitsize=True)
        return drawing.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002, ARG002 - allauth's signature
        """Call a passkey by the device on which it is made."""
        agent = context.request.META.get("HTTP_USER_AGENT", "")
        return device_words(agent) or _("Passkey")

    def encrypt(self, text: str) -> str:
        """Return what the database keeps of a secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that the database keeps."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


@cache
def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str | bytes) -> bytes:
    made = HKDF(SHA256(), length=32, salt=None, info=b"second step").derive(force_bytes(key))
    return base64.urlsafe_b64encode(made)
