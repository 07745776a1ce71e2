"""Signing in and out, by allauth; the second step; the door of an administrator."""

from allauth.account import urls as account
from allauth.account.decorators import reauthentication_required
from allauth.account.views import email
from allauth.mfa.base import views as base
from allauth.mfa.totp.views import deactivate_totp
from allauth.mfa.webauthn import views as passkeys
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from alpclusters.www.account import administrator_link, devices, second_step
from alpclusters.www.account import second_step as recovery_codes

# allauth's views under the names it asks for; renaming a passkey is left out.
SECOND_STEP = [
    path("", base.index, name="mfa_index"),
    path("sign-in/", base.authenticate, name="mfa_authenticate"),
    path("again/", base.reauthenticate, name="mfa_reauthenticate"),
    path("app/add/", second_step.AddAppView.as_view(), name="mfa_activate_totp"),
    path("app/remove/", deactivate_totp, name="mfa_deactivate_totp"),
    path("passkeys/", second_step.passkeys, name="mfa_list_webauthn"),
    path("passkeys/add/", second_step.AddPasskeyView.as_view(), name="mfa_add_webauthn"),
    path("passkeys/again/", passkeys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/sign-in/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/<int:pk>/remove/", passkeys.remove_webauthn, name="mfa_remove_webauthn"),
    path("recovery-codes/", recovery_codes.recovery_codes, name="mfa_view_recovery_codes"),
]

urlpatterns = [
    path(
        "administrator/<str:token>/",
        administrator_link.administrator_link,
        name="administrator_link",
    ),
    # Whoever finds a browser open cannot take the account over with another address.
    path(
        "email/",
        login_required(reauthentication_required(email, allow_get=True)),
        name="account_email",
    ),
    path("devices/", devices.devices, name="account_devices"),
    path("second-step/", include(SECOND_STEP)),
    path("", include([page for page in account.urlpatterns if page.name != "account_email"])),
]
