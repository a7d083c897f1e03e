"""The staff pages, one folder a task: a contents page of what staff can do."""

from django.urls import include, path

urlpatterns = [
    path("", include("putright.interfaces.staff.sign_in.urls")),
    path("", include("putright.interfaces.staff.my_work.urls")),
    path("", include("putright.interfaces.staff.queue.urls")),
    path("search/", include("putright.interfaces.staff.search.urls")),
    path("new/", include("putright.interfaces.staff.new_complaint.urls")),
    path("stops/", include("putright.interfaces.staff.stops.urls")),
    path("letters/", include("putright.interfaces.staff.letters.urls")),
    path("promises/", include("putright.interfaces.staff.promises.urls")),
    path("people/", include("putright.interfaces.staff.people.urls")),
    path("procedure/", include("putright.interfaces.staff.procedures.urls")),
    path("self-assessment/", include("putright.interfaces.staff.self_assessments.urls")),
    path("administration/letterhead/", include("putright.interfaces.staff.letterhead.urls")),
    path("jobs/", include("putright.interfaces.staff.jobs.urls")),
    path("administration/", include("putright.interfaces.staff.administration.urls")),
    path("cases/<str:reference>/", include("putright.interfaces.staff.case.urls")),
    path("service-requests/", include("putright.interfaces.staff.service_requests.urls")),
    path("call/", include("putright.interfaces.staff.calls.urls")),
    path("cases/<str:reference>/call/", include("putright.interfaces.staff.calls.case_urls")),
    path("cases/<str:reference>/", include("putright.interfaces.staff.take_in.urls")),
    path("cases/<str:reference>/", include("putright.interfaces.staff.safe_contact.urls")),
    path("cases/<str:reference>/", include("putright.interfaces.staff.files.urls")),
    path("cases/<str:reference>/", include("putright.interfaces.staff.letters.case_urls")),
    path("cases/<str:reference>/", include("putright.interfaces.staff.actions.urls")),
]
