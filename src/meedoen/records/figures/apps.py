from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "meedoen.records.figures"
    label = "figures"
