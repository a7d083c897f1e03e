"""What is due, and every case there is; the views that were saved, the file to download, several at once."""

from django.urls import path

from putright.interfaces.staff.queue import download, saving, several, views

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("queue/download/", download.download, name="queue_download"),
    path("queue/assign/", several.assign_several, name="assign_several"),
    path("queue/assign/undo/", several.undo, name="undo_several"),
    path("queue/views/", saving.views, name="saved_views"),
    path("queue/views/new/", saving.save_view, name="save_view"),
    path("queue/views/<int:view>/", saving.open_view, name="open_view"),
    path("queue/views/<int:view>/change/", saving.change_view, name="change_view"),
    path("cases/", views.cases, name="cases"),
]
