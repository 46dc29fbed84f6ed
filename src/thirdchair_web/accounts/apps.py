"""The accounts app: connects sign-in signals when Django starts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registered as `accounts`."""

    name = "thirdchair_web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Connect the signals."""
        from thirdchair_web.accounts import signals  # noqa: F401
