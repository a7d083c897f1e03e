"""The first page after signing in: what is theirs to do."""

from django.urls import path

from putright.interfaces.staff.my_work import views

urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("my-work/read/", views.read, name="my_work_read"),
    path("my-work/unread/", views.unread, name="my_work_unread"),
]
