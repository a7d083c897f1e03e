"""Note a call: first find the case."""

from django.urls import path

from putright.interfaces.staff.calls import views

urlpatterns = [
    path("", views.find, name="find_for_call"),
]
