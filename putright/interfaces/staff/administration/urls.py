"""What an administrator looks after, a matter at a time."""

from django.urls import path

from putright.interfaces.staff.administration import (
    calendar,
    categories,
    changes,
    front,
    people,
    rates,
    teams,
)

urlpatterns = [
    path("", front.front, name="administration"),
    path("history/", front.history, name="administration_history"),
    path("people/", people.people, name="administration_people"),
    path("people/invite/", people.invite, name="administration_invite"),
    path("people/<int:number>/", people.person, name="administration_person"),
    path("people/<int:number>/change/", people.change, name="administration_person_change"),
    path("people/<int:number>/switch-off/", people.switch_off, name="administration_person_off"),
    path("people/<int:number>/switch-on/", people.switch_on, name="administration_person_on"),
    path("people/<int:number>/link/", people.link, name="administration_person_link"),
    path("people/<int:number>/end-links/", people.end_links, name="administration_person_end_links"),
    path("teams/", teams.teams, name="administration_teams"),
    path("teams/one/", teams.team, name="administration_team"),
    path("teams/describe/", teams.describe, name="administration_team_describe"),
    path("teams/end/", teams.end, name="administration_team_end"),
    path("categories/", categories.categories, name="administration_categories"),
    path("categories/new/", categories.new, name="administration_category_new"),
    path("categories/begin/", categories.begin, name="administration_categories_begin"),
    path("categories/<int:number>/", categories.category, name="administration_category"),
    path("categories/<int:number>/move/", categories.move, name="administration_category_move"),
    path("categories/<int:number>/retire/", categories.retire, name="administration_category_retire"),
    path("calendar/", calendar.calendar, name="administration_calendar"),
    path("calendar/bank-holiday/", calendar.bank_holiday, name="administration_bank_holiday"),
    path("calendar/moved-away/", calendar.moved_away, name="administration_moved_away"),
    path("calendar/closed/", calendar.closed, name="administration_closed"),
    path("calendar/<int:number>/take-back/", calendar.take_back, name="administration_take_back"),
    path("calendar/changes/<int:number>/", changes.change, name="administration_change"),
    path("calendar/letters/", changes.letters, name="administration_letters"),
    path("calendar/letters/<int:number>/", changes.letter, name="administration_letter"),
    path("rates/", rates.rates, name="administration_rates"),
    path("rates/new/", rates.new, name="administration_rate_new"),
    path("rates/<int:number>/end/", rates.end, name="administration_rate_end"),
]
