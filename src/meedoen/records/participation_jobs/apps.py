from django.apps import AppConfig


class ParticipationJobsConfig(AppConfig):
    name = "meedoen.records.participation_jobs"
    label = "participation_jobs"
