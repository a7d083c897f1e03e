"""Note a call on one case, and take it back."""

from django.urls import path

from putright.interfaces.staff.calls import views

urlpatterns = [
    path("", views.note_call, name="note_call"),
    path("undo/", views.take_back, name="take_back_call"),
]
