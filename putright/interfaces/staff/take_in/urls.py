"""A complaint that has come in: logged, acknowledged and assigned on one page."""

from django.urls import path

from putright.interfaces.staff.take_in import views

urlpatterns = [
    path("take-in/", views.take_in, name="take_in"),
]
