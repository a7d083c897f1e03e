"""What is due, and every case there is."""

from django.urls import path

from putright.interfaces.staff.queue import views

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("cases/", views.cases, name="cases"),
]
