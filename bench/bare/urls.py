"""One page: the session and its user, fifty rows from one indexed query, one small template."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from bare.models import Row


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """The first fifty."""
    found = Row.objects.filter(owner=1).order_by("due_on", "id")[:50]
    return render(request, "bare/rows.html", {"rows": found, "user": request.user})


urlpatterns = [path("", rows)]
