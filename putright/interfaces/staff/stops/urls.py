"""What was stopped before it left, and saying what came of it."""

from django.urls import path

from putright.interfaces.staff.stops import views

urlpatterns = [
    path("", views.stops, name="stops"),
    path("<int:number>/", views.settle, name="stop"),
]
