from django.urls import path

from meedoen.web.public import views

app_name = "public"
urlpatterns = [
    path("", views.pages, name="pages"),
    path("pagina/<int:publication_id>/", views.page, name="page"),
    path("cel/<int:cell_id>/", views.cell, name="cell"),
]
