"""Who comes in by which door."""

from django.urls import include, path

urlpatterns = [
    path("", include("putright.interfaces.staff.urls")),
]

handler400 = "putright.interfaces.pages.views.bad_request"
handler403 = "putright.interfaces.pages.views.forbidden"
handler404 = "putright.interfaces.pages.views.page_not_found"
handler500 = "putright.interfaces.pages.views.server_error"
