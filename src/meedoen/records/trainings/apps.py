from django.apps import AppConfig


class TrainingsConfig(AppConfig):
    name = "meedoen.records.trainings"
    label = "trainings"
