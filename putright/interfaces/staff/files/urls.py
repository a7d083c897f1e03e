"""The files of a case."""

from django.urls import path

from putright.interfaces.staff.files import views

urlpatterns = [
    path("files/<int:number>/", views.file, name="case_file"),
]
