"""Who comes in by which door."""

from django.conf import settings
from django.urls import include, path

from putright.interfaces.pages.views import no_icon

urlpatterns = [
    path("", include("putright.interfaces.staff.urls")),
    path("", include("putright.interfaces.asked.urls")),
    path("favicon.ico", no_icon),
]
if settings.DEBUG:
    urlpatterns.append(path("", include("putright.interfaces.pages.gallery_urls")))

handler400 = "putright.interfaces.pages.views.bad_request"
handler403 = "putright.interfaces.pages.views.forbidden"
handler404 = "putright.interfaces.pages.views.page_not_found"
handler500 = "putright.interfaces.pages.views.server_error"
