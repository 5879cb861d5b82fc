from django.apps import AppConfig


class DirectoryImportsConfig(AppConfig):
    name = "meedoen.records.directory_imports"
    label = "directory_imports"
