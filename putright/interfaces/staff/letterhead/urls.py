"""The letterhead of a landlord, and the wording of its letters."""

from django.urls import path

from putright.interfaces.staff.letterhead import views, wording

urlpatterns = [
    path("", views.letterhead, name="letterhead"),
    path("change/", views.change, name="letterhead_change"),
    path("look/", views.look, name="letterhead_look"),
    path("begin/", wording.begin, name="wording_begin"),
    path("wording/<int:number>/", wording.wording, name="wording"),
    path("wording/<int:number>/in-force/", wording.in_force, name="wording_in_force"),
]
