from django.apps import AppConfig


class LadderConfig(AppConfig):
    name = "meedoen.records.ladder"
    label = "ladder"
