"""The settings, read from the environment; importing them starts nothing.

Without ``DEBUG=1`` everything is as in production.
"""

from datetime import timedelta

from django.utils.csp import CSP

from jobzone import environment, logs
from jobzone.places import BASE_DIR, VAR_DIR
from roles.documents.fields import MAX_ROWS

DEBUG = environment.flag("DEBUG", default=False)

# Signs sessions and form tokens.
SECRET_KEY = environment.secret_key()

# The names under which the site is reached, comma-separated; on one's own machine, none is set.
# Health checks are answered under any name.
ALLOWED_HOSTS = environment.allowed_hosts()
# The address that pages give as their own; without it, that under which they were asked for.
SITE_URL = environment.site()
if SITE_URL:
    ALLOWED_HOSTS.append(SITE_URL.partition("://")[2].partition(":")[0])
# Where the editors' screens are.
ADMIN_PATH = environment.admin_path()
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
# A working day; what was typed and not saved is kept beyond it.
SESSION_COOKIE_AGE = 12 * 60 * 60
# A form whose token is no longer good comes back with its text.
CSRF_FAILURE_VIEW = "roles.editing.not_taken.csrf_failure"
# Origins that may post forms when a proxy ends TLS, such as https://jobzone.example.
CSRF_TRUSTED_ORIGINS = environment.origins("CSRF_TRUSTED_ORIGINS")

# HTTPS=0 serves over plain HTTP, as on one's own machine; cookies then lose their Secure mark.
HTTPS = environment.flag("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Whether subdomains follow, and browsers preload the rule, is for the domain's owner to decide.
# Without a mail server nobody is written to, which is no mistake.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "mail.W001"]
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "form-action": [CSP.SELF],
}
# Where browsers report what the policy has kept from them, if anywhere.
CSP_REPORT_URL = environment.url("CSP_REPORT_URL")
if CSP_REPORT_URL:
    SECURE_CSP |= {"report-uri": [CSP_REPORT_URL], "report-to": ["csp"]}

# DATABASE_URL names any Postgres from 15 on. Each thread keeps its connection, and renews one
# that a restart of Postgres has broken.
DATABASES = environment.databases()
# What takes too long, or waits too long for somebody else's lock, is given up by the database.
STATEMENT_SECONDS = environment.number("STATEMENT_SECONDS", 30, 0, 86_400)
LOCK_SECONDS = 10
# Whether a PgBouncer that pools by transaction is in between; limits are then those of the role.
DATABASE_POOLED = environment.flag("DATABASE_POOLED", default=False)
for _database in DATABASES.values():
    _database |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    _database["DISABLE_SERVER_SIDE_CURSORS"] = DATABASE_POOLED
    _options = _database.setdefault("OPTIONS", {})
    _options.setdefault("connect_timeout", 3)
    # A machine that is gone without a word is noticed by the network (libpq; not on Unix sockets).
    _options.setdefault("tcp_user_timeout", 15_000)
    for _name, _value in (("idle", 10), ("interval", 5), ("count", 2)):
        _options.setdefault(f"keepalives_{_name}", _value)
    _limits = f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={LOCK_SECONDS}s"
    if not DATABASE_POOLED:
        _options["options"] = f"{_limits} {_options.get('options', '')}".strip()
# Public pages are read from a replica where there is one, all else from where it was written.
READ_DATABASE = "replica" if "replica" in DATABASES else "default"
DATABASE_ROUTERS = ["jobzone.replica.Router"] if READ_DATABASE == "replica" else []
# Who owns tables and triggers and brings them up to date, where that is not the role that serves.
OWNER_DATABASE = "owner" if "owner" in DATABASES else "default"
# Whether that is the embedded Postgres of this clone, where a known password does no harm.
IS_OWN_DATABASE = environment.is_embedded(DATABASES)

# What each worker may keep of public pages, compressed: 64 MB are some 4,000 role pages.
PAGE_CACHE_BYTES = environment.number("PAGE_CACHE_MB", 64, 1, 65_536) * 1_000_000
# For how many seconds a CDN need not ask again; only for one that is purged after a publication.
CDN_MAX_AGE = environment.number("CDN_MAX_AGE", 0, 0, 31_536_000)

INSTALLED_APPS = [
    "roles",
    "jobzone.editors.EditorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "axes",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "pghistory",
    "pgtrigger",
]

MIDDLEWARE = [
    "jobzone.middleware.HasNumber",
    "jobzone.middleware.AnswersHealth",
    "jobzone.middleware.SaysPolicies",
    "jobzone.middleware.AnswersPrograms",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "jobzone.middleware.IsKnownByOneName",
    "jobzone.middleware.CompressUnkept",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    # After what needs no database, such as static files and the headers of every answer.
    "jobzone.middleware.RefusesAtOnce",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    # Who is behind a change, for its history.
    "pghistory.middleware.HistoryMiddleware",
    # Last: it makes the answer to whoever is locked out.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "jobzone.urls"
WSGI_APPLICATION = "jobzone.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # The admin needs these. They read no session until a template asks them to, and
            # those of the public pages do not: that would set a cookie.
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Where readers suggest a role or report an error; without it, the repository's issues.
CONTACT = environment.contact()

# The mail server by which editors are told of what waits for them; without it, nobody is.
MAILERS = environment.mailers()
DEFAULT_FROM_EMAIL = environment.sender()
# The clock of the editors, named beside UTC where something is planned.
EDITORS_TIME_ZONE = environment.time_zone("EDITORS_TIME_ZONE", "Europe/London")

# Whether the author of an assessment needs another person to publish it, where there is one.
SECOND_PERSON_PUBLISHES = environment.flag("SECOND_PERSON_PUBLISHES", default=True)

# Sign-ins are kept, and failures logged. After ten failures from one address it is locked out for
# a quarter of an hour, before any password is checked: to check one costs half a second.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_CALLABLE = "jobzone.refusals.locked_out"
AXES_CLIENT_IP_CALLABLE = "jobzone.refusals.address_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# Logs name the address; a password is sometimes typed where the name belongs.
AXES_SENSITIVE_PARAMETERS = ["username"]
# How many proxies in front of the site name the address that asks (X-Forwarded-For).
PROXY_COUNT = environment.number("PROXY_COUNT", 0, 0, 10)

# Whether editors need a code of an app as well, which `manage.py add_second_factor` sets up.
SECOND_FACTOR = environment.flag("SECOND_FACTOR", default=False)
OTP_TOTP_ISSUER = "JobZone"
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# What an import of documents takes (``roles.editing.importing``), and one file more so that it
# can say so; each line of 20 MiB, sent back for saving, can end in two characters instead of one.
DATA_UPLOAD_MAX_NUMBER_FILES = 201
DATA_UPLOAD_MAX_MEMORY_SIZE = 41 * 1024 * 1024
# What the largest form has: four tables to which one can add, of at most ten fields a row, and less
# than ten such rows of what is fixed (tests/editing/test_nothing_lost.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = (4 * MAX_ROWS + 10) * 10

LANGUAGE_CODE = "en-gb"
# One clock for editors: 24 hours, its zone named.
FORMAT_MODULE_PATH = "jobzone.formats"
TIME_ZONE = "UTC"
# One language only; looking for translations would cost every page.
USE_I18N = False
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Files that browsers ask for at the root, whatever a page says: favicon.ico, apple-touch-icon.png.
WHITENOISE_ROOT = BASE_DIR / "static" / "root"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Reading changes nothing, so nobody has to be named for it.
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

# LOG_FORMAT: json, or text for people.
LOGGING = logs.configuration(as_json=environment.logs_json())
# Faults go to a service of Sentry's kind, figures of operation to a port of their own, if set.
SENTRY_DSN = environment.url("SENTRY_DSN")
METRICS_PORT = environment.metrics_port()
