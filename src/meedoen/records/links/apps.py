from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "meedoen.records.links"
    label = "links"
