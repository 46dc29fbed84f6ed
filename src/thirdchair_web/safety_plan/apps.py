from django.apps import AppConfig


class SafetyPlanConfig(AppConfig):
    name = "thirdchair_web.safety_plan"
    label = "safety_plan"
    default_auto_field = "django.db.models.BigAutoField"
