from django.apps import AppConfig


class HarmConfig(AppConfig):
    name = "thirdchair_web.harm"
    label = "harm"
    default_auto_field = "django.db.models.BigAutoField"
