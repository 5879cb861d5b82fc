from django.urls import path

from meedoen.web.resident import views

app_name = "resident"
urlpatterns = [path("", views.path, name="path")]
