"""What is safe for the resident of a case, and what makes it easier for them: opened by a press."""

from django.urls import path

from putright.interfaces.staff.safe_contact import views

urlpatterns = [
    path("safe-contact/", views.safe_contact, name="case_safe_contact"),
]
