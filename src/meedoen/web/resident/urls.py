from django.urls import path

from meedoen.web.resident import (
    explanation_views,
    found_views,
    places_views,
    plan_views,
    referral_ask_views,
    referral_views,
    views,
)

app_name = "resident"
urlpatterns = [
    path("", views.path, name="path"),
    path("gevonden-plek/", found_views.found_new, name="found_new"),
    path("plekken/uitleg/", explanation_views.explanations, name="explanations"),
    path("plekken/uitleg/<uuid:key>/", explanation_views.explained, name="explanation"),
    path(
        "plekken/uitleg/<uuid:key>/uitleg-plekken.pdf",
        explanation_views.explained_pdf,
        name="explanation_pdf",
    ),
    path("plekken/", places_views.places, name="places"),
    path("wens/", places_views.wish, name="wish"),
    path("hulp-vragen/", referral_ask_views.referral_new, name="referral_new"),
    path("verwijzing/<uuid:key>/", referral_views.referral_detail, name="referral"),
    path(
        "verwijzing/<uuid:key>/vraag/",
        referral_ask_views.referral_question,
        name="referral_question",
    ),
    path("verwijzing/<uuid:key>/aan-wie/", referral_ask_views.referral_to, name="referral_to"),
    path("verwijzing/<uuid:key>/delen/", referral_ask_views.referral_told, name="referral_told"),
    path(
        "verwijzing/<uuid:key>/nakijken/", referral_ask_views.referral_check, name="referral_check"
    ),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/akkoord/", plan_views.agree, name="plan_agree"),
    path("plan/actie/<int:action_id>/", plan_views.action, name="plan_action"),
    path("plan/afdrukken/", plan_views.plan_print, name="plan_print"),
    path("plan/plan-van-aanpak.pdf", plan_views.plan_pdf, name="plan_pdf"),
]
