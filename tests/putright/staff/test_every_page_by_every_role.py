"""Every address of the site, by every role, at the landlord whose it is and at another: one table says who may.

The addresses are read from the site itself. A new one that no row of the table names fails here.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.db import transaction
from every_page import StaffPage, one_of_each, pages, routes

from complaint_rules.roles import MAY, ROLES
from complaint_rules.safe_contact import SEES
from putright.record.people import rights

EVERYBODY = frozenset(ROLES)
NOBODY: frozenset[str] = frozenset()
RECEIVES = frozenset(role for role in ROLES if "receive" in MAY[role])
CALLS = frozenset(role for role in ROLES if "record_contact" in MAY[role]) - {"service_manager"}
ASSIGNS = frozenset({"complaints_officer", "investigator", "reviewer"})
OFFICER = frozenset({"complaints_officer"})
ADMINISTRATOR = frozenset({"administrator"})
READS_ADMINISTRATION = frozenset({"administrator", "auditor"})
READS_PROCEDURE = OFFICER | READS_ADMINISTRATION | {"board_member"}
STOPS = frozenset({"complaints_officer", "investigator", "reviewer", "contact_staff", "service_manager"})


@dataclass(frozen=True, slots=True)
class Row:
    """Who opens an address and who sends to it; None where it takes no such request from anybody.

    `only` is the one person whose it is, and everybody else is told that it is not there.
    """

    opens: frozenset[str] | None = None
    sends: frozenset[str] | None = None
    only: tuple[str, ...] = ()


def both(roles: frozenset[str]) -> Row:
    return Row(roles, roles)


TABLE = {
    "sign_in": both(EVERYBODY),
    "sign_out": Row(sends=EVERYBODY),
    "signed_out": Row(EVERYBODY),
    "set_password": Row(NOBODY, NOBODY),  # the sample's link is no good, whoever comes with it
    "choose_landlord": both(EVERYBODY),
    "favicon.ico": both(EVERYBODY),
    "my_work": Row(EVERYBODY),
    "my_work_read": Row(sends=EVERYBODY),
    "my_work_unread": Row(sends=EVERYBODY),
    "queue": Row(EVERYBODY),
    "queue_download": Row(EVERYBODY),
    "assign_several": Row(sends=ASSIGNS),
    "undo_several": Row(sends=NOBODY),  # nothing was signed to undo
    "saved_views": Row(EVERYBODY),
    "save_view": both(EVERYBODY),
    "open_view": Row(EVERYBODY, only=("officer",)),
    "change_view": Row(EVERYBODY, EVERYBODY, only=("officer",)),
    "cases": Row(EVERYBODY),
    "search": Row(EVERYBODY),
    "new_complaint": both(RECEIVES),
    "new_complaint_save": Row(sends=RECEIVES),
    "passed_on": both(EVERYBODY),
    "passed_on_take": Row(sends=RECEIVES),
    "new_complaint_throw_away": Row(sends=RECEIVES),
    "new_complaint_recorded": Row(EVERYBODY),
    "new_complaint_undo": Row(sends=EVERYBODY),  # undoes it for nobody but whoever recorded it
    "stops": Row(STOPS),
    "stop": Row(STOPS, STOPS, only=("officer", "colleague", "investigator")),
    "jobs": Row(READS_ADMINISTRATION),
    "jobs_again": Row(sends=ADMINISTRATOR),
    "people": Row(rights.MAY[rights.DETAILS]),
    "person_new": both(rights.MAY[rights.CHANGE_DETAILS]),
    "looked": Row(rights.MAY[rights.LOOKED]),
    "person": Row(rights.MAY[rights.DETAILS]),
    "person_open": Row(sends=rights.MAY[rights.DETAILS]),
    "person_details": both(rights.MAY[rights.CHANGE_DETAILS]),
    "person_language": both(rights.MAY[rights.CHANGE_NEEDS]),
    "person_move": both(rights.MAY[rights.CHANGE_DETAILS]),
    "person_address": both(rights.MAY[rights.CHANGE_DETAILS]),
    "person_home": both(rights.MAY[rights.CHANGE_DETAILS]),
    "person_reference": both(rights.MAY[rights.CHANGE_DETAILS]),
    "person_need_add": both(rights.MAY[rights.CHANGE_NEEDS]),
    "person_need": both(rights.MAY[rights.CHANGE_NEEDS]),
    "person_authority": both(rights.MAY[rights.CHANGE_AUTHORITY]),
    "person_authority_end": both(rights.MAY[rights.CHANGE_AUTHORITY]),
    "person_safe": both(rights.MAY[rights.CHANGE_SAFE_CONTACT]),
    "person_safe_end": both(rights.MAY[rights.CHANGE_SAFE_CONTACT]),
    "person_claim": both(rights.MAY[rights.SETTLE_CLAIMS]),
    "person_same": Row(rights.MAY[rights.JOIN]),
    "person_join": both(rights.MAY[rights.JOIN]),
    "person_part": both(rights.MAY[rights.JOIN]),
    "person_looked": Row(rights.MAY[rights.LOOKED]),
    "procedure": Row(READS_PROCEDURE),
    "procedure_start": both(ADMINISTRATOR),
    "procedure_version": Row(READS_PROCEDURE),
    "procedure_text": Row(READS_PROCEDURE, ADMINISTRATOR),
    "procedure_text_then": Row(READS_PROCEDURE),
    "procedure_cases": Row(READS_PROCEDURE),
    "procedure_step": both(ADMINISTRATOR),
    "administration": Row(READS_ADMINISTRATION),
    "administration_history": Row(READS_ADMINISTRATION),
    "administration_people": Row(READS_ADMINISTRATION),
    "administration_invite": both(ADMINISTRATOR),
    "administration_person": Row(READS_ADMINISTRATION),
    "administration_person_change": both(ADMINISTRATOR),
    "administration_person_off": both(ADMINISTRATOR),
    "administration_person_on": Row(sends=ADMINISTRATOR),
    "administration_person_link": Row(sends=ADMINISTRATOR),
    "administration_person_end_links": Row(sends=ADMINISTRATOR),
    "administration_teams": Row(READS_ADMINISTRATION),
    "administration_team": Row(READS_ADMINISTRATION),
    "administration_team_describe": both(ADMINISTRATOR),
    "administration_team_end": Row(sends=ADMINISTRATOR),
    "administration_categories": Row(READS_ADMINISTRATION),
    "administration_category_new": both(ADMINISTRATOR),
    "administration_categories_begin": Row(sends=ADMINISTRATOR),
    "administration_category": both(ADMINISTRATOR),
    "administration_category_move": Row(sends=ADMINISTRATOR),
    "administration_category_retire": Row(sends=ADMINISTRATOR),
    "administration_calendar": Row(READS_ADMINISTRATION),
    "administration_bank_holiday": both(ADMINISTRATOR),
    "administration_moved_away": both(ADMINISTRATOR),
    "administration_closed": both(ADMINISTRATOR),
    "administration_take_back": both(ADMINISTRATOR),
    "administration_change": Row(READS_ADMINISTRATION, ADMINISTRATOR),
    "administration_letters": Row(READS_ADMINISTRATION | OFFICER),
    "administration_letter": both(ADMINISTRATOR | OFFICER),
    "administration_rates": Row(READS_ADMINISTRATION),
    "administration_rate_new": both(ADMINISTRATOR),
    "administration_rate_end": both(ADMINISTRATOR),
    "case": Row(EVERYBODY),
    "case_earlier": Row(EVERYBODY),
    "case_why": Row(EVERYBODY),
    "service_requests": Row(EVERYBODY),
    "service_request_reviews": Row(EVERYBODY),
    "service_request_review": Row(EVERYBODY, OFFICER),
    "find_for_call": Row(CALLS),
    "note_call": both(CALLS),
    "take_back_call": Row(sends=OFFICER),
    "take_in": both(OFFICER),
    "case_safe_contact": both(rights.MAY[rights.NEEDS]),
    "case_file": Row(EVERYBODY),
    "letters": Row(SEES),
    "letters_print": Row(sends=SEES),
    "letters_posted": Row(sends=SEES),
    "letters_not_posted": Row(sends=SEES),
    "letters_try_again": Row(sends=SEES),
    "case_letter": Row(EVERYBODY),
    "case_letter_file": Row(SEES),  # it holds an address of somebody who said what is safe
    "case_letter_word": Row(SEES),
}
"""Every address but the pages of actions, which the table of the rules decides, and those with a table of their own."""

OWN_TABLES = {
    "self_assessments", "self_assessment_start", "self_assessment_read", "self_assessment_keep",
    "self_assessment_compare", "improvement_done", "self_assessment_papers", "self_assessment_paper_new",
    "self_assessment_paper", "self_assessment_paper_end", "self_assessment_paper_file",
    "self_assessment_published", "self_assessment_published_file", "self_assessment", "self_assessment_section",
    "self_assessment_provision", "self_assessment_cases", "self_assessment_step", "self_assessment_file",
    "promises", "promises_late", "promises_all", "promises_of_team", "questions", "question", "question_link",
    "question_take_back", "answer_asked",
    "letterhead", "letterhead_change", "letterhead_look", "wording_begin", "wording", "wording_in_force",
}  # fmt: skip
"""What test_self_assessments.py, test_promises.py and test_letterhead.py try, each for its own pages."""

OF_ONE_LANDLORD = {
    "open_view", "change_view", "new_complaint_recorded", "new_complaint_undo", "stop", "person", "person_open",
    "person_details", "person_language", "person_move", "person_address", "person_home", "person_reference",
    "person_need_add", "person_need", "person_authority", "person_authority_end", "person_safe", "person_safe_end",
    "person_claim", "person_same", "person_join", "person_part", "person_looked", "procedure_version",
    "procedure_text", "procedure_text_then", "procedure_cases", "procedure_step", "administration_person",
    "administration_person_change", "administration_person_off", "administration_person_on",
    "administration_person_link", "administration_person_end_links", "administration_category",
    "administration_category_move", "administration_category_retire", "administration_take_back",
    "administration_change", "administration_letter", "administration_rate_end", "case", "case_earlier", "case_why",
    "note_call", "take_back_call", "take_in", "case_safe_contact", "case_file", "action",
    "case_letter", "case_letter_file", "case_letter_word",
}  # fmt: skip
KEYED = {"passed_on_take", "new_complaint_throw_away", "set_password", "service_request_review"}
"""What has a part in its address that names nothing of a landlord's, or is answered alike whatever it names."""

A_LOOK = {200, 204, 302}
TAKEN = {200, 204, 302, 303, 400, 409, 404}
"""What whoever may send gets back for a form that is nearly empty. Anything but a refusal, and never a fault."""


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def tried(client: Any, method: str, page: StaffPage) -> Any:
    """Ask, and leave everything as it was."""
    with transaction.atomic():
        given = {"key": "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e60"} if method == "post" else {}
        answer = getattr(client, method)(page.address, given)
        transaction.set_rollback(True)
    assert answer.status_code < 500, page.address
    return answer


def test_every_address_of_the_site_has_a_row_in_the_table() -> None:
    names = {name for name, _, _ in routes()}
    assert names - {"action"} - OWN_TABLES == set(TABLE), (
        "Say in TABLE who may open and send to each address."
    )
    with_a_part = {name for name, route, _ in routes() if "<" in route} - OWN_TABLES
    assert with_a_part == OF_ONE_LANDLORD | KEYED, (
        "Say whether the part of an address names a landlord's own."
    )


@pytest.mark.parametrize("member", MEMBERS)
def test_each_role_opens_and_sends_what_its_table_says_and_nothing_else(cast: Cast, member: str) -> None:
    made = one_of_each(cast)
    role, client, wrong = cast.roles[member], cast.client(member), []
    for page in pages(made):
        row = _row(page)
        for method, who in (("get", row.opens), ("post", row.sends)):
            if method == "post" and page.verb:
                continue  # test_who_may_see sends every action that a role may not do
            status = tried(client, method, page).status_code
            if page.route == "sign_out":
                client = cast.client(member)
            if status not in _wanted(who, role, row.only and member not in row.only, method):
                wrong.append(f"{member} {method} {page.address}: {status}")
    assert not wrong, "\n".join(wrong)


def _row(page: StaffPage) -> Row:
    if not page.verb:
        return TABLE[page.route]
    if page.verb == "correct":
        return Row(NOBODY)  # it asks which entry is to be corrected
    return Row(frozenset(role for role in ROLES if page.verb in MAY[role]))


def _wanted(who: frozenset[str] | None, role: str, is_anothers: bool, method: str) -> set[int]:
    if who is None:
        return {405}
    if role not in who:
        return {403, 404}
    if is_anothers:
        return {404}
    return A_LOOK if method == "get" else TAKEN


@pytest.mark.parametrize("member", MEMBERS)
def test_no_role_of_another_landlord_reaches_what_is_ours(cast: Cast, member: str) -> None:
    from putright.record.accounts.models import Membership
    from putright.record.correspondence.models import Intake
    from putright.record.journal.models import Entry

    made = one_of_each(cast)
    Membership.objects.filter(user=cast.stranger).update(roles=[cast.roles[member]])
    client, before = cast.client("stranger"), Entry.objects.count()
    theirs = [page for page in pages(made) if page.route in OF_ONE_LANDLORD | KEYED]
    none = [page for page in pages(_not_there(made)) if page.route in OF_ONE_LANDLORD | KEYED]
    for page, missing in zip(theirs, none, strict=True):
        if page.verb and page.verb not in ("assign", "respond", "correct", "merge_cases"):
            continue  # the others are reached through the same door: test_who_may_see tries each of them
        for method in ("get", "post"):
            answer, unknown = tried(client, method, page), tried(client, method, missing)
            assert answer.status_code == unknown.status_code, f"{method} {page.address}"
            if page.route in OF_ONE_LANDLORD:
                assert answer.status_code in (403, 404, 405), f"{method} {page.address}"
            assert "Amira" not in answer.content.decode(), page.address
    assert Entry.objects.count() == before
    assert Intake.objects.filter(landlord=cast.landlord, user=None, key=made["passed_on"]).exists()


def _not_there(made: dict[str, Any]) -> dict[str, Any]:
    """The same addresses with numbers and references that nothing has, at any landlord."""
    nothing = SimpleNamespace(pk=2**30, number=2**30, entry=2**30, reference="TV-26-9999")
    return {name: thing if name in ("change", "passed_on") else nothing for name, thing in made.items()} | {
        "change": SimpleNamespace(pk=2**30, made_at=made["change"].made_at)
    }
