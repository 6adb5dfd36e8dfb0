"""What the hub answers to. Every page of the door carries its language in the address."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from banyan.house import pages

handler400 = pages.door_400
handler403 = pages.door_403
handler404 = pages.door_404
handler500 = pages.door_500

urlpatterns = [
    path("", pages.door_first),
    path("sync/", include("banyan.doors.sync.urls")),
    *i18n_patterns(
        path("figures/", include("banyan.doors.figures.urls")),
        path("", include("banyan.doors.front.urls")),
    ),
]
