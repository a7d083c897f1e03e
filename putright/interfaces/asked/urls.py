"""The page of a signed link."""

from django.urls import path

from putright.interfaces.asked import views

urlpatterns = [
    path("asked/<str:token>/", views.answer_asked, name="answer_asked"),
]
