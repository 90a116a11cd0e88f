"""Django's settings, all derived from `environment.py`. What can be decided is decided here and cannot be set."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schakelbord.site.databases import databases_of
from schakelbord.site.environment import read_environment
from schakelbord.site.environment_checks import refuse_insecure
from schakelbord.site.mail import mail_settings_of

ENVIRONMENT = read_environment()
refuse_insecure(ENVIRONMENT)

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret
ALLOWED_HOSTS = list(ENVIRONMENT.hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.origins)
SCHAKELBORD_DEMO = ENVIRONMENT.is_demo
SCHAKELBORD_SECURITY_CONTACT = ENVIRONMENT.security_contact
SCHAKELBORD_HELP = ENVIRONMENT.help_lines
SCHAKELBORD_DEMO_ROLES = ENVIRONMENT.demo_roles

INSTALLED_APPS = [
    "schakelbord.site.apps.SiteConfig",
    "schakelbord.reports.apps.ReportsConfig",
    "schakelbord.chain.apps.ChainConfig",
    "schakelbord.tables.apps.TablesConfig",
    "schakelbord.meetings.apps.MeetingsConfig",
    "schakelbord.dossiers.apps.DossiersConfig",
    "schakelbord.bodies.apps.BodiesConfig",
    "schakelbord.showing.apps.ShowingConfig",
    "schakelbord.editor.apps.EditorConfig",
    "schakelbord.system_model.apps.SystemModelConfig",
    "schakelbord.stories.apps.StoriesConfig",
    "schakelbord.live.apps.LiveConfig",
    "schakelbord.accounts.apps.AccountsConfig",
    "schakelbord.core.apps.CoreConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "schakelbord.core.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "schakelbord.core.static_files.StaticFiles",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "schakelbord.core.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "schakelbord.core.middleware.KnownProblems",
    "schakelbord.core.middleware.NoNulls",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "schakelbord.site.urls"
ASGI_APPLICATION = "schakelbord.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "schakelbord.core.context.page",
                "schakelbord.accounts.context.actor",
            ],
        },
    },
]

DATABASES = databases_of(ENVIRONMENT)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Languages: sources are English, Dutch is what people get.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
FORMAT_MODULE_PATH = ["schakelbord.core.formats"]
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

MEDIA_ROOT = ENVIRONMENT.data / "bestanden"
STATIC_URL = "/static/"
STATIC_ROOT = None if ENVIRONMENT.is_demo else ENVIRONMENT.data / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENVIRONMENT.is_demo
        else "schakelbord.core.static_files.NamedByContent"
    },
}
WHITENOISE_USE_FINDERS = ENVIRONMENT.is_demo
WHITENOISE_AUTOREFRESH = ENVIRONMENT.debug
WHITENOISE_MAX_AGE = 0 if ENVIRONMENT.is_demo else 3600
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "schakelbord.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = not ENVIRONMENT.is_demo
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Schakelbord: "
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Schakelbord"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_ADAPTER = "schakelbord.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "schakelbord.accounts.forms.SecondFactorForm",
    "reauthenticate": "schakelbord.accounts.forms.ConfirmSecondFactorForm",
    "activate_totp": "schakelbord.accounts.forms.ActivateSecondFactorForm",
}
ACCOUNT_FORMS = {
    "login": "schakelbord.accounts.forms.LoginForm",
    "reset_password": "schakelbord.accounts.forms.AskNewPasswordForm",
    "reset_password_from_key": "schakelbord.accounts.forms.NewPasswordForm",
    "change_password": "schakelbord.accounts.forms.ChangePasswordForm",
    "reauthenticate": "schakelbord.accounts.forms.ConfirmPasswordForm",
}
globals().update(mail_settings_of(ENVIRONMENT))

# Security: the same everywhere, stricter where HTTPS is certain.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENVIRONMENT.secure_cookies
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME, LANGUAGE_COOKIE_NAME = (
    ("schakelbord_session", "schakelbord_csrf", "schakelbord_language")
    if ENVIRONMENT.is_demo
    else ("__Host-session", "__Host-csrf", "__Host-language")
)
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
CSRF_FAILURE_VIEW = "schakelbord.core.errors.csrf_failure"
SECURE_SSL_REDIRECT = not ENVIRONMENT.is_demo
SECURE_HSTS_SECONDS = 0 if ENVIRONMENT.is_demo else 2 * 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not ENVIRONMENT.is_demo
# Being on the preload list of browsers is for the owner of the domain to ask.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.behind_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["terminal"], "level": "WARNING", "propagate": False},
        # A wrong address is no news for who runs the server.
        "django.request": {"level": "ERROR"},
    },
}
