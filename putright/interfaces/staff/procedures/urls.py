"""The versions of the landlord's procedure, and what is done to each."""

from django.urls import path

from putright.interfaces.staff.procedures import steps, views

urlpatterns = [
    path("", views.versions, name="procedure"),
    path("new/", views.start, name="procedure_start"),
    path("<int:number>/", views.version, name="procedure_version"),
    path("<int:number>/text/", views.text, name="procedure_text"),
    path("<int:number>/text/<int:entry>/", views.text_then, name="procedure_text_then"),
    path("<int:number>/cases/", views.cases, name="procedure_cases"),
    path("<int:number>/<slug:step>/", steps.step, name="procedure_step"),
]
