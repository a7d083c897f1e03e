"""Whatever is done to a case, in whatever order, its index says what its journal says."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from complaint_rules.events import EVENTS, Actor
from complaint_rules.roles import ROLES
from putright.casework import fields, verb
from putright.casework.act import NotDone
from putright.record.accounts.models import User
from putright.record.cases.models import Case
from putright.record.journal.models import Entry
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.upkeep.running.verify import verify

LONDON = ZoneInfo("Europe/London")
PROFILES = ["", "womens-pioneer", "frontline-2021", "redditch"]
VALUES = {
    fields.Words: st.sampled_from(["Damp in the hall.", "Cara said soon.", "مرحبا 🏚", " "]),
    fields.Label: st.sampled_from(["repairs", "staff"]),
    fields.Number: st.integers(1, 4),
    fields.Pence: st.integers(0, 90000),
    fields.CaseReference: st.sampled_from(["TV-21-0001", "TV-25-0001", "TV-25-0002", "no case"]),
    bool: st.booleans(),
    int: st.integers(1, 10),
}


def value_of(kind, draw, on, staff):
    """Some value that a field of this kind may hold."""
    if kind is date:
        return on + timedelta(days=draw(st.integers(-3, 40)))
    if kind is datetime:
        return datetime(on.year, on.month, on.day, 8, tzinfo=LONDON)
    if kind in (fields.Staff, fields.SharedWith):
        return draw(st.sampled_from([*staff, "resident"] if kind is fields.SharedWith else staff))
    if kind in VALUES:
        return draw(VALUES[kind])
    if kind is fields.PointDecided:
        return fields.PointDecided(
            draw(st.integers(1, 3)), draw(st.sampled_from(["upheld", "not_upheld"])), "Seen."
        )
    if kind is fields.ToDo:
        return fields.ToDo("Mend it", on + timedelta(days=draw(st.integers(0, 40))))
    if kind is fields.Sum:
        return fields.Sum(1000, "distress")
    if kind is fields.OutcomeAnswer:
        return fields.OutcomeAnswer(draw(st.integers(1, 3)), draw(st.sampled_from(["yes", "no", "not_ours"])))
    if kind is fields.DutiesStated:
        return fields.DutiesStated("Keep it dry.", draw(st.sampled_from(["Let us in.", None])))
    if kind is fields.LeftAsIs:
        return fields.LeftAsIs("“soon” gives no day.", "It is in the quotation.")
    if kind is fields.WayElsewhere:
        return fields.WayElsewhere(
            draw(st.sampled_from(["tribunal", "the vet"])), on if draw(st.booleans()) else None
        )
    if kind is fields.IssueFound:
        return fields.IssueFound("Delay", "maladministration")
    arguments = getattr(kind, "__args__", ())
    if getattr(kind, "__origin__", None) is list:
        return [value_of(arguments[0], draw, on, staff) for _ in range(draw(st.integers(1, 2)))]
    if getattr(kind, "__origin__", None) is dict:
        return {}
    options = [each for each in arguments if each is not type(None)]
    return (
        value_of(options[0], draw, on, staff)
        if options and not isinstance(options[0], str | int)
        else (draw(st.sampled_from(fields._choices(kind))))
    )


class AnyRunOfActions(TestCase):
    @given(st.data())
    @settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
    def test_index_and_journal_agree(self, data):
        landlord = Landlord.objects.create(name="Tern", slug="tern", prefix="TV")
        profile = data.draw(st.sampled_from(PROFILES))
        ProcedureVersion.objects.create(
            landlord=landlord, number=1, in_force_on=date(2020, 1, 1), profile=profile
        )
        staff = [str(User.objects.create(email=f"{n}@x.example", name=n).pk) for n in ("Cara", "Ben", "Dev")]
        on = data.draw(
            st.sampled_from([date(2021, 5, 3), date(2022, 3, 30), date(2024, 2, 27), date(2025, 12, 15)])
        )
        officer = Actor("staff", staff[0], "complaints_officer")
        case = verb("receive")(
            landlord, by=officer, at=nine(on), channel="email", account="x", points=["a", "b"]
        ).case

        for name in data.draw(st.lists(st.sampled_from(sorted(EVENTS)), min_size=3, max_size=14)):
            on += timedelta(days=data.draw(st.integers(0, 8)))
            role = data.draw(st.sampled_from(["complaints_officer"] * 6 + list(ROLES)))
            actor = Actor("staff", data.draw(st.sampled_from(staff)), role)
            given_fields = {
                each.name: value_of(each.kind, data.draw, on, staff)
                for each in verb(name).fields.values()
                if each.required or data.draw(st.booleans())
            }
            with suppress(NotDone):
                verb(name)(case, by=actor, at=nine(on), **given_fields)

        assert verify().differences == []
        assert Case.objects.get(pk=case.pk).entries == Entry.objects.filter(case=case.pk).count()


def nine(on):
    return datetime(on.year, on.month, on.day, 9, tzinfo=LONDON)
