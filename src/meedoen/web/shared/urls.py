"""Addresses that belong to no audience, and those of signing in."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.i18n import set_language

from meedoen.records.organisations.viewer import Permission
from meedoen.web.shared import knowledge_views, views
from meedoen.web.shared.pages import outside_view

OWN = Permission.CHANGE_OWN_ACCOUNT

urlpatterns = [
    path("", views.home, name="home"),
    path("rol/", views.choose_role, name="choose_role"),
    path("taal/", outside_view(set_language), name="set_language"),
    path("kennis/", knowledge_views.knowledge, name="knowledge"),
    path("kennis/delen/", knowledge_views.new_post, name="knowledge_new"),
    path("kennis/<uuid:key>/", knowledge_views.post, name="knowledge_post"),
    path("kennis/<uuid:key>/melden/", knowledge_views.report_post, name="knowledge_report"),
    path("kennis/<uuid:key>/weghalen/", knowledge_views.hide_post, name="knowledge_hide"),
    path("kennis/<uuid:key>/laten-staan/", knowledge_views.keep_post, name="knowledge_keep"),
    path("kennis/<uuid:key>/terug/", knowledge_views.take_post_back, name="knowledge_take_back"),
    path("toegankelijkheid/", views.accessibility, name="accessibility"),
    path("gezond/", views.health, name="health"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("aanmelden/", outside_view(account.login), name="account_login"),
    path("afmelden/", outside_view(account.logout), name="account_logout"),
    path("aanmelden/tweede-stap/", outside_view(mfa.authenticate), name="mfa_authenticate"),
    path("aanmelden/niet-actief/", outside_view(account.account_inactive), name="account_inactive"),
    path("account/", outside_view(mfa.index, permission=OWN), name="mfa_index"),
    path(
        "account/wachtwoord/",
        outside_view(account.password_change, permission=OWN),
        name="account_change_password",
    ),
    path(
        "account/bevestigen/",
        outside_view(account.reauthenticate, permission=OWN),
        name="account_reauthenticate",
    ),
    path(
        "account/bevestigen/tweede-stap/",
        outside_view(mfa.reauthenticate, permission=OWN),
        name="mfa_reauthenticate",
    ),
    path(
        "account/tweede-stap/aan/",
        outside_view(totp.activate_totp, permission=OWN),
        name="mfa_activate_totp",
    ),
    path(
        "account/tweede-stap/uit/",
        outside_view(totp.deactivate_totp, permission=OWN),
        name="mfa_deactivate_totp",
    ),
    path(
        "account/herstelcodes/",
        outside_view(recovery_codes.view_recovery_codes, permission=OWN),
        name="mfa_view_recovery_codes",
    ),
    path(
        "account/herstelcodes/nieuw/",
        outside_view(recovery_codes.generate_recovery_codes, permission=OWN),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/herstelcodes/bestand/",
        outside_view(recovery_codes.download_recovery_codes, permission=OWN),
        name="mfa_download_recovery_codes",
    ),
]
