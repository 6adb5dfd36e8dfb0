"""The two programs as WSGI applications, and how waitress has to serve them."""

import os
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

from banyan.house.settings_shared import DATA_UPLOAD_MAX_MEMORY_SIZE

# No name or version in a header, no traceback in an answer, and no body, in or out, in a temp file.
WAITRESS: dict[str, Any] = {
    "ident": None,
    "expose_tracebacks": False,
    "clear_untrusted_proxy_headers": True,
    "max_request_body_size": DATA_UPLOAD_MAX_MEMORY_SIZE,
    "inbuf_overflow": 4 * DATA_UPLOAD_MAX_MEMORY_SIZE,
    "outbuf_overflow": 8 * DATA_UPLOAD_MAX_MEMORY_SIZE,
}


def hub() -> WSGIHandler:
    """The hub's application. Needs BANYAN_HUB_DIR in the environment."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "banyan.house.settings_hub"
    return get_wsgi_application()


def desk() -> WSGIHandler:
    """A desk's application. Needs BANYAN_DESK_DIR, and BANYAN_VIEW_NAME for a view of its own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "banyan.house.settings_desk"
    return get_wsgi_application()
