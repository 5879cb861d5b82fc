from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "meedoen.records.knowledge"
    label = "knowledge"
