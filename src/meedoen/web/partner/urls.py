from django.urls import path

from meedoen.web.partner import (
    attendance_views,
    colleague_views,
    looking_views,
    month_views,
    organisation_views,
    people_views,
    place_views,
    referral_begin_views,
    referral_list_views,
    referral_views,
    referral_write_views,
    refusal_views,
    report_views,
    sign_up_views,
    views,
)

app_name = "partner"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("collegas/", colleague_views.colleagues, name="colleagues"),
    path("mensen/", people_views.people, name="people"),
    path("plaatsing/<uuid:key>/", people_views.person, name="person"),
    path("plaatsing/<uuid:key>/start/", views.start, name="start"),
    path("plaatsing/<uuid:key>/melden/", report_views.report, name="report"),
    path("plaatsing/<uuid:key>/maand/<int:year>-<int:number>/", month_views.month, name="month"),
    path(
        "plaatsing/<uuid:key>/verwijzen/",
        referral_begin_views.referral_person,
        name="referral_person",
    ),
    path("maand/", month_views.months, name="months"),
    path("aanwezigheid/", attendance_views.attendance_places, name="attendance_places"),
    path("aanwezigheid/<uuid:place_key>/", attendance_views.attendance, name="attendance"),
    path("belangstelling/", sign_up_views.interested, name="sign_ups"),
    path("belangstelling/<uuid:key>/", sign_up_views.answer_interest, name="sign_up_answer"),
    path("ging-niet-door/", refusal_views.refusals, name="refusals"),
    path("ging-niet-door/<int:message_id>/", refusal_views.refusal_seen, name="refusal_seen"),
    path("verwijzingen/", referral_list_views.referrals, name="referrals"),
    path("verwijzingen/nieuw/", referral_begin_views.referral_new, name="referral_new"),
    path(
        "verwijzingen/nieuw/persoon/",
        referral_begin_views.referral_new_person,
        name="referral_new_person",
    ),
    path(
        "verwijzingen/nieuw/vraag/",
        referral_begin_views.referral_new_question,
        name="referral_new_question",
    ),
    path(
        "verwijzingen/ontvangen/<uuid:key>/",
        referral_views.referral_received,
        name="referral_received",
    ),
    path("verwijzingen/<uuid:key>/", referral_views.referral_detail, name="referral"),
    path(
        "verwijzingen/<uuid:key>/vraag/",
        referral_write_views.referral_question,
        name="referral_question",
    ),
    path("verwijzingen/<uuid:key>/naar-wie/", referral_write_views.referral_to, name="referral_to"),
    path(
        "verwijzingen/<uuid:key>/vertellen/",
        referral_write_views.referral_told,
        name="referral_told",
    ),
    path(
        "verwijzingen/<uuid:key>/nakijken/",
        referral_write_views.referral_check,
        name="referral_check",
    ),
    path("organisatie/", organisation_views.organisation, name="organisation"),
    path(
        "organisatie/wijzigen/", organisation_views.organisation_change, name="organisation_change"
    ),
    path("organisatie/contact/", organisation_views.contact_new, name="contact_new"),
    path(
        "organisatie/contact/<uuid:key>/wijzigen/",
        organisation_views.contact_change,
        name="contact_change",
    ),
    path(
        "organisatie/contact/<uuid:key>/stopt/", organisation_views.contact_end, name="contact_end"
    ),
    path("organisatie/locatie/", organisation_views.location_new, name="location_new"),
    path(
        "organisatie/locatie/<uuid:key>/wijzigen/",
        organisation_views.location_change,
        name="location_change",
    ),
    path(
        "organisatie/locatie/<uuid:key>/sluiten/",
        organisation_views.location_close,
        name="location_close",
    ),
    path("plekken/", place_views.places, name="places"),
    path("plekken/nieuw/", place_views.new_place, name="place_new"),
    path("plekken/<uuid:key>/", place_views.place, name="place"),
    path("plekken/<uuid:key>/aanpassen/", place_views.change_place, name="place_change"),
    path("plekken/<uuid:key>/antwoord/", place_views.answer_place, name="place_answer"),
    path("plekken/<uuid:key>/stoppen/", place_views.stop_place, name="place_stop"),
    path("plekken/<uuid:key>/wie-zoekt/", looking_views.place_looking, name="place_looking"),
]
