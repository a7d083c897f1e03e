"""One box over everything."""

from django.urls import path

from putright.interfaces.staff.search import views

urlpatterns = [
    path("", views.search, name="search"),
]
