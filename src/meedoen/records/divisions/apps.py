from django.apps import AppConfig


class DivisionsConfig(AppConfig):
    name = "meedoen.records.divisions"
    label = "divisions"
