from django.urls import path

from meedoen.web.policy.views import (
    cliff,
    coverage,
    fall_back,
    flows,
    goals,
    indicators,
    matching_report,
    matching_setting,
    oversight,
    reconciliation,
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
    path("stromen/", flows.flows_page, name="flows"),
    path("stromen/bestand/", flows.flows_export, name="flows_export"),
    path("stromen/aansluiting/", reconciliation.reconciliation_page, name="reconciliation"),
    path(
        "stromen/aansluiting/bestand/",
        reconciliation.reconciliation_export,
        name="reconciliation_export",
    ),
    path("stromen/afloop/", cliff.cliff_page, name="cliff"),
    path("stromen/afloop/bestand/", cliff.cliff_export, name="cliff_export"),
    path("stromen/terugval/", fall_back.fall_back_page, name="fall_back"),
    path("stromen/terugval/bestand/", fall_back.fall_back_export, name="fall_back_export"),
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
