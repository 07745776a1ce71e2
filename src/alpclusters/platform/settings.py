"""Django's settings, derived from `configuration`; docs/operator/settings.md explains them."""

import os
import sys
from pathlib import Path
from typing import Any

# Two threads of a numeric library on a small machine are slower than one; set before NumPy loads.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from django.utils.csp import CSP

from alpclusters.platform.configuration import load_configuration
from alpclusters.platform.cookies import sent_name
from alpclusters.platform.languages.catalogues import LOCALE_DIR, ensure_compiled
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE
from alpclusters.platform.languages.codes import LANGUAGES as OUR_LANGUAGES
from alpclusters.platform.secret import load_secret_key

CONFIGURATION = load_configuration()
PACKAGE_DIR = Path(__file__).resolve().parents[1]
HOME = CONFIGURATION.home
ensure_compiled()

DEBUG = CONFIGURATION.debug
SECRET_KEY = load_secret_key(HOME)
ALLOWED_HOSTS = list(CONFIGURATION.allowed_hosts)
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.address]
INTERNAL_IPS = ["127.0.0.1"]
COMPONENTS_PAGE = CONFIGURATION.components or DEBUG

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "simple_history",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "alpclusters.platform.operation",
    "alpclusters.platform.accounts",
    "alpclusters.platform.territory",
    "alpclusters.platform.actors",
    "alpclusters.platform.partnership",
    "alpclusters.platform.measures",
    "alpclusters.platform.evidence",
    "alpclusters.platform.network",
    "alpclusters.platform.cafe",
    "alpclusters.platform.evaluation",
    "alpclusters.platform.policy",
    "alpclusters.platform.funding",
    "alpclusters.platform.trail",
    "alpclusters.platform.trust",
    "alpclusters.www",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "alpclusters.www.headers.HeadersMiddleware",
    "alpclusters.www.static_files.StaticFilesMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "alpclusters.www.refused.ReadableMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "alpclusters.www.refused.BusyMiddleware",
    "alpclusters.www.refused.MixedWorldsMiddleware",
    "alpclusters.www.account.devices.LastSeenMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "alpclusters.www.account.second_step.SecondStepMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
]

# A string is no import: the addresses lie in the layer above.
ROOT_URLCONF = "alpclusters.www.urls"
ASGI_APPLICATION = "alpclusters.platform.asgi.application"
FORM_RENDERER = "alpclusters.www.forms.Renderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE_DIR / "www" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alpclusters.www.context.site",
            ],
        },
    },
]

_database = CONFIGURATION.database
if _database.is_sqlite:
    Path(_database.name).parent.mkdir(parents=True, exist_ok=True)
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            "ENGINE": _database.engine,
            "NAME": _database.name,
            # As long as its thread (platform/threads.py): opening one reads the whole schema.
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # A transaction that reads and then writes fails at once when another wrote in
                # between; an immediate one waits for its turn.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: an acknowledged rating survives a power cut, not only a crash.
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
                    "PRAGMA busy_timeout=20000; PRAGMA foreign_keys=ON; "
                    # What is deleted is overwritten: whether or not SQLite was built so.
                    "PRAGMA secure_delete=ON"
                ),
            },
            "TEST": {"NAME": os.environ.get("ALPCLUSTERS_TEST_DATABASE") or None},
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": _database.engine,
            "NAME": _database.name,
            "USER": _database.user,
            "PASSWORD": _database.password,
            "HOST": _database.host,
            "PORT": _database.port,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 4}, **dict(_database.options)},
        }
    }
ATOMIC_REQUESTS = False
# An address in a source that names no protocol is linked by HTTPS.
URLIZE_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Counters of wrong tries live here: a few hundred names must not push them out.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
# The queue is a table: work appears with the data it is about, or not at all.
TASKS = {"default": {"BACKEND": "alpclusters.platform.operation.queue.Queue", "QUEUES": []}}
SESSION_ENGINE = "alpclusters.platform.accounts.sessions"
MESSAGE_STORAGE = "alpclusters.www.messages.MessageStorage"

LANGUAGE_CODE = DEFAULT_LANGUAGE
LANGUAGES = list(OUR_LANGUAGES)
LOCALE_PATHS = [LOCALE_DIR]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Vienna"
USE_THOUSAND_SEPARATOR = False
LANGUAGE_COOKIE_NAME = sent_name("language")
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = CONFIGURATION.is_secure

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
_static = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
    if CONFIGURATION.static_from_package
    else "alpclusters.www.static_storage.StaticStorage"
)
WHITENOISE_USE_FINDERS = CONFIGURATION.static_from_package
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _static},
}
MEDIA_ROOT = HOME / "uploads"
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "alpclusters.platform.accounts.hashing.PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "alpclusters.platform.accounts.passwords.ListedPasswordValidator"},
    {"NAME": "alpclusters.platform.accounts.passwords.GuessablePasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:dashboard"
LOGOUT_REDIRECT_URL = "public:home"
ACCOUNT_ADAPTER = "alpclusters.platform.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# Wrong passwords: platform/accounts/throttle.py. A hall or an agency shares one address: what is
# counted by address is far above what so many honest people do.
ACCOUNT_RATE_LIMITS = {
    "login_failed": False,
    "request_login_code": "5/10m/key,100/10m/ip",
    "reset_password": "5/10m/key,100/10m/ip",
    "login": False,
    "signup": "100/m/ip",
}

MFA_ADAPTER = "alpclusters.platform.accounts.second_step_adapter.SecondStepAdapter"
# Recovery codes are our own, kept as hashes: accounts/domain/second_step.py.
MFA_SUPPORTED_TYPES = ["totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "AlpClusters"
# The clock of a phone may be half a minute off.
MFA_TOTP_TOLERANCE = 1
# Accounts are made by invitation, and the first administrator may have no mail server yet.
MFA_ALLOW_UNVERIFIED_EMAIL = True
_forms = "alpclusters.www.account.second_step"
MFA_FORMS = {
    "authenticate": f"{_forms}.CodeForm",
    "reauthenticate": f"{_forms}.CodeAgainForm",
    "add_webauthn": f"{_forms}.PasskeyForm",
    "login_webauthn": f"{_forms}.SignInForm",
    "authenticate_webauthn": f"{_forms}.StepForm",
    "reauthenticate_webauthn": f"{_forms}.AgainForm",
}
MFA_RATE_LIMITS = {"webauthn_login": "100/m/ip"}

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CONFIGURATION.is_secure
SESSION_COOKIE_NAME = sent_name("session")
DEVICE_COOKIE_NAME = sent_name("device")
CSRF_COOKIE_SECURE = CONFIGURATION.is_secure
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = sent_name("csrf")
SECURE_HSTS_SECONDS = 31_536_000 if CONFIGURATION.is_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = CONFIGURATION.is_secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.is_secure else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}

_mail = CONFIGURATION.mail
MAILERS = (
    {
        "default": {"BACKEND": "alpclusters.platform.operation.mail.QueueBackend"},
        "server": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": _mail.host,
                "port": _mail.port,
                "username": _mail.user,
                "password": _mail.password,
                "use_tls": _mail.use_tls,
                "use_ssl": _mail.use_ssl,
                "timeout": 20,
            },
        },
    }
    if _mail.host
    else {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
)
# Without a name of its own the sender is called by the product's.
DEFAULT_FROM_EMAIL = (
    CONFIGURATION.mail_from
    if "<" in CONFIGURATION.mail_from
    else f"AlpClusters <{CONFIGURATION.mail_from}>"
)
SERVER_EMAIL = CONFIGURATION.mail_from

SILENCED_SYSTEM_CHECKS: list[str] = []
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "alpclusters.platform.log_lines.JsonFormatter"},
        "person": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            # On a terminal a person reads, elsewhere a program.
            "formatter": "person" if sys.stderr.isatty() else "line",
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own level is INFO: each task that begins or ends would be told on the terminal.
    "loggers": {"django": {"level": "WARNING"}},
}
