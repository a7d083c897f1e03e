"""Reading an earlier self-assessment in: upload, check beside what was printed, keep. Nothing is kept half."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from complaint_rules.editions.provisions import Provision, provisions
from putright.evidence.self_assessments import actions
from putright.evidence.self_assessments.importing import Form, FormRow, NotAForm, Unreadable, read_form
from putright.interfaces.staff.self_assessments.forms import CheckedForm, CheckedRow, UploadForm
from putright.interfaces.staff.self_assessments.reach import actor, answerer
from putright.record.correspondence.files import safe_name
from putright.record.landlords.own_chain import NotPossible

MOST_BYTES = 20_000_000
ANSWERED = frozenset({"yes", "no", "partly", "not_applicable"})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; once it is read, what was read of it stands on the page to be checked."""
    answerer(request)
    if request.method != "POST":
        return render(request, "staff/self_assessments/upload.html", {"form": UploadForm()})
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Unreadable(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
            found = read_form(file.read())
        except (Unreadable, NotAForm) as problem:
            form.add_error("file", f"{problem} Nothing was kept.")
        else:
            return _checking(request, *_forms_of(found, safe_name(file.name)), found.problems)
    return render(request, "staff/self_assessments/upload.html", {"form": form}, status=200)


def _forms_of(found: Form, name: str) -> tuple[CheckedForm, dict[str, CheckedRow]]:
    head = CheckedForm(initial={"edition": found.edition, "came_from": name})
    rows = {row.ref: CheckedRow(prefix=_prefix(row.ref), initial=_initial(row)) for row in found.rows}
    return head, rows


def _prefix(ref: str) -> str:
    return "p" + ref.replace(".", "-")


def _initial(row: FormRow) -> dict[str, str]:
    parts = "; ".join(f"{each.text}: {each.answer}" for each in row.parts)
    problems = [*row.problems, *(["Answers are given to its parts: " + parts] if parts else [])]
    return {
        "answer": row.answer if row.answer in ANSWERED else "",
        "comment": row.evidence[:10_000],
        "doing": "\n".join(" ".join(each.split()) for each in row.actions)[:10_000],
        "printed": json.dumps(
            {"answer": row.answer_printed, "requirement": row.requirement[:2_000]}, ensure_ascii=False
        ),
        "problems": "\n".join(problems)[:10_000],
    }


def _checking(
    request: HttpRequest,
    head: CheckedForm,
    rows: dict[str, CheckedRow],
    problems: list[str],
    status: int = 200,
) -> HttpResponse:
    """The page on which what was read is checked: what has a problem comes first."""
    edition = str(head["edition"].value())
    every = provisions(edition)
    shown = [_shown(every[ref], form) for ref, form in rows.items()]
    context = {
        "form": head,
        "forms": list(rows.values()),
        "edition": edition,
        "doubtful": [each for each in shown if each["problems"] or each["unclear"]],
        "plain": [each for each in shown if not (each["problems"] or each["unclear"])],
        "problems": problems,
    }
    return render(request, "staff/self_assessments/check.html", context, status=status)


def _shown(provision: Provision, form: CheckedRow) -> dict[str, Any]:
    printed = _printed(str(form["printed"].value() or ""))
    problems = [each for each in str(form["problems"].value() or "").splitlines() if each]
    return {
        "provision": provision,
        "form": form,
        "printed": printed,
        "problems": problems,
        "unclear": bool(printed["answer"]) and not form["answer"].value(),
    }


def _printed(written: str) -> dict[str, str]:
    try:
        found = json.loads(written)
    except ValueError:
        found = {}
    if not isinstance(found, dict):
        found = {}
    return {name: str(found.get(name, "")) for name in ("answer", "requirement")}


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep what was read, as somebody checked it."""
    staff = answerer(request)
    head = CheckedForm(request.POST)
    if not head.is_valid() and "edition" in head.errors:
        messages.error(request, "The page was out of date. Upload the file again.")
        return redirect("self_assessment_read")
    rows = {
        ref: CheckedRow(request.POST, prefix=_prefix(ref)) for ref in provisions(str(head["edition"].value()))
    }
    valid = [head.is_valid(), *(each.is_valid() for each in rows.values())]
    if not all(valid):
        return _checking(request, head, rows, [])
    given = head.cleaned_data
    begun = actions.Begun(
        edition=given["edition"],
        first_day=given["first_day"],
        last_day=given["last_day"],
        came_from=given["came_from"],
    )
    try:
        made = actions.start(
            staff.landlord,
            begun,
            read={ref: _read(each) for ref, each in rows.items()},
            by=actor(staff),
            at=timezone.now(),
            key=str(given["key"]),
        )
    except NotPossible as problem:
        head.add_error(problem.field if problem.field in head.fields else None, problem.says)
        return _checking(request, head, rows, [])
    messages.success(request, "It is kept. You can carry it forward now.")
    return redirect("self_assessment", assessment=made.pk)


def _read(form: CheckedRow) -> actions.Read:
    given = form.cleaned_data
    printed = _printed(given["printed"]) | {"problems": given["problems"].splitlines()}
    doing = tuple(line.strip() for line in given["doing"].splitlines() if line.strip())
    return actions.Read(given["answer"], given["comment"], doing, printed)
