from django.urls import path

from meedoen.web.policy.views import (
    coverage,
    goals,
    indicators,
    matching_report,
    matching_setting,
    oversight,
    sheltered,
    shortage,
    standing,
)

app_name = "policy"
urlpatterns = [
    path("", standing.standing, name="standing"),
    path("indicator/<str:code>/", indicators.indicator, name="indicator"),
    path("doel/<int:goal_id>/", goals.goal, name="goal"),
    path("organisaties/", oversight.reach, name="reach"),
    path("dekking/", coverage.coverage, name="coverage"),
    path("dekking/bestand/", coverage.coverage_export, name="coverage_export"),
    path("dekking/tekort/", shortage.shortage_page, name="shortage"),
    path("dekking/tekort/bestand/", shortage.shortage_export, name="shortage_export"),
    path("beschut/", sheltered.sheltered, name="sheltered"),
    path("beschut/bestand/", sheltered.sheltered_export, name="sheltered_export"),
    path("inzage/", oversight.readings, name="readings"),
    path("leden/", oversight.members, name="members"),
    path("plekken-voorstellen/", matching_setting.matching, name="matching"),
    path("plekken-voorstellen/verslag/", matching_report.report, name="matching_report"),
    path(
        "plekken-voorstellen/verslag/bestand/",
        matching_report.report_export,
        name="matching_report_export",
    ),
]
