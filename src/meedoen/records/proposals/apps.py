from django.apps import AppConfig


class ProposalsConfig(AppConfig):
    name = "meedoen.records.proposals"
    label = "proposals"
