"""Fields that the forms of coaches share."""

from django import forms
from django.http import QueryDict


def send_along(form: forms.Form, name: str, value: str) -> None:
    """Put another value in a hidden field of a form that was sent and is shown again."""
    data = QueryDict(mutable=True)
    data.update(form.data)
    data[name] = value
    form.data = data
