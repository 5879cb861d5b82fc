from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "meedoen.records.search"
    label = "search"
