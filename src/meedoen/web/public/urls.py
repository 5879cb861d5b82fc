from django.urls import path

from meedoen.web.public import (
    algorithm_views,
    data_views,
    page_text,
    paper_views,
    places_views,
    sign_up_view,
    views,
)

app_name = "public"
urlpatterns = [
    path("begroting/", views.pages, name="pages"),
    path("begroting/pagina/<int:publication_id>/", views.page, name="page"),
    path(
        "begroting/pagina/<int:publication_id>/gegevens.csv-metadata.json",
        data_views.page_description,
        name="page_description",
    ),
    path(
        "begroting/pagina/<int:publication_id>/gegevens.json",
        data_views.page_cube,
        name="page_json",
    ),
    path(
        "begroting/pagina/<int:publication_id>/gegevens.csv",
        data_views.page_table,
        {"way": "csv"},
        name="page_csv",
    ),
    path(
        "begroting/pagina/<int:publication_id>/gegevens.xlsx",
        data_views.page_table,
        {"way": "xlsx"},
        name="page_xlsx",
    ),
    path(
        "begroting/pagina/<int:publication_id>/tabel.csv",
        data_views.page_own_table,
        {"way": "csv"},
        name="page_table_csv",
    ),
    path(
        "begroting/pagina/<int:publication_id>/tabel.xlsx",
        data_views.page_own_table,
        {"way": "xlsx"},
        name="page_table_xlsx",
    ),
    path("begroting/pagina/<int:publication_id>/afdrukken/", paper_views.paper, name="page_paper"),
    path("begroting/pagina/<int:publication_id>/pagina.pdf", paper_views.pdf, name="page_pdf"),
    path(
        "begroting/pagina/<int:publication_id>/pagina.txt",
        page_text.page_as_text,
        name="page_text",
    ),
    path("begroting/catalogus.jsonld", data_views.data_catalogue, name="catalogue"),
    path("begroting/cel/<int:cell_id>/", views.cell, name="cell"),
    path("algoritme/", algorithm_views.algorithms, name="algorithms"),
    path("algoritme/algoritmeregister.json", algorithm_views.entries, name="algorithm_entries"),
    path("algoritme/<str:code>/", algorithm_views.algorithm, name="algorithm"),
    path(
        "algoritme/<str:code>/algoritmeregister.json",
        algorithm_views.entry,
        name="algorithm_entry",
    ),
    path("meedoen-in-de-buurt/", places_views.municipalities, name="municipalities"),
    path("meedoen-in-de-buurt/plek/<uuid:key>/", places_views.place, name="place"),
    path(
        "meedoen-in-de-buurt/plek/<uuid:key>/agenda.ics",
        places_views.place_calendar,
        name="place_calendar",
    ),
    path("meedoen-in-de-buurt/plek/<uuid:key>/aanmelden/", sign_up_view.sign_up, name="sign_up"),
    path("meedoen-in-de-buurt/<str:code>/", places_views.places, name="places"),
]
