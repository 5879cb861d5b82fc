from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "meedoen.records.following"
    label = "following"
