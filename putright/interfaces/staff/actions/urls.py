"""A page for every action on a case."""

from django.urls import path

from putright.interfaces.staff.actions import views

urlpatterns = [
    path("<slug:verb>/", views.action, name="action"),
]
