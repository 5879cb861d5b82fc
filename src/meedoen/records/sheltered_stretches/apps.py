from django.apps import AppConfig


class ShelteredStretchesConfig(AppConfig):
    name = "meedoen.records.sheltered_stretches"
    label = "sheltered_stretches"
