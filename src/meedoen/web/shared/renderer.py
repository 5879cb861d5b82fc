"""How forms become HTML: the markup of the NL Design System, in one place."""

from django.forms.renderers import TemplatesSetting


class DutchFormRenderer(TemplatesSetting):
    """Renders plain `forms.Form` with the templates under `forms/` and `django/forms/widgets/`.

    `{{ form }}` gives the fields, `{{ form.name.as_field_group }}` one field with its label,
    help and error. Neither gives the summary of all errors: a page includes
    `forms/errors.html` at the top of its form. Fields that may stay empty say so, unless the
    form has `marks_optional = False` (a line of filters).
    """

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
