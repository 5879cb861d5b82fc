from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "meedoen.records.plans"
    label = "plans"
