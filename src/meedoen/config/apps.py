from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "meedoen.config"
    label = "config"
