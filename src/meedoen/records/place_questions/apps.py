from django.apps import AppConfig


class PlaceQuestionsConfig(AppConfig):
    name = "meedoen.records.place_questions"
    label = "place_questions"
