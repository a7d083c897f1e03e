"""What is owed, and what was asked of others."""

from django.urls import path

from putright.interfaces.staff.promises import questions, views

urlpatterns = [
    path("", views.teams, name="promises"),
    path("late/", views.late, name="promises_late"),
    path("all/", views.everything, name="promises_all"),
    path("asked/", questions.questions, name="questions"),
    path("asked/<int:number>/", questions.question, name="question"),
    path("asked/<int:number>/link/", questions.new_link, name="question_link"),
    path("asked/<int:number>/take-back/", questions.take_back, name="question_take_back"),
    path("team/<path:team>/", views.of_team, name="promises_of_team"),
]
