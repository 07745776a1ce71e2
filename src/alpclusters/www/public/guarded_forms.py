"""A form that anybody may send without an account: programs that fill everything are refused."""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext as _

LEAST_SECONDS: Final = 2
_SIGNER: Final = "alpcafe.register"


def fresh_stamp() -> str:
    """Return when a form was shown, so that nobody can answer it within the same moment."""
    return TimestampSigner(salt=_SIGNER).sign("form")


class GuardedForm(forms.Form):
    """A field that people do not see, and the moment in which the form was shown."""

    # People do not see it; programs that fill every field do.
    website = forms.CharField(required=False, max_length=200)
    since = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"since": fresh_stamp(), **(initial or {})}})

    @property
    def is_program(self) -> bool:
        """Say whether the field that people do not see was filled."""
        return bool(self.data.get("website"))

    def clean_since(self) -> str:
        """Refuse what was sent within two seconds, or without having been shown."""
        stamp: str = self.cleaned_data["since"]
        signer = TimestampSigner(salt=_SIGNER)
        try:
            signer.unsign(stamp)
        except BadSignature as error:
            raise ValidationError(_("Please send the form once more.")) from error
        if _is_too_fast(signer, stamp):
            raise ValidationError(_("That was very fast. Please send the form once more."))
        return stamp


def _is_too_fast(signer: TimestampSigner, stamp: str) -> bool:
    try:
        signer.unsign(stamp, max_age=LEAST_SECONDS)
    except BadSignature:
        return False
    return True
