from django.apps import AppConfig
from django.core.checks import register

from meedoen.web.shared.pdf import pdf_can_be_made


class SharedConfig(AppConfig):
    name = "meedoen.web.shared"
    label = "shared"

    def ready(self) -> None:
        """Let `meedoen check` say what this machine cannot do."""
        register(pdf_can_be_made)
