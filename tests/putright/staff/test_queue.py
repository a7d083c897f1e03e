"""What is due, and every case: what each line says, how lists are narrowed, and what they cost."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from typing import Any

import pytest
from cast import TODAY, Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext

MOST_STATEMENTS = 8
MOST_BYTES = 60_000


def page_of(cast: Cast, address: str = "/queue/", who: str = "officer") -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200, address
    return html.unescape(answer.content.decode())


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def references(page: str) -> list[str]:
    """The cases on the lines of a list, in their order."""
    return re.findall(r'pr-case__reference" href="/cases/([^/]+)/"', page)


def groups(page: str) -> dict[str, list[str]]:
    """The cases under each heading."""
    parts = re.split(r'<h2 class="govuk-heading-m">([^<]+)</h2>', page)
    return {title: references(body) for title, body in zip(parts[1::2], parts[2::2], strict=True)}


def counted(page: str) -> dict[str, str]:
    return dict(re.findall(r'<a class="govuk-link" href="[^"]*when=[^"]*"[^>]*>([^:<]+): ([^<]+)</a>', page))


def due(cast: Cast, day: Any, name: str = "respond", **more: Any) -> Any:
    """A case with this due day in its index; lists read nothing else."""
    from putright.record.cases.models import Case

    case = cast.open()
    Case.objects.filter(pk=case.pk).update(next_due_on=day, next_due=name, **more)
    return case


# The groups


def test_a_case_stands_under_late_today_soon_or_later_by_its_due_day(cast: Cast) -> None:
    # Tuesday 1 December 2026: the fifth working day after it is Tuesday 8 December.
    made = {days: due(cast, TODAY + timedelta(days=days)).reference for days in (-1, 0, 1, 7, 8)}
    assert groups(page_of(cast)) == {
        "Late": [made[-1]],
        "Today": [made[0]],
        "Next 5 working days": [made[1], made[7]],
        "Later": [made[8]],
    }


def test_the_next_five_working_days_reach_over_a_weekend_and_bank_holidays(cast: Cast) -> None:
    # From Wednesday 23 December 2026: Thursday 24; then Christmas Day (Friday), a weekend and the substitute
    # day for Boxing Day (Monday); Tuesday 29, Wednesday 30 and Thursday 31; New Year's Day; Monday 4 January.
    cast.clock.set("2026-12-23T10:00")
    fifth = due(cast, date(2027, 1, 4)).reference
    after = due(cast, date(2027, 1, 5)).reference
    assert groups(page_of(cast)) == {"Next 5 working days": [fifth], "Later": [after]}


def test_due_today_is_not_late_until_tomorrow(cast: Cast) -> None:
    case = cast.open(acknowledged="2026-11-17T12:00")  # ten working days: Tuesday 1 December
    cast.clock.set("2026-12-01T23:59")
    assert groups(page_of(cast)) == {"Today": [case.reference]}
    assert "Tue 1 Dec , today" in text_of(page_of(cast))
    cast.clock.set("2026-12-02T00:00")
    page = page_of(cast)
    assert groups(page) == {"Late": [case.reference]}
    assert "Tue 1 Dec , 1 working day late" in text_of(page)


def test_an_emergency_is_late_from_its_hour_on_and_leads_the_queue(cast: Cast) -> None:
    late = due(cast, TODAY - timedelta(days=5))
    emergency = cast.receive("2026-11-30T14:00", hazard="emergency")
    assert groups(page_of(cast)) == {"Late": [late.reference], "Today": [emergency.reference]}
    assert "Tue 1 Dec 14:00, today" in text_of(page_of(cast))
    cast.clock.set("2026-12-01T14:01")
    page = page_of(cast)
    assert groups(page) == {"Late": [emergency.reference, late.reference]}
    assert "Tue 1 Dec 14:00, late" in text_of(page)


def test_an_emergency_past_its_hour_leads_however_many_are_late(cast: Cast) -> None:
    from putright.record.cases.models import Case

    emergency = cast.receive("2026-11-30T09:00", hazard="emergency")
    many(cast, 60, lambda n: TODAY - timedelta(days=30))
    first = references(page_of(cast))
    assert first[0] == emergency.reference
    assert len(first) == 51  # fifty, and the emergency before them
    after = re.search(r'href="(/queue/\?[^"]*after=[^"]*)"', page_of(cast))
    assert after is not None
    second = references(page_of(cast, after[1]))
    assert emergency.reference not in second
    assert len(first) + len(second) == Case.objects.filter(next_due_on__isnull=False).count()


def test_a_line_says_what_is_due_when_who_has_it_and_where_it_stands(cast: Cast) -> None:
    case = cast.open()
    page = page_of(cast)
    assert "Nothing is due" not in page
    line = text_of(page[page.index("pr-case__reference") :])
    assert case.reference in line
    assert "Amira Yusuf" in line
    assert "Answer stage 1" in line
    assert "Fri 4 Dec , in 3 working days" in line
    assert "Open, stage 1 . Cara Lind" in line
    assert f'href="/cases/{case.reference}/why/respond/"' in page


def test_what_is_due_is_said_in_plain_words(cast: Cast) -> None:
    for name, said in (
        ("promise:2", "Promise 2"),
        ("hazard_make_safe", "Hazard: make safe"),
        ("order:1", "Order 1"),
    ):
        due(cast, TODAY, name)
        assert said in page_of(cast)


def test_a_case_with_the_ombudsman_or_asked_for_stage_2_is_marked(cast: Cast) -> None:
    due(cast, TODAY, with_ombudsman=True)
    due(cast, TODAY, request_waits=True)
    page = page_of(cast)
    assert "With the Ombudsman" in page
    assert "Stage 2 asked for" in page


def test_a_case_that_nobody_has_says_so(cast: Cast) -> None:
    cast.receive()
    assert "No handler" in page_of(cast)


def test_a_case_with_nothing_due_is_only_among_all_cases(cast: Cast) -> None:
    case = cast.open()
    cast.do("withdraw", case, reason="Moved away", read_at=None)
    assert references(page_of(cast)) == []
    assert "Nothing is due." in page_of(cast)
    assert references(page_of(cast, "/cases/")) == [case.reference]
    assert "Withdrawn" in page_of(cast, "/cases/")
    assert "Nothing is due" in page_of(cast, "/cases/")


# Filters


def test_filters_narrow_by_handler_stage_state_and_words(cast: Cast) -> None:
    mine = due(cast, TODAY, handler=cast.officer)
    theirs = due(cast, TODAY)
    nobodys = due(cast, TODAY, handler=None, stage=2, state="responded")
    other = cast.receive(
        "2026-11-30T09:00", resident=cast.other_resident, account="Bins", points=["Bins not emptied"]
    )
    for query, wanted in (
        ("handler=me", {mine}),
        ("handler=nobody", {nobodys, other}),
        (f"handler={cast.investigator.pk}", {theirs}),
        ("stage=2", {nobodys}),
        ("state=responded", {nobodys}),
        ("state=received", {other}),
        ("q=bins", {other}),
        ("q=nowak", {other}),
        ("q=mill row", {other}),
        ("q=SEDGE", {mine, theirs, nobodys}),
        ("q=damp&handler=me&stage=1", {mine}),
        ("q=damp&handler=me&stage=2", set()),
    ):
        for address in ("/queue/", "/cases/"):
            found = set(references(page_of(cast, f"{address}?{query}")))
            assert found == {case.reference for case in wanted}, address + query


def test_chosen_filters_are_shown_and_each_can_be_removed(cast: Cast) -> None:
    cast.open()
    page = page_of(cast, "/queue/?handler=nobody&stage=1&q=damp&when=late")
    tags = re.findall(r'pr-chosen__tag" href="([^"]*)">(.*?)</a>', page)
    chosen = {re.sub(r"<[^>]+>|×", "", text).strip(): address for address, text in tags}
    assert chosen == {
        "Remove filter: “damp”": "/queue/?handler=nobody&stage=1&when=late",
        "Remove filter: Handler: Nobody": "/queue/?q=damp&stage=1&when=late",
        "Remove filter: Stage 1": "/queue/?q=damp&handler=nobody&when=late",
        "Remove filter: Late": "/queue/?q=damp&handler=nobody&stage=1",
    }
    assert '<a class="govuk-link" href="/queue/">Clear filters</a>' in page


def test_applying_filters_keeps_the_group_that_is_shown(cast: Cast) -> None:
    assert '<input type="hidden" name="when" value="late">' in page_of(cast, "/queue/?when=late")


@pytest.mark.parametrize(
    "query",
    [
        "handler=999999",
        "handler=abc",
        "stage=3",
        "state=nonsense",
        "when=never",
        "after=yesterday",
        "after=2026-13-01.5",
        "after=2026-12-01.99999999999999999999",
        "before=2026-12-01.-1",
        "after=2026-12-01.１",
        "q=" + "x" * 5000,
        "q=%00",
        "q=%22",
        "q=*",
        "q=a%20OR%20b",
        "q=NEAR(",
        "q='%20%7C%20%21%26:*",
        "q=%F0%9F%98%80",
        "stage=1&stage=2",
    ],
)
def test_what_cannot_be_read_in_an_address_is_passed_over(cast: Cast, query: str) -> None:
    cast.open()
    for address in ("/queue/", "/cases/"):
        assert cast.client("officer").get(f"{address}?{query}").status_code == 200


def test_every_count_is_a_link_to_what_it_counts(cast: Cast) -> None:
    for days in (-3, -2, 0, 1, 30):
        due(cast, TODAY + timedelta(days=days))
    page = page_of(cast)
    assert counted(page) == {"Late": "2", "Today": "1", "Next 5 working days": "1", "Later": "1"}
    for name, number in (("late", 2), ("today", 1), ("soon", 1), ("later", 1)):
        assert len(references(page_of(cast, f"/queue/?when={name}"))) == number


def test_counts_follow_the_filters(cast: Cast) -> None:
    due(cast, TODAY, handler=cast.officer)
    due(cast, TODAY)
    assert counted(page_of(cast, "/queue/?handler=me"))["Today"] == "1"


# Search


def test_a_whole_reference_goes_straight_to_its_case(cast: Cast) -> None:
    case = cast.open()
    for typed in (case.reference, case.reference.lower(), f"  {case.reference} "):
        for address in ("/queue/", "/cases/"):
            answer = cast.client("officer").get(address, {"q": typed})
            assert answer["Location"] == f"/cases/{case.reference}/"


def test_a_reference_of_another_landlord_goes_nowhere(cast: Cast) -> None:
    case = cast.open()
    page = cast.client("stranger").get("/cases/", {"q": case.reference}).content.decode()
    assert references(page) == []


def test_part_of_a_reference_is_found_like_any_word(cast: Cast) -> None:
    case = cast.open()
    assert references(page_of(cast, f"/cases/?q={case.reference[-4:]}")) == [case.reference]
    assert references(page_of(cast, "/cases/?q=TV-26")) == [case.reference]


def test_names_with_hyphens_and_apostrophes_are_found_by_their_parts(cast: Cast) -> None:
    from putright.record.people import records

    person = records.add(cast.landlord, "Siobhán O'Neill-Featherstone", "Flat 2/4, 9 Alder Walk")
    case = cast.receive(resident=person)
    for words in ("neill", "O'Neill", "featherstone", "Alder Walk 9", "flat 2/4", "siobhán", "SIOBHAN"):
        assert references(page_of(cast, f"/cases/?q={words}")) == [case.reference], words


def test_names_in_any_script_are_found(cast: Cast) -> None:
    from putright.record.people import records

    for name, words in (
        ("أميرة يوسف", "يوسف"),
        ("Łukasz Żak", "zak"),
        ("李 伟", "李"),
        ("Ольга Иванова", "иванова"),
    ):
        case = cast.receive(resident=records.add(cast.landlord, name))
        assert references(page_of(cast, f"/cases/?q={words}")) == [case.reference], name


def test_the_search_at_the_head_of_every_page_looks_through_everything(cast: Cast) -> None:
    assert 'action="/search/" method="get" role="search"' in page_of(cast)


# Pages


def many(cast: Cast, how_many: int, day: Any, **more: Any) -> None:
    """Cases by the thousand, as their index: lists read no further."""
    from putright.record.cases import words
    from putright.record.cases.models import Case
    from putright.record.landlords.models import ProcedureVersion

    version = ProcedureVersion.objects.get(landlord=cast.landlord)
    given = {"state": "open", "stage": 1, "handler": cast.investigator, "resident": cast.resident} | more
    start = Case.objects.count()
    made = Case.objects.bulk_create(
        Case(
            landlord=cast.landlord,
            reference=f"TV-25-{start + number:05}",
            procedure=version,
            received_on=TODAY - timedelta(days=number // 7),
            next_due_on=day(number),
            next_due="respond",
            words=f"TV-25-{start + number:05} Amira Yusuf 14 Sedge Court damp",
            **given,
        )
        for number in range(how_many)
    )
    words.write(made)


def walk(cast: Cast, address: str, way: str = "after") -> list[list[str]]:
    """Every page from this one on, by its own links."""
    found = []
    while address:
        page = page_of(cast, address)
        found.append(references(page))
        link = re.search(rf'href="([^"]*[?&]{way}=[^"]*)"', page)
        address = link[1] if link else ""
        assert len(found) < 50
    return found


@pytest.mark.parametrize(
    ("address", "order"),
    [
        ("/queue/", ("next_due_on", "id")),
        ("/cases/", ("-received_on", "-id")),
        ("/cases/?q=damp", ("-received_on", "-id")),
    ],
)
def test_pages_of_fifty_hold_every_case_once_in_order(
    cast: Cast, address: str, order: tuple[str, ...]
) -> None:
    from putright.record.cases.models import Case

    many(cast, 173, lambda number: TODAY + timedelta(days=number % 5 - 2))
    wanted = list(Case.objects.order_by(*order).values_list("reference", flat=True))
    pages = walk(cast, address)
    assert [len(page) for page in pages] == [50, 50, 50, 23]
    assert [reference for page in pages for reference in page] == wanted


def test_going_back_shows_the_same_pages(cast: Cast) -> None:
    many(cast, 120, lambda number: TODAY + timedelta(days=number % 3))
    forwards = walk(cast, "/queue/?stage=1")
    last = page_of(cast, "/queue/?stage=1")
    for _ in range(2):
        last_address = re.search(r'href="([^"]*after=[^"]*)"', last)
        assert last_address
        last = page_of(cast, last_address[1])
    back = re.search(r'href="([^"]*before=[^"]*)"', last)
    assert back
    assert "stage=1" in back[1]
    assert walk(cast, back[1], "before") == forwards[1::-1]


def test_one_page_has_no_other_pages(cast: Cast) -> None:
    many(cast, 50, lambda number: TODAY)
    assert "pr-pager" not in page_of(cast)


def test_a_case_that_left_the_list_leaves_no_gap(cast: Cast) -> None:
    from putright.record.cases.models import Case

    many(cast, 100, lambda number: TODAY + timedelta(days=number))
    page = page_of(cast)
    link = re.search(r'href="([^"]*after=[^"]*)"', page)
    assert link
    Case.objects.filter(reference__in=references(page)).update(next_due_on=None)
    assert len(references(page_of(cast, link[1]))) == 50


# What it costs


def cost(cast: Cast, address: str) -> tuple[int, int, list[str]]:
    client = cast.client("officer")
    client.get(address)
    with CaptureQueriesContext(connection) as statements:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(statements), len(answer.content), [each["sql"] for each in statements]


@pytest.mark.parametrize(
    "address", ["/queue/", "/queue/?handler=me&stage=1&q=damp", "/cases/", "/cases/?q=damp&state=open"]
)
def test_a_list_costs_the_same_for_ten_cases_and_a_thousand(cast: Cast, address: str) -> None:
    several = {"handler": cast.officer}
    many(cast, 10, lambda number: TODAY + timedelta(days=number % 20 - 10), **several)
    few, _, _ = cost(cast, address)
    many(cast, 990, lambda number: TODAY + timedelta(days=number % 20 - 10), **several)
    lots, size, statements = cost(cast, address)
    assert few == lots <= MOST_STATEMENTS
    assert size < MOST_BYTES
    assert not any("OFFSET" in statement for statement in statements)
    assert all("LIMIT 501" in statement for statement in statements if "COUNT(" in statement)


def test_a_late_page_of_the_queue_costs_what_the_first_does(cast: Cast) -> None:
    many(cast, 400, lambda number: TODAY + timedelta(days=number % 40))
    first, _, _ = cost(cast, "/queue/")
    middle, _, _ = cost(cast, "/queue/?after=2026-12-20.100")
    assert middle <= first <= MOST_STATEMENTS


def test_beyond_five_hundred_a_count_says_more_than(cast: Cast) -> None:
    many(cast, 501, lambda number: TODAY)
    many(cast, 500, lambda number: TODAY + timedelta(days=1))
    found = counted(page_of(cast))
    assert (found["Today"], found["Next 5 working days"]) == ("more than 500", "500")


# Nothing there


def test_an_empty_queue_says_what_would_be_here(cast: Cast) -> None:
    page = page_of(cast)
    assert "Nothing is due." in page
    assert 'href="/cases/"' in page
    assert "No complaint has been recorded yet." in page_of(cast, "/cases/")


def test_filters_that_fit_nothing_can_be_cleared(cast: Cast) -> None:
    cast.open()
    for address in ("/queue/", "/cases/"):
        page = page_of(cast, f"{address}?state=refused")
        assert "No cases match." in page
        assert "Clear filters" in page


def test_names_are_shown_as_they_are_and_harm_nothing(cast: Cast) -> None:
    from putright.record.people import records

    person = records.add(cast.landlord, "<script>alert(1)</script>", "‮edoc tfeL")
    cast.receive(resident=person)
    answer = cast.client("officer").get("/queue/").content.decode()
    assert "<script>alert" not in answer
    assert "<bdi>&lt;script&gt;alert(1)&lt;/script&gt;</bdi>" in answer
