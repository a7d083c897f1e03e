"""Earlier complaints on every case: of the resident, of the household, about the property (Code 2022, 5.4)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from cast import Cast
from django.db import connection
from django.test.utils import CaptureQueriesContext
from form_filling import page_of, text_of

from putright.record.cases import earlier
from putright.record.cases.models import Case
from putright.record.people import records as people
from putright.record.people.models import Person

HOME = "14 Sedge Court, Ternford TN1 1AA"


def lives(
    cast: Cast, name: str, since: str | None = None, until: str | None = None, home: str = HOME
) -> Person:
    person = Person.objects.create(landlord=cast.landlord, name=name, address=home)
    days = {key: date.fromisoformat(day) for key, day in (("since", since), ("until", until)) if day}
    people.live_at(person, people.home_at(cast.landlord, home), **days)
    return person


def of(cast: Cast, person: Person | None, at: str = "2026-06-01T09:00", **given: Any) -> Case:
    return cast.receive(at, resident=person, account="Damp.", points=["Damp"], **given)


def shown(cast: Cast, case: Case, by: str = "officer", address: str = "") -> dict[str, list[str]]:
    """The references under each heading of the case page."""
    answer = cast.client(by).get(address or f"/cases/{case.reference}/")
    assert answer.status_code == 200
    page, found = page_of(answer), {}
    for heading in page.xpath("//h2[@id='earlier']/following-sibling::h3[following::h2[@id='timeline']]"):
        links = heading.xpath("following-sibling::ul[1]/li/a[1]/text()")
        found[heading.text_content()] = [str(each) for each in links]
    return found


def test_each_earlier_complaint_stands_under_one_heading_only(cast: Cast) -> None:
    amira = lives(cast, "Amira Yusuf", since="2020-05-01")
    karim = lives(cast, "Karim Yusuf", since="2021-01-01", until="2024-03-01")
    before = lives(cast, "Mrs Before", since="2010-01-01", until="2020-05-01")
    elsewhere = lives(cast, "Next Door", home="15 Sedge Court, Ternford TN1 1AA")
    now = of(cast, amira, "2026-11-16T09:00")
    own, theirs, earlier = (of(cast, each) for each in (amira, karim, before))
    Case.objects.filter(pk__in=[theirs.pk, earlier.pk]).update(home=now.home)
    of(cast, elsewhere)
    assert shown(cast, now) == {
        "Of this resident": [own.reference],
        "Of the household": [theirs.reference],
        "About this property, before or since": [earlier.reference],
    }


def test_whoever_left_on_the_day_another_came_is_no_household(cast: Cast) -> None:
    amira = lives(cast, "Amira Yusuf", since="2020-05-01")
    before = lives(cast, "Mrs Before", until="2020-05-01")
    now, other = of(cast, amira), of(cast, before)
    Case.objects.filter(pk=other.pk).update(home=now.home)
    assert list(shown(cast, now)) == ["About this property, before or since"]


def test_a_joint_tenant_who_left_keeps_what_they_say_of_their_new_home_to_themselves(cast: Cast) -> None:
    amira = lives(cast, "Amira Yusuf", since="2020-05-01")
    karim = lives(cast, "Karim Yusuf", since="2020-05-01", until="2024-03-01")
    new = people.home_at(cast.landlord, "3 Mill Row, Ternford TN2 2BB")
    people.live_at(karim, new, since=date(2024, 3, 1))
    now, secret = of(cast, amira), of(cast, karim)
    assert secret.home_id == new.pk
    assert shown(cast, now) == {}


def test_cases_that_say_nothing_of_a_home_are_found_by_the_address(cast: Cast) -> None:
    amira, karim = lives(cast, "Amira Yusuf"), lives(cast, "Karim Yusuf")
    now, old = of(cast, amira, "2026-11-16T09:00"), of(cast, karim)
    Case.objects.filter(pk__in=[now.pk, old.pk]).update(home=None)
    assert shown(cast, now) == {"Of the household": [old.reference]}


def test_how_each_was_answered_is_said_and_no_address(cast: Cast) -> None:
    amira, karim = lives(cast, "Amira Yusuf"), lives(cast, "Karim <b>Yusuf</b>")
    now = of(cast, amira, "2026-11-16T09:00")
    old = of(cast, karim, "2026-10-01T09:00", category="damp")
    answer(cast, old)
    said = text_of(cast.client("officer").get(f"/cases/{now.reference}/"))
    assert (
        f"{old.reference} Karim <b>Yusuf</b>, Responded, stage 1, received Thu 1 Oct, damp, partly upheld"
        in said
    )
    listed = said[said.index("Earlier complaints (") : said.index("Timeline")]
    assert "Sedge" not in listed
    assert "TN1" not in listed


def answer(cast: Cast, case: Case) -> None:
    from putright.casework.fields import PointDecided, Sum

    cast.do("add_point", case, point="Nobody came", related=True)
    decisions = [PointDecided(1, "upheld", "Damp was seen."), PointDecided(2, "not_upheld", "Somebody came.")]
    cast.do("respond", case, "investigator", decisions=decisions, compensation=[Sum(1000, "distress")])


def test_an_empty_list_says_so_and_an_unknown_resident_has_none(cast: Cast) -> None:
    case = of(cast, None)
    of(cast, None)
    said = text_of(cast.client("officer").get(f"/cases/{case.reference}/"))
    assert "None recorded: of this resident, of the household or about the property." in said


def test_the_newest_ten_are_shown_and_the_rest_a_link_away_at_the_same_cost(cast: Cast) -> None:
    amira = lives(cast, "Amira Yusuf")
    karim = lives(cast, "Karim Yusuf")
    case = of(cast, amira, "2026-11-16T09:00")
    of(cast, amira), of(cast, karim)
    costs = [cost(cast, case)]
    for number in range(12):
        of(cast, amira, f"2026-07-{number + 1:02}T09:00")
        of(cast, karim, f"2026-08-{number + 1:02}T09:00")
    costs.append(cost(cast, case))
    assert costs[0] == costs[1]
    found = shown(cast, case)
    assert [len(each) for each in found.values()] == [10, 10]
    assert (
        found["Of this resident"][0] == Case.objects.get(resident=amira, received_on="2026-07-12").reference
    )
    page = page_of(cast.client("officer").get(f"/cases/{case.reference}/earlier/"))
    assert [len(each.xpath("li")) for each in page.xpath("//main//ul")] == [13, 13]


def cost(cast: Cast, case: Case) -> int:
    client = cast.client("officer")
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/cases/{case.reference}/").status_code == 200
    return len(asked)


def test_where_more_stands_round_a_case_than_is_read_at_once_the_groups_are_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    amira = lives(cast, "Amira Yusuf", since="2020-01-01")
    karim, before = (
        lives(cast, "Karim Yusuf", since="2024-01-01"),
        lives(cast, "Mrs Before", until="1999-01-01"),
    )
    case = of(cast, amira, "2026-11-16T09:00")
    led_to = of(cast, before, "2026-11-20T09:00")
    Case.objects.filter(pk=led_to.pk).update(opened_from=case)
    merged = of(cast, amira)
    Case.objects.filter(pk=merged.pk).update(merged_into=case)
    homeless = [of(cast, each, "2026-05-01T09:00") for each in (karim, before)]
    Case.objects.filter(pk__in=[each.pk for each in homeless]).update(home=None)
    for number, each in enumerate((amira, karim, before, None)):
        own = of(cast, each, f"2026-08-0{number + 1}T09:00")
        Case.objects.filter(pk=own.pk).update(home=case.home)
    found = [(shown(cast, case), around(cast, case))]
    assert [len(each) for each in found[0][0].values()] == [1, 2, 4]
    monkeypatch.setattr(earlier, "READ_AT_ONCE", 2)
    found.append((shown(cast, case), around(cast, case)))
    assert found[0] == found[1]


def around(cast: Cast, case: Case) -> list[str]:
    return [each.reference for each in earlier.around(Case.objects.get(pk=case.pk)).named]


@pytest.mark.parametrize("who", ["stranger", None])
def test_all_of_them_are_shown_only_to_those_who_may_see_the_case(cast: Cast, who: str | None) -> None:
    case = of(cast, lives(cast, "Amira Yusuf"))
    answer = cast.client(who).get(f"/cases/{case.reference}/earlier/")
    unknown = cast.client(who).get("/cases/TV-26-9999/earlier/")
    assert answer.status_code == unknown.status_code == (302 if who is None else 404)


def test_days_a_hundred_years_apart_and_homes_with_nobody_are_no_trouble(cast: Cast) -> None:
    amira = lives(cast, "Amira Yusuf", since="1926-01-01", until="2126-01-01")
    case = of(cast, amira, str(cast.clock.now - timedelta(days=1))[:16].replace(" ", "T"))
    assert shown(cast, case) == {}
