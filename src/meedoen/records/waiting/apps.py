from django.apps import AppConfig


class WaitingConfig(AppConfig):
    name = "meedoen.records.waiting"
    label = "waiting"
