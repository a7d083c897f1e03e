"""The letters of a case, as they were sent."""

from django.urls import path

from putright.interfaces.staff.letters import of_a_case

urlpatterns = [
    path("letters/<int:number>/", of_a_case.letter, name="case_letter"),
    path("letters/<int:number>/file/", of_a_case.file, name="case_letter_file"),
    path("letters/<int:number>/word/", of_a_case.word_file, name="case_letter_word"),
]
