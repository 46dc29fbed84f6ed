from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "thirdchair_web.talk"
    label = "talk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """A withdrawal, and erasing, end an open conversation."""
        from thirdchair_web.encounters.content import WORK, Work
        from thirdchair_web.talk.actions import hold_conversation, stop_conversation

        WORK.append(Work(hold=hold_conversation, stop=stop_conversation))
