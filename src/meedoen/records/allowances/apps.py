from django.apps import AppConfig


class AllowancesConfig(AppConfig):
    name = "meedoen.records.allowances"
    label = "allowances"
