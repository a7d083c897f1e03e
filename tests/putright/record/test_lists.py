"""Lists of cases, page by page: every case once, in its order, whichever way one goes."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from putright.record.cases import lists
from putright.record.cases.lists import BY_DUE_DAY, BY_RECEIPT, BY_RISK, Mark
from putright.record.cases.models import Case
from putright.record.cases.queries import of_landlord

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 12, 1)
ORDERED = {
    BY_DUE_DAY: ("next_due_on", "id"),
    BY_RECEIPT: ("-received_on", "-id"),
    BY_RISK: ("-risk", "next_due_on", "id"),
}


@pytest.fixture
def filled(scene):
    """A landlord with cases of every degree of risk, many on the same day."""
    random = Random(11)
    version = scene.case.procedure
    Case.objects.bulk_create(
        Case(
            landlord=scene.landlord,
            reference=f"X-{number:04}",
            procedure=version,
            received_on=BEGAN - timedelta(days=random.randint(0, 9)),
            next_due_on=None if random.random() < 0.1 else BEGAN + timedelta(days=random.randint(-5, 5)),
            next_due="respond",
            risk=random.choice((0, 0, 0, 1, 4, 5, 16, 31)),
        )
        for number in range(300)
    )
    return scene.landlord


def wanted(landlord, order):
    found = of_landlord(landlord.pk).filter(**{f"{order.day}__isnull": False})
    return list(found.order_by(*ORDERED[order]).values_list("reference", flat=True))


@pytest.mark.parametrize("order", ORDERED)
@pytest.mark.parametrize("size", [1, 7, 50, 400])
def test_pages_one_after_the_other_hold_every_case_once_in_order(filled, order, size):
    seen, after = [], None
    while True:
        page = lists.page(of_landlord(filled.pk), order, after, size=size)
        assert (page.before is None) is (after is None)
        seen += [line.reference for line in page.lines]
        after = page.after
        if after is None:
            break
        assert Mark.read(str(after)) == after
    assert seen == wanted(filled, order)


def _mark_of_last(landlord, order):
    """The mark of the row before the last, so that the last page is one row."""
    rows = of_landlord(landlord.pk).filter(**{f"{order.day}__isnull": False}).order_by(*ORDERED[order])
    row = rows[rows.count() - 2]
    return Mark(getattr(row, order.day), row.pk, row.risk if order.worst_first else None)


@pytest.mark.parametrize("order", ORDERED)
def test_going_back_from_the_last_row_shows_all_before_it(filled, order):
    all_of_them = wanted(filled, order)
    last = lists.page(of_landlord(filled.pk), order, _mark_of_last(filled, order))
    assert [line.reference for line in last.lines] == all_of_them[-1:]
    found, before = [], last.before
    while before is not None:
        page = lists.page(of_landlord(filled.pk), order, before=before, size=9)
        found = [line.reference for line in page.lines] + found
        before = page.before
    assert found == all_of_them[:-1]


@pytest.mark.parametrize("order", ORDERED)
def test_all_of_a_list_is_every_case_in_order(filled, order):
    found = [line.reference for line in lists.all_of(of_landlord(filled.pk), order, size=64)]
    assert found == wanted(filled, order)


def test_a_page_by_risk_asks_for_one_statement_and_a_second_where_a_degree_ends(filled):
    degrees = [line.risk for line in lists.all_of(of_landlord(filled.pk), BY_RISK)]
    after, asked = None, []
    while True:
        with CaptureQueriesContext(connection) as statements:
            page = lists.page(of_landlord(filled.pk), BY_RISK, after, size=10)
        asked.append(len(statements))
        after = page.after
        if after is None:
            break
    assert asked[0] == 1
    assert max(asked) == 2
    assert asked.count(2) <= len(set(degrees)) + 1
    assert not any("OFFSET" in each["sql"] for each in statements)


@pytest.mark.parametrize(
    "text", ["", "x", "2026-12-01", "2026-12-01.1.99999", "2026-12-01.1.-1", "2026-13-01.1.1"]
)
def test_what_names_no_row_is_passed_over(text):
    assert Mark.read(text) is None


def test_a_row_of_a_list_by_day_begins_a_list_by_risk_at_its_head(filled):
    page = lists.page(of_landlord(filled.pk), BY_RISK, Mark(BEGAN, 5))
    assert [line.reference for line in page.lines] == wanted(filled, BY_RISK)[:50]
    assert page.before is None


def test_counts_are_of_each_group_and_stop_at_their_bound(filled, monkeypatch):
    cases = of_landlord(filled.pk)
    groups = {
        "all": cases,
        "none": cases.none(),
        "some": cases.filter(risk__gt=0),
        "odd": cases.filter(reference="it's 100%"),
    }
    with CaptureQueriesContext(connection) as statements:
        found = lists.counts(groups)
    assert len(statements) == 1
    assert found == {name: group.count() for name, group in groups.items()}
    monkeypatch.setattr(lists, "COUNTED", 20)
    assert lists.counts(groups)["all"] == 21
    assert lists.counts({}) == {}
    assert lists.counts({"none": cases.none()}) == {"none": 0}
