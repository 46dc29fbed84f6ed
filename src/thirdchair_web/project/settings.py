"""Django's settings, derived from `thirdchair.settings`. Nothing is read from the environment here."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from thirdchair.settings import SettingsInvalid, read_settings
from thirdchair_web.project.database import database_settings

try:
    THIRDCHAIR = read_settings()
except SettingsInvalid as invalid:
    raise ImproperlyConfigured(str(invalid)) from None

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = THIRDCHAIR.prepared_data_dir()
KEYS_DIR = DATA_DIR / "keys"
KEYS_DIR.mkdir(mode=0o700, exist_ok=True)

SECRET_KEY = THIRDCHAIR.session_key()
SECRET_KEY_FALLBACKS = THIRDCHAIR.former_session_keys()
DEBUG = THIRDCHAIR.debug
ALLOWED_HOSTS = list(THIRDCHAIR.hosts)
ROOT_URLCONF = "thirdchair_web.project.urls"
ASGI_APPLICATION = "thirdchair_web.project.asgi.application"
WSGI_APPLICATION = "thirdchair_web.project.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "thirdchair_web.project",
    "thirdchair_web.accounts",
    "thirdchair_web.trail",
    "thirdchair_web.governance",
    "thirdchair_web.consent",
    "thirdchair_web.encounters",
    "thirdchair_web.team",
    "thirdchair_web.notifying",
    "thirdchair_web.crisis",
    "thirdchair_web.safety_plan",
    "thirdchair_web.questionnaires",
    "thirdchair_web.review",
    "thirdchair_web.letters",
    "thirdchair_web.talk",
    "thirdchair_web.asking",
    "thirdchair_web.harm",
    "thirdchair_web.carers",
    "thirdchair_web.patient",
]

MIDDLEWARE = [
    "thirdchair_web.project.middleware.reference_for_each_request",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "thirdchair_web.project.middleware.browser_restrictions",
    "thirdchair_web.project.middleware.StaticFiles",
    "thirdchair_web.project.middleware.no_store",
    "thirdchair_web.accounts.middleware.card_without_database",
    "thirdchair_web.project.middleware.help_without_a_session",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "thirdchair_web.project.middleware.upload_limit",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "thirdchair_web.project.turned_away.HearsWhoIsTurnedAway",
    "thirdchair_web.accounts.middleware.SessionLimits",
    "thirdchair_web.accounts.middleware.PreferredLanguage",
    "thirdchair_web.accounts.middleware.SecondFactorForStaff",
    "thirdchair_web.safety_plan.kept.ForgetsOnLeaving",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thirdchair_web.project.page.every_page",
            ],
        },
    },
]

FORM_RENDERER = "thirdchair_web.project.forms.ClinicForms"

# --- storage -----------------------------------------------------------------------------------------------

DATABASES = {"default": database_settings(THIRDCHAIR.database_url.get_secret_value(), data_dir=DATA_DIR)}
ATOMIC_REQUESTS = False  # an action owns its transaction, with the trail entry inside it
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits and spent one-time codes must be seen by every worker, so the cache is in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- sign-in -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "account_login"

ACCOUNT_ADAPTER = "thirdchair_web.accounts.adapters.ClosedAccounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/300s/key",
    "reauthenticate": "10/m/user",
    "change_password": "5/m/user",
    "upload_session": "20/m/user",
    "ask_comment": "20/m/user",
}
MFA_ADAPTER = "thirdchair_web.accounts.adapters.EncryptedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = THIRDCHAIR.clinic_name
MFA_FORMS = {
    "authenticate": "thirdchair_web.accounts.forms.SecondStep",
    "reauthenticate": "thirdchair_web.accounts.forms.SecondStepAgain",
}
MFA_TOTP_TOLERANCE = 1  # one step of 30 s either way, for clocks that drift

SESSION_COOKIE_AGE = int(THIRDCHAIR.session_hours * 3600)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_S = int(THIRDCHAIR.idle_minutes * 60)
SESSION_COOKIE_NAME = "thirdchair_session"
CSRF_COOKIE_NAME = "thirdchair_csrf"
LANGUAGE_COOKIE_NAME = "thirdchair_language"
PLAN_KEPT_COOKIE_NAME = "thirdchair_plan_kept"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not THIRDCHAIR.loopback_only
CSRF_FAILURE_VIEW = "thirdchair_web.project.views.form_expired"
CSRF_TRUSTED_ORIGINS = [] if THIRDCHAIR.loopback_only else [f"https://{host}" for host in THIRDCHAIR.hosts]

# --- what a browser may do ---------------------------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if THIRDCHAIR.loopback_only else 31_536_000
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # data: for the QR code of the second factor
        "connect-src": [SELF],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

# --- uploads: kept in memory, so no readable copy of a session is left in a temporary folder ----------------

MAX_UPLOAD_BYTES = THIRDCHAIR.max_upload_bytes
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES + 1
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- languages and time ------------------------------------------------------------------------------------

LANGUAGE_CODE = THIRDCHAIR.language
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = THIRDCHAIR.time_zone

# --- e-mail to staff ----------------------------------------------------------------------------------------

EMAIL_HOST = THIRDCHAIR.email_host
EMAIL_PORT = THIRDCHAIR.email_port
EMAIL_HOST_USER = THIRDCHAIR.email_user
EMAIL_HOST_PASSWORD = THIRDCHAIR.email_password.get_secret_value()
EMAIL_USE_TLS = THIRDCHAIR.email_security == "starttls"
EMAIL_USE_SSL = THIRDCHAIR.email_security == "tls"
EMAIL_TIMEOUT = 8
DEFAULT_FROM_EMAIL = THIRDCHAIR.email_from or "nobody@localhost"

# --- static files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- logs --------------------------------------------------------------------------------------------------

DEFAULT_EXCEPTION_REPORTER = "thirdchair_web.project.logs.NoValuesReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"no_patient_text": {"()": "thirdchair_web.project.logs.NoPatientText"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "no_patient_text"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # At DEBUG this one prints every query with its parameters, which are patients' words.
        "django.db.backends": {"level": "INFO"},
        "httpx": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "django_tasks_db": {"level": "WARNING"},  # it tells of every empty look into the queue
    },
}
