from django.apps import AppConfig


class CrisisConfig(AppConfig):
    name = "thirdchair_web.crisis"
    label = "crisis"
    default_auto_field = "django.db.models.BigAutoField"
