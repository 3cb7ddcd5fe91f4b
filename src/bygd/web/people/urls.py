"""Addresses about the person who signs in. Of the sign-in library those that are used; the others do not exist."""

from allauth.account import views as library
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as others
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from bygd.web.people import account, organisation, views

second = [
    path("", RedirectView.as_view(pattern_name="account"), name="mfa_index"),
    path("authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("totp/activate/", totp.activate_totp, name="mfa_activate_totp"),
    path("totp/deactivate/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("recovery-codes/generate/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("recovery-codes/download/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]

passwords = [
    path("change/", library.password_change, name="account_change_password"),
    path("set/", library.password_set, name="account_set_password"),
    path("reset/", views.forgotten, name="account_reset_password"),
    path("reset/done/", library.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        library.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("reset/key/done/", library.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]

urlpatterns = [
    path("enter/<str:secret>", views.enter, name="enter"),
    path("language", views.language, name="language"),
    path("", account.account, name="account"),
    path("name", account.profile, name="profile"),
    path("sessions", account.sessions, name="sessions"),
    path("tokens", account.own_tokens, name="tokens"),
    path("tokens/<int:token>/end", account.end_token, name="end_token"),
    path("data", account.own_data, name="own_data"),
    path("erase", account.erase, name="erase"),
    path("login/", library.login, name="account_login"),
    path("logout/", library.logout, name="account_logout"),
    path("inactive/", library.account_inactive, name="account_inactive"),
    path("reauthenticate/", library.reauthenticate, name="account_reauthenticate"),
    path("password/", include(passwords)),
    path("2fa/", include(second)),
    path("oidc/<str:provider_id>/login/", organisation.leave, name="openid_connect_login"),
    path("oidc/<str:provider_id>/login/callback/", organisation.back, name="openid_connect_callback"),
    path("oidc/cancelled", others.login_cancelled, name="socialaccount_login_cancelled"),
]
