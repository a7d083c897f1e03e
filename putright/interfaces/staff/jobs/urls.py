"""What runs by itself, and running again what failed."""

from django.urls import path

from putright.interfaces.staff.jobs import views

urlpatterns = [
    path("", views.jobs, name="jobs"),
    path("again/", views.again, name="jobs_again"),
]
