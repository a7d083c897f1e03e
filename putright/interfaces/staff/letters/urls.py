"""The letters that wait to be printed, and what became of them."""

from django.urls import path

from putright.interfaces.staff.letters import outbox

urlpatterns = [
    path("", outbox.letters, name="letters"),
    path("print/", outbox.print_them, name="letters_print"),
    path("posted/", outbox.posted, name="letters_posted"),
    path("not-posted/", outbox.not_posted, name="letters_not_posted"),
    path("again/", outbox.try_again, name="letters_try_again"),
]
