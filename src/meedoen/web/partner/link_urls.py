"""The addresses of pages behind a signed link."""

from django.urls import path

from meedoen.web.partner import link_month, link_referral, link_views

# No name of an app: a mail is written by pages of any audience, and knows these by their name.
urlpatterns = [
    path("<str:token>/plek/", link_views.answer_place, name="answer_place"),
    path("<str:token>/start/", link_views.answer_start, name="answer_start"),
    path("<str:token>/aanmelding/", link_views.answer_sign_up, name="answer_sign_up"),
    path("<str:token>/maand/", link_month.answer_month, name="answer_month"),
    path("<str:token>/verwijzing/", link_referral.answer_referral, name="answer_referral"),
    path("<str:token>/hoe-het-gaat/", link_referral.tell_referral, name="tell_referral"),
    path("<str:token>/uitnodiging/", link_views.accept_invitation, name="accept_invitation"),
]
