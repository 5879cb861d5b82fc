"""The addresses of pages behind a signed link."""

from django.urls import path

from meedoen.web.partner import link_month, link_views

# No name of an app: a mail is written by pages of any audience, and knows these by their name.
urlpatterns = [
    path("<str:token>/plek/", link_views.answer_place, name="answer_place"),
    path("<str:token>/start/", link_views.answer_start, name="answer_start"),
    path("<str:token>/aanmelding/", link_views.answer_sign_up, name="answer_sign_up"),
    path("<str:token>/maand/", link_month.answer_month, name="answer_month"),
    path("<str:token>/uitnodiging/", link_views.accept_invitation, name="accept_invitation"),
]
