"""Addresses of the ways in. Each is named one by one: what allauth offers beyond these does not exist here."""

from allauth.account import views as ways
from allauth.mfa import app_settings as mfa
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from nithet.web.account import views

urlpatterns = [
    path("", views.mine, name="account_mine"),
    path("speaker/", views.name_speaker, name="account_speaker"),
    path("office/", views.choose_office, name="account_office"),
    path("login/", ways.login, name="account_login"),
    path("logout/", ways.logout, name="account_logout"),
    path("inactive/", ways.account_inactive, name="account_inactive"),
    path("reauthenticate/", ways.reauthenticate, name="account_reauthenticate"),
    path("password/change/", ways.password_change, name="account_change_password"),
    path("password/set/", ways.password_set, name="account_set_password"),
    path("two-factor/", second.index, name="mfa_index"),
    path("two-factor/authenticate/", second.authenticate, name="mfa_authenticate"),
    path("two-factor/reauthenticate/", second.reauthenticate, name="mfa_reauthenticate"),
    path("two-factor/app/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("two-factor/app/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("two-factor/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "two-factor/codes/generate/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "two-factor/codes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
if "webauthn" in mfa.SUPPORTED_TYPES:
    urlpatterns.append(path("two-factor/keys/", include("allauth.mfa.webauthn.urls")))
