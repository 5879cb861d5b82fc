from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "meedoen.records.documents"
    label = "documents"
