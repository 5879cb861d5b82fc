from django.apps import AppConfig


class OwnIndicatorsConfig(AppConfig):
    name = "meedoen.records.own_indicators"
    label = "own_indicators"
