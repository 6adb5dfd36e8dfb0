"""Hub and desk in one, for the type checker and the tests only. Nothing that runs uses it."""

from banyan.house.settings_shared import *  # noqa: F403
from banyan.house.settings_shared import HUB_MIDDLEWARE, on_disk, templates

SECRET_KEY = "for tests, where nothing is worth protecting"  # noqa: S105
INSTALLED_APPS = [
    "banyan.folders",
    "banyan.cases",
    "banyan.house.unlock",
    "banyan.doors.front",
    "banyan.doors.figures",
    "banyan.doors.sync",
    "banyan.desks.intake",
    "banyan.desks.office",
    "banyan.desks.support",
    "banyan.desks.figures",
    "banyan.desks.screening",
    "banyan.desks.shelter",
    "banyan.desks.passage",
    "banyan.desks.testimony",
]
# The fixtures `door` and `at_desk` of house/testing.py set one side's URLs and middleware.
MIDDLEWARE = HUB_MIDDLEWARE
ROOT_URLCONF = "banyan.house.urls_hub"
TEMPLATES = templates("banyan.house.pages.door_context", "banyan.house.pages.desk_context")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "desk.localhost", "hub.localhost"]
DATABASES = {
    "default": on_disk(":memory:"),
    # Django's test runner would swap in the shared-cache form, whose tables lock: name it ourselves.
    "view": {"ENGINE": "banyan.cases.memory", "NAME": "view-test", "TEST": {"NAME": "view-test"}},
}
DATABASE_ROUTERS = ["banyan.cases.router.ViewRouter"]
CSRF_COOKIE_NAME = "banyan_csrf"
CSRF_FAILURE_VIEW = "banyan.house.pages.desk_csrf"
LANGUAGE_COOKIE_NAME = "banyan_language"
QUICK_EXIT_URL = ""
IDLE_SECONDS = 600
