from django.apps import AppConfig


class ReviewConfig(AppConfig):
    name = "thirdchair_web.review"
    label = "review"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Names this app's work in flight, which a withdrawal or an erasure ends."""
        from thirdchair_web.encounters.content import WORK, Work
        from thirdchair_web.review import erasure

        WORK.append(Work(hold=erasure.hold_work, stop=erasure.stop_work))
