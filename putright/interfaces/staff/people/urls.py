"""The people we know: found, added, changed, and who looked at what is sensitive."""

from django.urls import path

from putright.interfaces.staff.people import details, looked, needs, representatives, safe, views, who_is_who

urlpatterns = [
    path("", views.find, name="people"),
    path("new/", views.new, name="person_new"),
    path("looked/", looked.looked, name="looked"),
    path("<int:number>/", views.person, name="person"),
    path("<int:number>/open/", views.show, name="person_open"),
    path("<int:number>/details/", details.details, name="person_details"),
    path("<int:number>/language/", details.language, name="person_language"),
    path("<int:number>/move/", details.move, name="person_move"),
    path("<int:number>/address/", details.address, name="person_address"),
    path("<int:number>/homes/<int:home>/", details.home, name="person_home"),
    path("<int:number>/references/new/", details.reference, name="person_reference"),
    path("<int:number>/needs/new/", needs.add, name="person_need_add"),
    path("<int:number>/needs/<int:need>/", needs.need, name="person_need"),
    path("<int:number>/representatives/new/", representatives.add, name="person_authority"),
    path(
        "<int:number>/representatives/<int:authority>/end/", representatives.end, name="person_authority_end"
    ),
    path("<int:number>/safe/", safe.change_safe, name="person_safe"),
    path("<int:number>/safe/end/", safe.end, name="person_safe_end"),
    path("<int:number>/claims/<int:claim>/", safe.claim, name="person_claim"),
    path("<int:number>/same/", who_is_who.other, name="person_same"),
    path("<int:number>/same/<int:other>/", who_is_who.join, name="person_join"),
    path("<int:number>/joined/<int:joining>/", who_is_who.part, name="person_part"),
    path("<int:number>/looked/", looked.looked, name="person_looked"),
]
