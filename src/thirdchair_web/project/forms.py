"""How every form is drawn: an error summary, then each field with its label, hint and error."""

from django.forms.renderers import TemplatesSetting


class ClinicForms(TemplatesSetting):
    """Draws `{{ form }}` and `{{ field.as_field_group }}` with this project's templates."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
