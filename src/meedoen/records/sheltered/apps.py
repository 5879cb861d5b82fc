from django.apps import AppConfig


class ShelteredConfig(AppConfig):
    name = "meedoen.records.sheltered"
    label = "sheltered"
