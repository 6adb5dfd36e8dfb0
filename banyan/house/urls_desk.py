"""What a desk answers to. The unlock room owns `/` and the names `lock` and `sync_now`."""

from django.urls import include, path
from django.views.i18n import set_language

from banyan.house import pages

handler400 = pages.desk_400
handler403 = pages.desk_403
handler404 = pages.desk_404
handler500 = pages.desk_500

urlpatterns = [
    path("static/<str:name>", pages.asset, name="asset"),
    path("language", set_language, name="set_language"),
    path("intake/", include("banyan.desks.intake.urls")),
    path("office/", include("banyan.desks.office.urls")),
    path("figures/", include("banyan.desks.figures.urls")),
    path("screening/", include("banyan.desks.screening.urls")),
    path("support/", include("banyan.desks.support.urls")),
    path("shelter/", include("banyan.desks.shelter.urls")),
    path("passage/", include("banyan.desks.passage.urls")),
    path("testimony/", include("banyan.desks.testimony.urls")),
    path("", include("banyan.house.unlock.urls")),
]
