"""The page of one case, and why each of its days is the day it is."""

from django.urls import path

from putright.interfaces.staff.case import views

urlpatterns = [
    path("", views.case, name="case"),
    path("earlier/", views.earlier, name="case_earlier"),
    path("why/<str:clock>/", views.why, name="case_why"),
]
