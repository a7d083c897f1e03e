"""The self-assessments, their provisions and steps, the register of papers, and what is open to all."""

from django.urls import path

from putright.interfaces.staff.self_assessments import (
    front,
    overview,
    papers,
    provision,
    public,
    steps,
    taking_in,
)

urlpatterns = [
    path("", front.front, name="self_assessments"),
    path("new/", front.start, name="self_assessment_start"),
    path("read/", taking_in.upload, name="self_assessment_read"),
    path("read/keep/", taking_in.keep, name="self_assessment_keep"),
    path("compare/", overview.compare, name="self_assessment_compare"),
    path("improvements/<int:improvement>/", steps.finish, name="improvement_done"),
    path("papers/", papers.register, name="self_assessment_papers"),
    path("papers/new/", papers.paper, name="self_assessment_paper_new"),
    path("papers/<int:paper>/", papers.paper, name="self_assessment_paper"),
    path("papers/<int:paper>/end/", papers.end, name="self_assessment_paper_end"),
    path("papers/<int:paper>/file/", papers.file, name="self_assessment_paper_file"),
    path("published/<slug:slug>/<int:assessment>/", public.page, name="self_assessment_published"),
    path(
        "published/<slug:slug>/<int:assessment>/<slug:format>/",
        public.download,
        name="self_assessment_published_file",
    ),
    path("<int:assessment>/", overview.overview, name="self_assessment"),
    path("<int:assessment>/section/<int:section>/", overview.section, name="self_assessment_section"),
    path("<int:assessment>/provision/<str:ref>/", provision.provision, name="self_assessment_provision"),
    path(
        "<int:assessment>/provision/<str:ref>/cases/<slug:verdict>/",
        overview.cases,
        name="self_assessment_cases",
    ),
    path("<int:assessment>/step/<slug:state>/", steps.step, name="self_assessment_step"),
    path("<int:assessment>/file/<slug:format>/", overview.download, name="self_assessment_file"),
]
