"""Addresses of the gallery: every part of a page in every state. Included only in tests and DEBUG."""

from django.urls import path

from putright.interfaces.pages import gallery, views

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.page_not_found
handler500 = views.server_error

urlpatterns = [
    path("gallery", gallery.parts, name="gallery"),
    path("gallery/forms", gallery.forms_in_error, name="gallery-forms"),
    path("gallery/draft", gallery.draft, name="gallery-draft"),
    path("gallery/question", gallery.question, name="gallery-question"),
    path("gallery/resident", gallery.resident, name="gallery-resident"),
    path("gallery/resident/question", gallery.resident_question, name="gallery-resident-question"),
    path("gallery/logo.svg", gallery.logo),
    path("gallery/page/<str:name>", gallery.plain_page, name="gallery-page"),
    path("favicon.ico", views.no_icon),
]
