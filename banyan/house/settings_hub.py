"""The hub: the front door and the sync door, and no desk. It needs BANYAN_HUB_DIR."""

import os

import dj_database_url

from banyan.house import catalogues
from banyan.house.settings_shared import *  # noqa: F403
from banyan.house.settings_shared import HUB_MIDDLEWARE, on_disk, place, secret_key, templates

HUB_DIR = place("BANYAN_HUB_DIR")
SECRET_KEY = secret_key(HUB_DIR)

INSTALLED_APPS = ["banyan.folders", "banyan.doors.front", "banyan.doors.figures", "banyan.doors.sync"]
MIDDLEWARE = HUB_MIDDLEWARE
ROOT_URLCONF = "banyan.house.urls_hub"
TEMPLATES = templates("banyan.house.pages.door_context")

# Whose name is on the door: an onion address or a domain, comma-separated.
ALLOWED_HOSTS = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    "hub.localhost",
    *filter(None, os.environ.get("BANYAN_HUB_HOSTS", "").split(",")),
]

# A new connection for each page costs more than most pages.
DATABASES = {"default": on_disk(HUB_DIR / "store.sqlite3") | {"CONN_MAX_AGE": 60}}
if url := os.environ.get("DATABASE_URL"):
    given = dj_database_url.parse(url, conn_max_age=60)
    sqlite = given["ENGINE"] == "django.db.backends.sqlite3"
    DATABASES = {"default": on_disk(given["NAME"]) if sqlite else dict(given)}

# Every language whose catalogue says enough of the door.
LANGUAGES = catalogues.at_the_door()

# Where the quick exit leads: a page that nobody has to explain. Without this, where the pack says.
QUICK_EXIT_URL = os.environ.get("BANYAN_QUICK_EXIT_URL", "")
