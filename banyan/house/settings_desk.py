"""A desk: one member's own program on loopback. It needs BANYAN_DESK_DIR.

Two databases: `default` keeps sealed entries on disk, `view` lives in memory only and holds what
this member's keys open. Nothing on disk remembers a visit: no sessions, only cookies.
"""

import os

from banyan.house.settings_shared import *  # noqa: F403
from banyan.house.settings_shared import DESK_HOSTS, DESK_MIDDLEWARE, on_disk, place, secret_key, templates

DESK_DIR = place("BANYAN_DESK_DIR")
SECRET_KEY = secret_key(DESK_DIR)

INSTALLED_APPS = [
    "banyan.folders",
    "banyan.cases",
    "banyan.house.unlock",
    "banyan.desks.intake",
    "banyan.desks.office",
    "banyan.desks.screening",
    "banyan.desks.support",
    "banyan.desks.figures",
    "banyan.desks.shelter",
    "banyan.desks.passage",
    "banyan.desks.testimony",
]
MIDDLEWARE = [*DESK_MIDDLEWARE, "banyan.house.unlock.gate.gate"]
ROOT_URLCONF = "banyan.house.urls_desk"
TEMPLATES = templates("banyan.house.pages.desk_context")

# A name of its own, for cookies ignore ports: another program on this machine shares "localhost".
ALLOWED_HOSTS = DESK_HOSTS

DATABASES = {
    "default": on_disk(DESK_DIR / "store.sqlite3"),
    "view": {"ENGINE": "banyan.cases.memory", "NAME": os.environ.get("BANYAN_VIEW_NAME", "view")},
}
DATABASE_ROUTERS = ["banyan.cases.router.ViewRouter"]

CSRF_COOKIE_NAME = "banyan_csrf"
CSRF_COOKIE_AGE = None  # gone with the browser
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "banyan.house.pages.desk_csrf"
LANGUAGE_COOKIE_NAME = "banyan_language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"

# After so many seconds without a key or a touch the page saves its drafts and locks. 0: never.
IDLE_SECONDS = int(os.environ.get("BANYAN_IDLE_SECONDS", "600"))
