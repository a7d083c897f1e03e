"""Taking a complaint in, passing one on, and what to say to the resident then."""

from django.urls import path

from putright.interfaces.staff.new_complaint import passed_on, recorded, saving, views

urlpatterns = [
    path("", views.new_complaint, name="new_complaint"),
    path("draft/", saving.save, name="new_complaint_save"),
    path("passed-on/", passed_on.passed_on, name="passed_on"),
    path("<uuid:key>/take/", views.take, name="passed_on_take"),
    path("<uuid:key>/throw-away/", views.throw_away, name="new_complaint_throw_away"),
    path("<str:reference>/", recorded.recorded, name="new_complaint_recorded"),
    path("<str:reference>/undo/", recorded.undo, name="new_complaint_undo"),
]
