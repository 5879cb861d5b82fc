from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "meedoen.web.shared"
    label = "shared"
