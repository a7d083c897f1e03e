"""Taking a complaint in, and what to say to the resident then."""

from django.urls import path

from putright.interfaces.staff.new_complaint import views

urlpatterns = [
    path("", views.new_complaint, name="new_complaint"),
    path("<str:reference>/", views.recorded, name="new_complaint_recorded"),
]
