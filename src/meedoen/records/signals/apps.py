from django.apps import AppConfig


class SignalsConfig(AppConfig):
    name = "meedoen.records.signals"
    label = "signals"
