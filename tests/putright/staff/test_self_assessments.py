"""The pages of the self-assessment: answering beside the record, the year round, papers, reading in, publishing."""

from __future__ import annotations

import re
import uuid
from datetime import date
from html import unescape
from typing import Any

import pytest
from cast import MEMBERS, Cast
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.utils import CaptureQueriesContext
from form_filling import boxes, day, errors_of, fill, notices_of, text_of

from complaint_rules.editions.provisions import provisions
from complaint_rules.findings import Verdict
from putright.evidence.measures.provisions import COUNTED

READERS = {"officer", "colleague", "board_member", "auditor", "administrator"}
ANSWERERS = {"officer", "colleague", "administrator"}
FRONT = "/self-assessment/"


def newest() -> Any:
    from putright.evidence.self_assessments.models import Assessment

    return Assessment.objects.order_by("-pk").first()


def begin(cast: Cast, who: str = "officer", **given: Any) -> Any:
    given = {"size": "over_1000", "source": "empty"} | given
    answer = fill(cast.client(who), f"{FRONT}new/", **given)
    assert answer.status_code == 302, errors_of(answer)
    return newest()


def at(made: Any, rest: str = "") -> str:
    return f"{FRONT}{made.pk}/{rest}"


def words(cast: Cast, address: str, who: str = "officer") -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200, answer.content.decode()[:1000]
    return text_of(answer)


def ready(cast: Cast, **given: Any) -> Any:
    made = begin(cast, **given)
    made.answers.update(answer="yes", comment="In our policy.")
    return made


def published(cast: Cast, **given: Any) -> Any:
    made = ready(cast, **given)
    for state in ("reviewed", "seen", "responded", "published"):
        said = {"says": "We accept this."} if state == "responded" else {}
        answer = fill(cast.client("officer"), at(made, f"step/{state}/"), body="Board", **said)
        assert answer.status_code == 302, (state, errors_of(answer))
    made.refresh_from_db()
    return made


# Who may


@pytest.mark.parametrize("member", MEMBERS)
def test_who_reads_and_who_answers(cast: Cast, member: str) -> None:
    made = begin(cast)
    for address in (FRONT, at(made), at(made, "section/6/"), at(made, "provision/6.3/"), f"{FRONT}papers/"):
        assert cast.client(member).get(address).status_code == (200 if member in READERS else 403), address
    for address in (f"{FRONT}new/", f"{FRONT}read/", f"{FRONT}papers/new/", at(made, "step/reviewed/")):
        assert cast.client(member).get(address).status_code == (200 if member in ANSWERERS else 403), address
    sent = {"key": str(uuid.uuid4()), "read_at": 0, "answer": "yes", "doing-rows": 3}
    answer = cast.client(member).post(at(made, "provision/6.3/"), sent)
    assert answer.status_code == (302 if member in ANSWERERS else 403)
    assert made.answers.exclude(answer="").exists() is (member in ANSWERERS)


def test_another_landlords_assessment_is_as_if_it_were_not(cast: Cast) -> None:
    made = begin(cast)
    client = cast.client("stranger")
    for rest in (
        "",
        "section/6/",
        "provision/6.3/",
        "provision/6.3/cases/met/",
        "step/reviewed/",
        "file/csv/",
    ):
        theirs, none = client.get(at(made, rest)), client.get(f"{FRONT}99999/{rest}")
        assert theirs.status_code == none.status_code == 404, rest
    assert client.get(f"{FRONT}compare/?one={made.pk}&other={made.pk}").status_code == 404
    assert "Self-assessment 2026" not in text_of(client.get(FRONT))


@pytest.mark.parametrize(
    "odd", ["0", "9" * 30, "1/provision/6.99", "1/provision/%00", "1/section/99", "1/step/x", "1/file/exe"]
)
def test_an_odd_address_is_not_there(cast: Cast, odd: str) -> None:
    begin(cast)
    assert cast.client("officer").get(f"{FRONT}{odd}/").status_code == 404


@pytest.mark.parametrize("odd", ["x", "٣", "1" * 40, "-1", "%00"])
def test_what_cannot_be_compared_is_not_there(cast: Cast, odd: str) -> None:
    begin(cast)
    assert cast.client("officer").get(f"{FRONT}compare/?one={odd}&other={odd}").status_code == 404


# Beginning


def test_it_is_begun_with_its_due_day_by_size(cast: Cast) -> None:
    assert begin(cast).due_on == date(2027, 9, 30)
    assert begin(cast, size="under_1000").due_on == date(2027, 6, 30)
    assert "Due to the Ombudsman: Thursday 30 September, in" in words(cast, at(begin(cast)))


def test_with_exactly_1000_homes_the_day_is_asked_for(cast: Cast) -> None:
    answer = fill(cast.client("officer"), f"{FRONT}new/", size="exactly_1000", source="empty")
    assert any("Ask the Ombudsman" in each for each in errors_of(answer))
    assert begin(cast, size="exactly_1000", **day("due_on", "2027-08-01")).due_on == date(2027, 8, 1)


def test_a_year_that_runs_backwards_is_refused(cast: Cast) -> None:
    answer = fill(
        cast.client("officer"),
        f"{FRONT}new/",
        size="over_1000",
        source="empty",
        **day("last_day", "2025-01-01"),
    )
    assert errors_of(answer) == ["The last day must not be before the first."]


def test_the_source_of_another_landlord_cannot_be_chosen(cast: Cast) -> None:
    made = begin(cast)
    answer = fill(cast.client("stranger"), f"{FRONT}new/", size="over_1000", source=str(made.pk))
    assert errors_of(answer) == ["Choose one from the list."]


# Answering


def test_an_answer_is_saved_and_the_next_provision_follows(cast: Cast) -> None:
    made = begin(cast)
    answer = fill(
        cast.client("officer"), at(made, "provision/6.3/"), answer="yes", comment="See S.4", then="next"
    )
    assert answer["Location"] == at(made, "provision/6.4/")
    page = words(cast, at(made))
    assert "1 of 72 answered" in page
    assert boxes(cast.client("colleague").get(at(made, "provision/6.3/")))["comment"] == "See S.4"


def test_a_no_to_what_one_must_do_is_explained_and_dated(cast: Cast) -> None:
    made, client = begin(cast), cast.client("officer")
    address = at(made, "provision/6.3/")
    assert errors_of(fill(client, address, answer="no")) == ["Explain why you do not comply with 6.3."]
    answer = fill(client, address, answer="no", why_not="Too few staff.")
    assert errors_of(answer) == ["Give the day you will comply."]
    assert boxes(answer)["why_not"] == "Too few staff."
    answer = fill(client, address, answer="no", why_not="Too few staff.", **day("comply_by", "2027-03-31"))
    assert answer.status_code == 302


def test_whoever_was_second_sees_both_texts_and_loses_neither(cast: Cast) -> None:
    made = begin(cast)
    address = at(made, "provision/6.3/")
    mine = boxes(cast.client("colleague").get(address))
    fill(cast.client("officer"), address, answer="yes", comment="Ben's words")
    sent = mine | {"answer": "not_applicable", "comment": "Olive's words", "doing-1-what": "Olive's action"}
    answer = cast.client("colleague").post(address, sent)
    assert answer.status_code == 409
    assert "Ben Okafor answered it at 10:00." in text_of(answer)
    assert "Ben's words" in text_of(answer)
    kept = boxes(answer)
    assert (kept["comment"], kept["answer"], kept["doing-1-what"]) == (
        "Olive's words",
        "not_applicable",
        "Olive's action",
    )
    assert made.answers.get(provision="6.3").comment == "Ben's words"
    assert cast.client("colleague").post(address, kept).status_code == 302
    assert made.answers.get(provision="6.3").comment == "Olive's words"


def test_actions_are_added_row_by_row_and_shown_until_done(cast: Cast) -> None:
    made, client = begin(cast), cast.client("officer")
    address = at(made, "provision/6.3/")
    more = fill(client, address, answer="yes", comment="Typed", then="add-doing")
    assert boxes(more)["comment"] == "Typed"
    assert "doing-4-what" in boxes(more)
    fill(
        client,
        address,
        **{"doing-1-what": "Train", "doing-1-owner": "Ben"},
        **day("doing-1-due_on", "2026-11-27"),
    )
    assert "Train Friday 27 November, 2 working days late" in words(cast, FRONT)
    promised = made.actions.get()
    assert fill(client, f"{FRONT}improvements/{promised.pk}/", proof="Register").status_code == 302
    assert "Actions not yet done (0)" in words(cast, FRONT)
    assert cast.client("stranger").get(f"{FRONT}improvements/{promised.pk}/").status_code == 404


def test_an_action_with_an_owner_and_no_words_is_an_error(cast: Cast) -> None:
    made = begin(cast)
    answer = fill(cast.client("officer"), at(made, "provision/6.3/"), **{"doing-1-owner": "Ben"})
    assert errors_of(answer) == ["Enter what will be done."]


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "🏠" * 100, "\u202egnirts", "=1+1", "x" * 10_000, "a\r\n\r\nb"]
)
def test_what_is_typed_is_shown_as_text(cast: Cast, text: str) -> None:
    made = begin(cast)
    address = at(made, "provision/6.3/")
    fill(cast.client("officer"), address, answer="yes", comment=text)
    page = cast.client("auditor").get(address).content.decode()
    assert "<script>alert" not in page
    assert text.replace("\r\n", "\n") in unescape(page).replace("\r\n", "\n")


@pytest.mark.parametrize("text", ["x" * 10_001, "a\0b"])
def test_what_cannot_be_kept_is_said(cast: Cast, text: str) -> None:
    made = begin(cast)
    answer = fill(cast.client("officer"), at(made, "provision/6.3/"), answer="yes", comment=text)
    assert errors_of(answer)
    assert made.answers.get(provision="6.3").answer == ""


def test_a_question_of_2020_is_answered_in_words(cast: Cast) -> None:
    made = begin(cast, edition="2020")
    ref = next(ref for ref, each in provisions("2020").items() if each.answer != "yes_no")
    answer = fill(cast.client("officer"), at(made, f"provision/{ref}/"), comment="92%")
    assert answer.status_code == 302
    assert "1 of 36 answered" in words(cast, at(made))


# The record


def some_cases(cast: Cast) -> None:
    cast.open("2026-11-16T09:30", "2026-11-20T11:05")
    cast.open("2026-10-01T09:30", "2026-10-20T11:05")
    cast.receive("2026-11-30T09:30")
    cast.receive("2026-10-05T09:30")
    cast.receive("2026-10-05T09:30", landlord=cast.other_landlord)


def test_a_yes_against_the_record_is_argued_with_and_the_cases_are_one_press_away(cast: Cast) -> None:
    some_cases(cast)
    made = begin(cast)
    fill(cast.client("officer"), at(made, "provision/6.2/"), answer="yes")
    page = words(cast, at(made, "provision/6.2/"))
    assert "Suggested: Partly" in page
    assert "You say Yes. The record shows 2 cases that did not meet it. See the 2" in page
    assert "1 differ from the record" in words(cast, at(made))


def test_every_figure_opens_to_exactly_the_cases_it_counts(cast: Cast) -> None:
    from putright.evidence.measures.provisions import Period, cases_behind, counts

    some_cases(cast)
    made = begin(cast)
    period = Period(made.first_day, made.last_day, date(2026, 12, 1))
    seen = 0
    for ref, counted in counts(cast.landlord.pk, "2024", period).items():
        page = cast.client("officer").get(at(made, f"provision/{ref}/")).content.decode()
        for verdict in COUNTED:
            address = at(made, f"provision/{ref}/cases/{verdict}/")
            number = getattr(counted, str(verdict))
            assert re.search(rf'href="{address}">[^<]* {number}<', page), (ref, verdict)
            listed = set(re.findall(r"TV-26-\d{4}", cast.client("officer").get(address).content.decode()))
            behind = cases_behind(cast.landlord.pk, "2024", ref, Verdict(verdict), period)
            assert listed == set(behind.values_list("reference", flat=True)), (ref, verdict)
            assert len(listed) == number
            seen += number
    assert seen > 5


def test_an_overview_costs_a_few_statements_however_many_answers(cast: Cast) -> None:
    from django.db import connection

    some_cases(cast)
    made = ready(cast)
    client = cast.client("officer")
    client.get(at(made))
    for address in (at(made), at(made, "section/6/"), at(made, "provision/6.3/")):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 15, (address, [each["sql"][:90] for each in asked])


# The year round


def test_nothing_goes_on_with_provisions_unanswered(cast: Cast) -> None:
    made = begin(cast)
    assert "72 provisions have no answer." in words(cast, at(made))
    answer = cast.client("officer").post(
        at(made, "step/reviewed/"), {"key": str(uuid.uuid4()), "body": "Lead"}
    )
    assert answer.status_code == 409
    assert newest().state == "draft"


def test_each_step_stands_with_its_body_day_and_words(cast: Cast) -> None:
    made = ready(cast)
    fill(
        cast.client("officer"),
        at(made, "step/reviewed/"),
        body="Head of Homes",
        says="Good.",
        **day("on", "2026-11-30"),
    )
    page = words(cast, at(made))
    assert "Reviewed Monday 30 November, Head of Homes Good." in page
    assert "Seen by the Member Responsible for Complaints" in page
    assert "sent for review" in words(cast, at(made, "provision/6.3/"))
    fill(cast.client("officer"), at(made, "step/draft/"), says="One figure was wrong.")
    assert newest().state == "draft"
    assert "Sent back" in words(cast, at(made))


def test_what_is_late_asks_why_when_it_is_published(cast: Cast) -> None:
    made = ready(cast, **day("due_on", "2026-11-30"))
    assert "1 working day late" in words(cast, at(made))
    for state in ("reviewed", "seen", "responded"):
        fill(cast.client("officer"), at(made, f"step/{state}/"), body="Board", says="Yes.")
    answer = fill(cast.client("officer"), at(made, "step/published/"), body="Ben")
    assert errors_of(answer) == ["It is late. Give the reason."]
    answer = fill(
        cast.client("officer"), at(made, "step/published/"), body="Ben", late_because="The board met late."
    )
    assert answer.status_code == 302


def test_a_published_one_is_open_to_all_and_stays_while_cases_change(cast: Cast) -> None:
    cast.open()
    made = published(cast)
    address = f"{FRONT}published/tern-valley/{made.pk}/"
    before = cast.client().get(address)
    assert before.status_code == 200
    assert "We accept this." in text_of(before)
    assert "Tern Valley Homes" in before.content.decode()
    drafted = begin(cast)
    then = words(cast, at(drafted, "provision/6.2/"))
    cast.receive("2026-10-05T09:30")
    assert text_of(cast.client().get(address)) == text_of(before)
    assert text_of(cast.client("stranger").get(address)) == text_of(before)
    now = words(cast, at(drafted, "provision/6.2/"))
    assert "Breached 0" in then
    assert "Breached 1" in now
    assert "Met 1, Breached 0" in words(cast, at(made, "provision/6.2/"))


def test_what_is_not_published_is_open_to_nobody(cast: Cast) -> None:
    made = ready(cast)
    for rest in ("", "csv/"):
        assert cast.client().get(f"{FRONT}published/tern-valley/{made.pk}/{rest}").status_code == 404
        assert cast.client().get(f"{FRONT}published/heron-court/{made.pk}/{rest}").status_code == 404


# Files


@pytest.mark.parametrize(
    ("format", "begins"),
    [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype"), ("csv", b"\xef\xbb\xbf"), ("json", b"{")],
)
def test_the_form_comes_in_five_formats(cast: Cast, format: str, begins: bytes) -> None:
    made = ready(cast)
    answer = cast.client("auditor").get(at(made, f"file/{format}/"))
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert "attachment" in answer["Content-Disposition"]


def test_a_formula_in_a_comment_does_not_run_in_the_table(cast: Cast) -> None:
    made = ready(cast)
    made.answers.filter(provision="6.3").update(comment='=HYPERLINK("http://example.org")')
    table = cast.client("officer").get(at(made, "file/csv/")).content.decode("utf-8-sig")
    assert not re.search(r'(^|,)"?=', table, re.M)


# Papers


def test_a_paper_is_added_shown_weaker_and_taken_out(cast: Cast) -> None:
    client = cast.client("officer")
    made = begin(cast)
    answer = fill(
        client,
        f"{FRONT}papers/new/",
        kind="policy",
        title="Complaints policy",
        section="S.9.3",
        supports="3.1, 6.3\n9.1",
        file=SimpleUploadedFile("policy.txt", b"What we do when somebody complains."),
        **day("review_on", "2026-11-30"),
    )
    assert answer.status_code == 302, errors_of(answer)
    page = words(cast, f"{FRONT}papers/", "auditor")
    assert "Past its review day: weaker" in page
    assert "3.1 (2024), 6.3 (2024), 9.1 (2024)" in page
    assert "Complaints policy, S.9.3: Past its review day: weaker" in words(cast, at(made, "provision/9.1/"))
    from putright.evidence.self_assessments.models import Paper

    held = Paper.objects.get()
    copy = cast.client("auditor").get(f"{FRONT}papers/{held.pk}/file/")
    assert b"".join(copy.streaming_content) == b"What we do when somebody complains."
    for rest in ("", "end/", "file/"):
        assert cast.client("stranger").get(f"{FRONT}papers/{held.pk}/{rest}").status_code == 404
    fill(client, f"{FRONT}papers/{held.pk}/", reachable="no", **day("review_on", "2027-11-30"))
    assert "Cannot be reached: weaker" in words(cast, f"{FRONT}papers/")
    fill(client, f"{FRONT}papers/{held.pk}/end/", reason="Replaced.")
    assert "No paper yet." in words(cast, f"{FRONT}papers/")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"supports": "6.99"}, "The 2024 Code has no provision 6.99."),
        ({"address": "javascript:alert(1)"}, "A web address must begin with https:// or http://."),
        ({"kind": ""}, "Choose what it is."),
    ],
)
def test_a_paper_that_cannot_be_kept_says_why(cast: Cast, given: dict[str, str], says: str) -> None:
    answer = fill(
        cast.client("officer"), f"{FRONT}papers/new/", **{"kind": "policy", "title": "Policy"} | given
    )
    assert says in errors_of(answer)


def test_a_paper_of_two_editions_keeps_the_one_that_is_not_shown(cast: Cast) -> None:
    client = cast.client("officer")
    fill(client, f"{FRONT}papers/new/", kind="policy", title="Policy", supports="2.1", edition="2022")
    from putright.evidence.self_assessments.models import Paper

    held = Paper.objects.get()
    fill(client, f"{FRONT}papers/{held.pk}/", supports="3.1", edition="2024")
    assert set(held.supports.values_list("edition", "provision")) == {("2022", "2.1"), ("2024", "3.1")}


# Reading in and carrying forward


PRINTED = {"6.3": "163"}
FORM_2022 = "\n".join(
    [
        "<html><body><h1>Self-assessment against the Complaint Handling Code</h1><table>",
        "<tr><th>Code section</th><th>Code requirement</th><th>Comply: Yes/No</th><th>Evidence</th></tr>",
        *(
            f"<tr><td>{ref}</td><td>{each.summary}</td><td>{PRINTED.get(ref, 'Yes')}</td><td>Policy {ref}</td></tr>"
            for ref, each in provisions("2022").items()
        ),
        "</table></body></html>",
    ]
)


def upload(cast: Cast, content: bytes, name: str = "form.html", who: str = "officer") -> Any:
    sent = {"key": str(uuid.uuid4()), "file": SimpleUploadedFile(name, content)}
    return cast.client(who).post(f"{FRONT}read/", sent)


def test_an_earlier_form_is_checked_kept_and_carried_forward(cast: Cast) -> None:
    answer = upload(cast, FORM_2022.encode())
    assert "Check what was read: 2022 Code" in text_of(answer)
    assert newest() is None
    page = text_of(answer)
    assert page.index("163") < page.index("The others")
    sent = boxes(answer) | {"p6-3-answer": "partly"}
    sent |= day("first_day", "2025-01-01") | day("last_day", "2025-12-31")
    kept = cast.client("officer").post(f"{FRONT}read/keep/", sent)
    assert kept.status_code == 302
    old = newest()
    assert (old.edition, old.came_from) == ("2022", "form.html")
    rows = {each.provision: each for each in old.answers.all()}
    assert rows["6.3"].answer == "partly"
    assert rows["6.3"].printed["answer"] == "163"
    assert rows["1.2"].comment == "Policy 1.2"
    made = begin(cast, source=str(old.pk))
    page = words(cast, at(made, "provision/1.4/"))
    assert "The Code has changed. Was should, now must." in page
    assert "Last year 1.4 Yes Policy 1.4" in page
    assert made.answers.get(provision="5.12").answer == "yes"
    assert "Asked again: the Code changed." in words(cast, at(made))
    side = words(cast, f"{FRONT}compare/?one={made.pk}&other={old.pk}")
    assert "5.12" in side


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2", b"%PDF-1.7 broken", b"PK\3\4 broken", b"Dear Sir, the lift is broken. Yours, A. Tenant"],
)
def test_a_file_that_is_no_form_is_told_and_nothing_is_kept(cast: Cast, content: bytes) -> None:
    answer = upload(cast, content)
    assert answer.status_code == 200
    assert errors_of(answer)
    assert newest() is None


def test_what_was_corrected_by_hand_is_not_lost_to_an_error(cast: Cast) -> None:
    sent = boxes(upload(cast, FORM_2022.encode())) | {"p1-2-comment": "My correction"}
    answer = cast.client("officer").post(f"{FRONT}read/keep/", sent)
    assert errors_of(answer) == ["Give the first day.", "Give the last day."]
    assert boxes(answer)["p1-2-comment"] == "My correction"
    assert newest() is None


def test_an_edition_that_is_none_is_sent_back_to_the_file(cast: Cast) -> None:
    answer = cast.client("officer").post(f"{FRONT}read/keep/", {"key": str(uuid.uuid4()), "edition": "1999"})
    assert answer["Location"] == f"{FRONT}read/"
    assert notices_of(cast.client("officer").get(FRONT)) == []
