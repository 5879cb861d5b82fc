from django.apps import AppConfig


class CaseloadsConfig(AppConfig):
    name = "meedoen.records.caseloads"
    label = "caseloads"
