from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "thirdchair_web.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"
