from django.apps import AppConfig


class EncountersConfig(AppConfig):
    name = "thirdchair_web.encounters"
    label = "encounters"
    default_auto_field = "django.db.models.BigAutoField"
