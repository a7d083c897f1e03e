"""Service requests: the list of those that wait, and the review of each month."""

from django.urls import path

from putright.interfaces.staff.service_requests import reviewing, views

urlpatterns = [
    path("", views.service_requests, name="service_requests"),
    path("reviews/", reviewing.reviews, name="service_request_reviews"),
    path("reviews/<str:month>/", reviewing.review, name="service_request_review"),
]
