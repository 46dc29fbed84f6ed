"""The Django app of the project itself: its commands and shared templates."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Registered so that management commands of the project are found."""

    name = "thirdchair_web.project"
    label = "project"
