from django.apps import AppConfig


class CarersConfig(AppConfig):
    name = "thirdchair_web.carers"
    label = "carers"
    default_auto_field = "django.db.models.BigAutoField"
