from django.apps import AppConfig


class NotifyingConfig(AppConfig):
    name = "thirdchair_web.notifying"
    label = "notifying"
    default_auto_field = "django.db.models.BigAutoField"
