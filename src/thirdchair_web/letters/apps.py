from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "thirdchair_web.letters"
    label = "letters"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tells what is under way for a patient."""
        from thirdchair_web.encounters.content import WORK, Work
        from thirdchair_web.letters import drafting

        WORK.append(Work(hold=drafting.hold_drafts, stop=drafting.stop_drafts))
