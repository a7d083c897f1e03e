"""Ways to look at the queue: each filter, the order by risk, counts that agree with the rows, the file to download."""

from __future__ import annotations

import csv
import html
import io
import re
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from urllib.parse import urlencode

import pytest
from cast import MEMBERS, TODAY, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from queue_pages import join, page_of, references, set_index, walk

DAMAGING = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", '=HYPERLINK("x")', "＝1")


def title(page: str) -> str:
    found = re.search(r"<h1[^>]*>([^<]*)</h1>", page)
    assert found
    return found[1]


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


# Filters


def test_each_filter_holds_what_it_says(cast: Cast) -> None:
    join(cast, "officer", "Complaints")
    join(cast, "colleague", "Complaints")
    join(cast, "investigator", "Repairs")
    plain = set_index(cast.open(), handler=cast.colleague)
    damp = set_index(cast.open(category="Damp and mould"), handler=None)
    wrote = set_index(cast.open(channel="letter"), handler=cast.officer)
    needs = set_index(cast.open(needs=["Asthma"]), handler=None)
    grave = set_index(cast.receive(hazard="emergency", at_risk=True), handler=cast.investigator)
    drafted = set_index(cast.open(), draft_waits=True, handler=None)
    appealed = set_index(cast.open(), with_ombudsman=True, handler=None)
    every = {plain, damp, wrote, needs, grave, drafted, appealed}
    for query, wanted in (
        ("", every),
        ("team=Complaints", {plain, wrote}),
        ("team=mine", {plain, wrote}),
        ("team=Repairs", {grave}),
        ("team=Nobody+works+here", every),
        ("category=Damp+and+mould", {damp}),
        ("category=damp+and+mould", set()),
        ("channel=letter", {wrote}),
        ("channel=pigeon", every),
        ("needs=on", {needs}),
        ("needs=1", every),
        ("risk=any", {needs, grave}),
        ("risk=needs", {needs}),
        ("risk=at_risk", {grave}),
        ("risk=emergency_hazard", {grave}),
        ("risk=significant_hazard", set()),
        ("risk=8", every),
        ("draft=on", {drafted}),
        ("ombudsman=on", {appealed}),
        ("risk=any&needs=on&channel=telephone", {needs}),
        ("order=risk", every),
        ("order=random()", every),
    ):
        found = set(references(page_of(cast, f"/queue/?{query}")))
        assert found == {case.reference for case in every if case in wanted}, query


def test_a_case_of_somebody_who_has_left_is_still_their_teams(cast: Cast) -> None:
    join(cast, "investigator", "Repairs")
    join(cast, "colleague", "Repairs")
    case = set_index(cast.open(), handler=cast.investigator)
    cast.investigator.is_active = False
    cast.investigator.save()
    assert references(page_of(cast, "/queue/?team=Repairs")) == [case.reference]
    page = page_of(cast, f"/queue/?handler={cast.investigator.pk}")
    assert references(page) == [case.reference]
    assert "Handler: Cara Lind" in page


def test_who_has_no_team_has_no_team_to_look_at(cast: Cast) -> None:
    case = cast.open()
    page = page_of(cast, "/queue/?team=mine")
    assert references(page) == [case.reference] or "My team" in page


def test_chosen_filters_are_told_in_words_and_each_is_removable(cast: Cast) -> None:
    join(cast, "officer", "Complaints & <b>more</b>")
    query = urlencode(
        {
            "q": "damp",
            "team": "Complaints & <b>more</b>",
            "handler": "nobody",
            "stage": "1",
            "state": "open",
            "category": '"><script>',
            "risk": "at_risk",
            "needs": "on",
            "channel": "telephone",
            "ombudsman": "on",
            "draft": "on",
            "when": "late",
            "order": "risk",
        }
    )
    answer = cast.client("officer").get(f"/queue/?{query}")
    body = answer.content.decode()
    assert "<script>" not in body.replace('<script type="module"', "")
    assert "<b>more" not in body
    tags = re.findall(r'pr-chosen__tag" href="([^"]*)">(.*?)</a>', body)
    told = [html.unescape(re.sub(r"<[^>]+>|×", "", text)).strip() for _, text in tags]
    assert told == [
        f"Remove filter: {each}"
        for each in (
            "“damp”",
            "Team: Complaints & <b>more</b>",
            "Handler: Nobody",
            "Stage 1",
            "Open",
            'Category: "><script>',
            "Said to be at risk",
            "Has needs",
            "Came by: Telephone",
            "With the Ombudsman",
            "Draft to check",
            "Late",
        )
    ]
    for address, text in tags:
        page = page_of(cast, html.unescape(address))
        left = re.findall(r'pr-chosen__tag" href="[^"]*">(.*?)</a>', page)
        assert len(left) == len(tags) - 1, text
        assert "order=risk" in address


def test_the_panel_keeps_what_was_typed_and_never_another_search(cast: Cast) -> None:
    cast.open(category="Damp and mould")
    for words in ("first search", '"><script>', "second"):
        page = (
            cast.client("officer").get("/queue/", {"q": words, "category": "Damp and mould"}).content.decode()
        )
        typed = re.search(r'<input class="govuk-input" id="id_q"[^>]*value="([^"]*)"', page)
        assert typed
        assert html.unescape(typed[1]) == words
        assert '<option value="Damp and mould" selected>' in page


def test_a_category_in_the_address_is_offered_though_no_case_has_it(cast: Cast) -> None:
    page = page_of(cast, "/queue/?category=Bees")
    assert '<option value="Bees" selected>Bees</option>' in page


def test_nothing_is_kept_from_one_visit_to_the_next(cast: Cast) -> None:
    first, second = cast.open(), set_index(cast.open(), stage=2)
    client = cast.client("officer")
    assert references(client.get("/queue/?stage=2").content.decode()) == [second.reference]
    assert set(references(client.get("/queue/").content.decode())) == {first.reference, second.reference}


@pytest.mark.parametrize(
    "query",
    [
        "team=%00",
        "team=" + "x" * 5000,
        "category=%00",
        "category=" + "x" * 5000,
        "risk=any%00",
        "risk=-1",
        "risk[]=any",
        "needs=on&needs=off",
        "channel=" + "%F0%9F%98%80" * 50,
        "when=late%27--",
        "order=-risk",
        "order=risk&after=2026-12-01.5",
        "order=risk&after=2026-12-01.5.9999",
        "order=risk&after=2026-12-01.5.99999999999",
        "order=risk&before=0001-01-01.0.0",
        "after=2026-12-01.5.3",
        "handler=%D9%A1",
        "handler=" + "9" * 400,
        "view=999999999999999999999999",
        "view=x%00",
        "%ED%A0%80=1&q=%ED%A0%80",
    ],
)
def test_what_cannot_be_read_is_passed_over(cast: Cast, query: str) -> None:
    cast.open()
    for address in ("/queue/", "/queue/download/", "/queue/views/new/", "/cases/"):
        assert cast.client("officer").get(f"{address}?{query}").status_code == 200, address


# By risk


def test_by_risk_the_worst_stands_first_and_says_why(cast: Cast) -> None:
    calm = set_index(cast.open(), next_due_on=TODAY - timedelta(days=9))
    late_needs = set_index(cast.open(needs=["Asthma"]), next_due_on=TODAY - timedelta(days=3))
    needs = cast.open(needs=["Asthma"])
    said = cast.open(at_risk=True, needs=["Asthma"])
    cast.do("dismiss_hazard", said, reason="Rang: they are safe with their sister.")
    grave = cast.receive(hazard="emergency")
    page = page_of(cast, "/queue/?order=risk")
    assert references(page) == [each.reference for each in (grave, said, late_needs, needs, calm)]
    told = re.findall(r"<b>((?:First|By) [^<]*)</b>", page)
    assert told == [
        "First because: emergency hazard not made safe.",
        "First because: said to be at risk; needs recorded.",
        "First because: needs recorded.",
        "First because: needs recorded.",
        "By its date: no risk is recorded.",
    ]
    assert "First because" not in page_of(cast, "/queue/")


def test_by_date_an_emergency_past_its_hour_says_why_it_leads(cast: Cast) -> None:
    set_index(cast.open(), next_due_on=TODAY - timedelta(days=9))
    case = cast.receive("2026-11-30T09:00", hazard="emergency")
    page = page_of(cast)
    assert references(page)[0] == case.reference
    assert "First because: its hour, 09:00 today, has passed." in page


def test_a_missed_promise_is_no_reason_of_risk(cast: Cast) -> None:
    case = cast.open()
    cast.do("promise", case, what="Look", due=TODAY - timedelta(days=20), at="2026-11-01T10:00")
    assert "By its date: no risk is recorded." in page_of(cast, "/queue/?order=risk")


def test_pages_by_risk_hold_every_case_once_in_order(cast: Cast) -> None:
    from putright.record.cases.models import Case

    many(cast, 230, Random(5))
    wanted = Case.objects.filter(next_due_on__isnull=False).order_by("-risk", "next_due_on", "id")
    assert walk(cast, "/queue/?order=risk") == list(wanted.values_list("reference", flat=True))


# Counts agree with the rows


def many(cast: Cast, how_many: int, random: Random) -> None:
    """Cases of every kind as their index: lists read no further."""
    from putright.record.cases import words
    from putright.record.cases.models import Case
    from putright.record.landlords.models import ProcedureVersion

    version = ProcedureVersion.objects.get(landlord=cast.landlord)
    start = Case.objects.count()
    made = []
    for number in range(start, start + how_many):
        day = TODAY + timedelta(days=random.choice((-9, -1, 0, 0, 0, 1, 3, 7, 8, 40)))
        hour = datetime(day.year, day.month, day.day, random.choice((8, 9, 11, 15)), tzinfo=UTC)
        risk = random.choice((0, 0, 0, 1, 2, 4, 8, 16, 17, 31))
        made.append(
            Case(
                landlord=cast.landlord,
                reference=f"TV-25-{number:05}",
                procedure=version,
                received_on=TODAY - timedelta(days=number // 7),
                next_due_on=None if random.random() < 0.05 else day,
                next_due_at=hour if random.random() < 0.2 else None,
                next_due=random.choice(("respond", "acknowledge", "promise:1")),
                resident=random.choice((cast.resident, cast.other_resident, None)),
                handler=random.choice((None, cast.officer, cast.colleague, cast.investigator)),
                state=random.choice(("received", "open", "responded", "closed")),
                stage=random.choice((1, 1, 2)),
                category=random.choice(("", "Damp and mould", "Repairs")),
                channel=random.choice(("telephone", "letter", "social_media")),
                risk=risk,
                has_needs=bool(risk & 1),
                draft_waits=random.random() < 0.1,
                with_ombudsman=random.random() < 0.1,
                words=random.choice(("damp", "bins", "damp bins")),
            )
        )
    words.write(Case.objects.bulk_create(made))


def filters_drawn(random: Random, cast: Cast) -> dict[str, str]:
    choices = {
        "q": ("damp", "bins", "damp bins"),
        "team": ("mine", "Repairs"),
        "handler": ("me", "nobody", str(cast.colleague.pk)),
        "stage": ("1", "2"),
        "state": ("open", "received"),
        "category": ("Damp and mould", "Repairs"),
        "risk": ("any", "needs", "at_risk", "emergency_hazard"),
        "needs": ("on",),
        "channel": ("telephone", "letter"),
        "ombudsman": ("on",),
        "draft": ("on",),
        "order": ("risk",),
    }
    names = random.sample(list(choices), random.choice((0, 1, 1, 2, 3)))
    return {name: random.choice(choices[name]) for name in names}


def satisfies(case: Any, asked: dict[str, str], cast: Cast, teams: dict[str, set[int]]) -> bool:
    """The filters said over again, on the case itself."""
    from complaint_rules import risk

    checks = {
        "q": lambda value: all(word in case.words.split() for word in value.split()),
        "team": lambda value: case.handler_id in teams["Complaints" if value == "mine" else value],
        "handler": lambda value: (
            case.handler_id
            == {"me": cast.officer.pk, "nobody": None, str(cast.colleague.pk): cast.colleague.pk}[value]
        ),
        "stage": lambda value: case.stage == int(value),
        "state": lambda value: case.state == value,
        "category": lambda value: case.category == value,
        "risk": lambda value: (
            bool(risk.told_by(case.risk)) if value == "any" else value in risk.told_by(case.risk)
        ),
        "needs": lambda value: case.has_needs,
        "channel": lambda value: case.channel == value,
        "ombudsman": lambda value: case.with_ombudsman,
        "draft": lambda value: case.draft_waits,
        "order": lambda value: True,
    }
    return case.next_due_on is not None and all(checks[name](value) for name, value in asked.items())


def group_of(case: Any, now: datetime) -> str:
    if case.next_due_on < TODAY or (
        case.next_due_on == TODAY and case.next_due_at and case.next_due_at < now
    ):
        return "late"
    if case.next_due_on == TODAY:
        return "today"
    return "soon" if case.next_due_on <= date(2026, 12, 8) else "later"


@pytest.mark.parametrize("seed", range(12))
def test_counts_rows_and_file_agree_whatever_is_asked(cast: Cast, seed: int) -> None:
    from putright.record.cases.models import Case

    random = Random(seed)
    join(cast, "officer", "Complaints")
    join(cast, "colleague", "Complaints")
    join(cast, "investigator", "Repairs")
    teams = {"Complaints": {cast.officer.pk, cast.colleague.pk}, "Repairs": {cast.investigator.pk}}
    many(cast, 180, random)
    every = list(Case.objects.all())
    for _ in range(3):
        asked = filters_drawn(random, cast)
        fit = [case for case in every if satisfies(case, asked, cast, teams)]
        address = f"/queue/?{urlencode(asked)}"
        page = page_of(cast, address)
        counted = {
            name: int(count)
            for name, count in re.findall(r'href="[^"]*when=(\w+)[^"]*"[^>]*>[A-Z][^:<]+: (\d+)</a>', page)
        }
        in_group = {name: [c for c in fit if group_of(c, cast.clock.now) == name] for name in counted}
        assert counted == {name: len(cases) for name, cases in in_group.items()}, asked
        assert sorted(walk(cast, address)) == sorted(case.reference for case in fit), asked
        due = sum(case.next_due_on is not None for case in every)
        filtered = set(asked) - {"order"}
        wanted = f"Queue: {len(fit)} of {due} cases" if filtered else f"Queue: {due} cases"
        assert title(page).startswith(wanted), asked
        for name, cases in in_group.items():
            only = f"{address}&when={name}"
            assert sorted(walk(cast, only)) == sorted(case.reference for case in cases), (asked, name)
            assert rows_of_file(cast, f"{urlencode(asked)}&when={name}") == walk(cast, only)
        assert rows_of_file(cast, urlencode(asked)) == walk(cast, address)


# The file


def file_of(cast: Cast, query: str = "", who: str = "officer") -> str:
    answer = cast.client(who).get(f"/queue/download/?{query}")
    assert answer.status_code == 200
    assert answer.streaming
    body = b"".join(answer.streaming_content)
    assert body.startswith(b"\xef\xbb\xbf")
    return body.decode("utf-8-sig")


def rows_of_file(cast: Cast, query: str = "", who: str = "officer") -> list[str]:
    return [row["Reference"] for row in csv.DictReader(io.StringIO(file_of(cast, query, who)))]


def test_the_file_holds_what_the_list_shows(cast: Cast) -> None:
    case = cast.receive("2026-11-30T14:00", hazard="emergency")
    answer = cast.client("officer").get("/queue/download/")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="queue-2026-12-01.csv"'
    assert "private" in answer["Cache-Control"]
    (row,) = csv.DictReader(io.StringIO(file_of(cast)))
    assert row == {
        "Reference": case.reference,
        "Resident": "Amira Yusuf",
        "State": "Received",
        "Handler": "",
        "Due next": "Hazard: investigate",
        "Due on": "2026-12-01",
        "Due at": "14:00",
        "When": "Today",
        "Received on": "2026-11-30",
        "With the Ombudsman": "no",
        "Stage 2 asked for": "no",
    }


@pytest.mark.parametrize("name", DAMAGING)
def test_no_cell_of_the_file_is_run_as_a_formula(cast: Cast, name: str) -> None:
    from putright.record.people import records

    cast.receive(resident=records.add(cast.landlord, name))
    (row,) = csv.DictReader(io.StringIO(file_of(cast)))
    assert row["Resident"].startswith("'")
    assert row["Resident"].lstrip("'").strip() == name.strip()


def test_names_of_any_kind_stand_whole_in_the_file(cast: Cast) -> None:
    from putright.record.people import records

    names = {'A "quoted", name', "O'Neill; Siobhán", "أميرة يوسف", "😀" * 30, "x" * 200}
    for name in names:
        cast.receive(resident=records.add(cast.landlord, name))
    found = [row["Resident"] for row in csv.DictReader(io.StringIO(file_of(cast), newline=""))]
    assert set(found) == names


def test_nothing_of_needs_or_risk_leaves_in_the_file(cast: Cast) -> None:
    cast.open(needs=["Asthma, and a violent ex-partner"], adjustments=["Ring after noon"], at_risk=True)
    told = file_of(cast).lower()
    for word in ("asthma", "partner", "noon", "needs", "risk"):
        assert word not in told


def test_a_file_of_many_is_asked_for_piece_by_piece(cast: Cast) -> None:
    many(cast, 1300, Random(2))
    client = cast.client("officer")
    with CaptureQueriesContext(connection) as statements:
        body = b"".join(client.get("/queue/download/").streaming_content)
    rows = list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
    assert len(rows) > 1000
    assert len(statements) < 12
    assert not any("OFFSET" in each["sql"] for each in statements)


@pytest.mark.parametrize("who", MEMBERS)
def test_whoever_sees_the_list_may_take_it_away_and_nobody_elses(cast: Cast, who: str) -> None:
    case = cast.open()
    assert rows_of_file(cast, who=who) == [case.reference]
    assert rows_of_file(cast, who="stranger") == []
    answer = cast.client().get("/queue/download/")
    assert answer["Location"].startswith("/sign-in")


# What it costs


@pytest.mark.parametrize("query", ["", "order=risk", "risk=any&category=Repairs&team=mine&needs=on"])
def test_the_queue_asks_for_few_statements_whatever_it_holds(cast: Cast, query: str) -> None:
    join(cast, "officer", "Complaints")
    asked = []
    for how_many in (10, 600):
        many(cast, how_many, Random(1))
        client = cast.client("officer")
        client.get(f"/queue/?{query}")
        with CaptureQueriesContext(connection) as statements:
            answer = client.get(f"/queue/?{query}")
        asked.append(len(statements))
        assert len(answer.content) < 80_000  # every line with all that a line can say
    assert asked[0] <= asked[1] <= 8  # one more where an emergency has passed its hour
