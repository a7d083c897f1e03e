"""Coming in and going out."""

from django.urls import path

from putright.interfaces.staff.sign_in import one_time, views

urlpatterns = [
    path("sign-in", views.sign_in, name="sign_in"),
    path("sign-out", views.sign_out, name="sign_out"),
    path("signed-out", views.signed_out, name="signed_out"),
    path("set-password/<str:token>", one_time.set_password, name="set_password"),
    path("choose-landlord", views.choose_landlord, name="choose_landlord"),
]
