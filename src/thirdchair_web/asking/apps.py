from django.apps import AppConfig


class AskingConfig(AppConfig):
    name = "thirdchair_web.asking"
    label = "asking"
    default_auto_field = "django.db.models.BigAutoField"
