from django.urls import path

from meedoen.web.partner import views

app_name = "partner"
urlpatterns = [
    path("", views.waiting, name="waiting"),
    path("plaatsing/<uuid:key>/start/", views.start, name="start"),
]
