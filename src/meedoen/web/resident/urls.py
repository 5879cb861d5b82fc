from django.urls import path

from meedoen.web.resident import found_views, plan_views, views

app_name = "resident"
urlpatterns = [
    path("", views.path, name="path"),
    path("gevonden-plek/", found_views.found_new, name="found_new"),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/akkoord/", plan_views.agree, name="plan_agree"),
    path("plan/actie/<int:action_id>/", plan_views.action, name="plan_action"),
    path("plan/afdrukken/", plan_views.plan_print, name="plan_print"),
    path("plan/plan-van-aanpak.pdf", plan_views.plan_pdf, name="plan_pdf"),
]
