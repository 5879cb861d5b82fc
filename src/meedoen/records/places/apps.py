from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "meedoen.records.places"
    label = "places"
