from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "meedoen.records.conversations"
    label = "conversations"
