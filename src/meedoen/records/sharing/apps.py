from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "meedoen.records.sharing"
    label = "sharing"
