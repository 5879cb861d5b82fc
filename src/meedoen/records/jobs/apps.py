from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "meedoen.records.jobs"
    label = "jobs"
