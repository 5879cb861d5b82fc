from django.urls import path

from meedoen.web.coach.views import (
    attempt,
    caseload,
    conversation,
    file,
    placement,
    proposal,
    today,
)

app_name = "coach"
urlpatterns = [
    path("vandaag/", today.today, name="today"),
    path("mensen/", caseload.people, name="caseload"),
    path("resident/<uuid:key>/", file.file, name="resident"),
    path("resident/<uuid:key>/gesprek/", conversation.conversation, name="conversation"),
    path("resident/<uuid:key>/poging/", attempt.attempt, name="attempt"),
    path("resident/<uuid:key>/plekken/", proposal.places, name="places"),
    path("voorstel/<uuid:key>/", proposal.proposal, name="proposal"),
    path("plaatsing/<uuid:key>/", placement.placement, name="placement"),
    path("plaatsing/<uuid:key>/stoppen/", placement.end, name="placement_end"),
    path("plaatsing/<uuid:key>/gaat-niet-door/", placement.withdraw, name="placement_withdraw"),
    path("plaatsing/<uuid:key>/eerste-dag/", placement.start_day, name="placement_start_day"),
    path("plaatsing/<uuid:key>/start-terugnemen/", placement.take_back, name="placement_take_back"),
]
