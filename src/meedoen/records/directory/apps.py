from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "meedoen.records.directory"
    label = "directory"
