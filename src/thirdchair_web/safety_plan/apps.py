from django.apps import AppConfig


class SafetyPlanConfig(AppConfig):
    name = "thirdchair_web.safety_plan"
    label = "safety_plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Whoever answers an alert sees the plan beside the words."""
        from thirdchair_web.crisis.on_file import OFFERS
        from thirdchair_web.safety_plan.on_alert import plan_on_file

        OFFERS.append(plan_on_file)
