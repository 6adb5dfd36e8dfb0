"""What hub and desk set alike: languages, templates, databases on disk, limits, silence in the logs.

The three settings modules take all of this with a star; whatever differs stands in them.
"""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from banyan.language.pack import load_pack

HOUSE = Path(__file__).resolve().parent

# Never on, not even for developing: Django's debug page prints what a person has typed.
DEBUG = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("my", "မြန်မာ")]
LOCALE_PATHS = [HOUSE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = load_pack().zone
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False  # it would redirect a post and lose what was typed
PREPEND_WWW = False
ADMINS: list[tuple[str, str]] = []
MANAGERS: list[tuple[str, str]] = []
SILENCED_SYSTEM_CHECKS: list[str] = []

HUB_MIDDLEWARE = [
    "banyan.house.middleware.door_headers",
    "banyan.house.middleware.door_even",
    "banyan.house.middleware.known_host",
    "banyan.house.middleware.door_language",
    "banyan.house.middleware.body_limit",
    "banyan.house.middleware.own_posts_only",
    "banyan.house.standing.with_place",
]
DESK_MIDDLEWARE = [
    "banyan.house.middleware.desk_headers",
    "banyan.house.middleware.desk_address",
    "django.middleware.locale.LocaleMiddleware",
    "banyan.house.middleware.body_limit",
    "django.middleware.csrf.CsrfViewMiddleware",
    "banyan.house.standing.with_place",
]

DESK_HOSTS = ["desk.localhost", "127.0.0.1", "localhost"]

# A body above these is answered 413 before a byte of it is read. The longest matching path counts.
KIB = 1024
LARGEST_FORM = 21 * 1024 * KIB  # a file of 20 MiB and what stands around it
FILES_AT = tuple(f"/{code}/file/" for code in ("en", *sorted(one.name for one in LOCALE_PATHS[0].iterdir())))
BODY_LIMITS = {"/": 256 * KIB, "/sync/": 8192 * KIB, **dict.fromkeys(FILES_AT, LARGEST_FORM)}
# Bodies stay in memory: the default handlers write larger ones to a temp folder, in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = LARGEST_FORM
DATA_UPLOAD_MAX_MEMORY_SIZE = 8192 * KIB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 4

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"bare": {"()": "banyan.house.logs.BareFormatter"}},
    "handlers": {
        "bare": {"class": "logging.StreamHandler", "formatter": "bare"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["bare"], "level": "WARNING"},
    "loggers": {
        "banyan": {"handlers": ["bare"], "level": "INFO", "propagate": False},
        "django": {"handlers": ["bare"], "level": "ERROR", "propagate": False},
        # Django hangs handlers of its own on these: a mail to admins and an access log.
        "django.server": {"handlers": ["nowhere"], "propagate": False},
        "django.db.backends": {"handlers": ["nowhere"], "propagate": False},
    },
}


def templates(*context: str) -> list[dict[str, Any]]:
    """The one template engine, its parts already loaded, with these context processors besides i18n's."""
    processors = ["django.template.context_processors.i18n", *context]
    options = {
        "context_processors": processors,
        "builtins": ["banyan.house.parts.tags", "django.templatetags.i18n", "django.templatetags.l10n"],
    }
    return [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [HOUSE / "templates"],
            "APP_DIRS": True,
            "OPTIONS": options,
        }
    ]


def on_disk(path: Path | str) -> dict[str, Any]:
    """An SQLite database that keeps what it acknowledged and overwrites what it deletes."""
    pragmas = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY"
    )
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas}
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path), "OPTIONS": options}


def place(variable: str) -> Path:
    """The folder of this hub or desk, from the environment; made with 0700 where missing.

    Raises ImproperlyConfigured when the variable is not set: no folder is ever guessed.
    """
    value = os.environ.get(variable, "")
    if not value:
        raise ImproperlyConfigured(f"{variable} is not set: start with the command 'banyan'.")
    folder = Path(value)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def secret_key(folder: Path) -> str:
    """Django's own key: from BANYAN_SECRET_KEY, else a file that only this user reads, made at first start.

    It signs the desk's CSRF cookie and nothing that outlives a browser; no folder depends on it.
    """
    if given := os.environ.get("BANYAN_SECRET_KEY"):
        return given
    path = folder / "django.key"
    if not path.exists():
        fresh = folder / f"django.key.{secrets.token_hex(8)}"
        fresh.touch(mode=0o600, exist_ok=False)
        fresh.write_text(secrets.token_urlsafe(50), encoding="ascii")
        _keep_first(fresh, path)
    return path.read_text(encoding="ascii")


def _keep_first(fresh: Path, path: Path) -> None:
    """Put a whole file in place, unless another process that started with us was first."""
    try:
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    except OSError:  # a disk without hard links
        fresh.replace(path)
        return
    fresh.unlink()
