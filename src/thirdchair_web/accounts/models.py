"""The people who sign in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in the service. One account has one role, so a log entry says in which it was done."""

    PATIENT = "patient", _("Patient")
    CARER = "carer", _("Family member or carer")
    NURSE = "nurse", _("Mental-health nurse")
    PSYCHIATRIST = "psychiatrist", _("Psychiatrist")
    SERVICE_LEAD = "service_lead", _("Service lead")
    SAFETY_OFFICER = "safety_officer", _("Clinical safety officer")
    ON_CALL = "on_call", _("On-call person")
    EVALUATOR = "evaluator", _("Evaluator")


class Accounts(BaseUserManager["User"]):
    """Makes accounts. There is no sign-up: a person in the service makes them."""

    def create_user(self, username: str, *, password: str | None = None, **fields: Any) -> User:
        """A saved account; without a password nobody can sign in to it."""
        user = self.model(username=self.model.normalize_username(username).lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in, with their role and, for clinicians, their licence."""

    username = models.CharField(
        _("user name"),
        max_length=80,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9._-]*\Z", _("Use a-z, 0-9, dot, dash and underscore."))],
    )
    display_name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    licence_type = models.CharField(_("licence"), max_length=80, blank=True)
    licence_number = models.CharField(_("licence number"), max_length=80, blank=True)
    licence_expires = models.DateField(_("licence valid until"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["display_name", "role"]

    objects = Accounts()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="account_role_is_known")
        ]

    def __str__(self) -> str:
        return self.display_name

    def get_full_name(self) -> str:
        """The name as printed."""
        return self.display_name

    @property
    def identifier(self) -> str:
        """How the trail names this person: staff by user name, patients and carers by number, since theirs may be a name."""
        return f"account:{self.username if self.is_staff_member else self.pk}"

    @property
    def is_patient(self) -> bool:
        """Whether this account belongs to a patient."""
        return self.role == Role.PATIENT

    @property
    def is_staff_member(self) -> bool:
        """Whether this person works here."""
        return self.role not in (Role.PATIENT, Role.CARER)

    @property
    def needs_second_factor(self) -> bool:
        """Staff see other people's records, so a password alone is not enough."""
        return self.is_staff_member

    def licence_valid_on(self, day: Any) -> bool:
        """Whether a licence is on file and has not run out by this day."""
        return bool(self.licence_number) and (self.licence_expires is None or self.licence_expires >= day)


class ApiKey(models.Model):
    """A key with which a program asks in the name of an account. The secret is shown once and not kept.

    Of the secret the SHA-256 is kept: it is 256 random bits, so there is nothing to guess, and a slow hash, which
    protects passwords that people think of, would only slow every request.
    """

    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_keys")
    uses = models.JSONField()
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ["created_at", "prefix"]

    def __str__(self) -> str:
        return self.prefix
