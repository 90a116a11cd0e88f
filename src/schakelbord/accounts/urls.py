"""Addresses about who you are. Of django-allauth only the pages that we use; there is no sign-up."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as spare_codes
from allauth.mfa.totp import views as app_codes
from django.urls import include, path, re_path

from schakelbord.accounts import views

own = [
    path("rollen", views.roles, name="roles"),
    path("rollen/uit", views.leave_role, name="leave_role"),
    path("account", views.account, name="account"),
]
urlpatterns = [
    path("", include((own, "accounts"))),
    path("inloggen", account.login, name="account_login"),
    path("uitloggen", account.logout, name="account_logout"),
    path("account/gesloten", account.account_inactive, name="account_inactive"),
    path("account/aanmelden", account.signup, name="account_signup"),
    path("account/bevestig", account.reauthenticate, name="account_reauthenticate"),
    path("account/wachtwoord", account.password_change, name="account_change_password"),
    path("account/wachtwoord/kiezen", account.password_set, name="account_set_password"),
    path("wachtwoord-vergeten", account.password_reset, name="account_reset_password"),
    path("wachtwoord-vergeten/verstuurd", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^nieuw-wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("nieuw-wachtwoord", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("account/tweede-stap", second_factor.index, name="mfa_index"),
    path("inloggen/code", second_factor.authenticate, name="mfa_authenticate"),
    path("account/bevestig/code", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/tweede-stap/aan", app_codes.activate_totp, name="mfa_activate_totp"),
    path("account/tweede-stap/uit", app_codes.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/reservecodes", spare_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/reservecodes/nieuw", spare_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("account/reservecodes/bestand", spare_codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
