"""What a letter holds is kept by the actions: facts in the entry, words beside it, advice marked as privileged."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from complaint_rules.events import Actor, Duties, Elsewhere, OutcomeAnswered
from putright.casework import fields, verb
from putright.casework.act import NeedsMore, Refused
from putright.casework.naming import at_landlord, known_to_case
from putright.record.accounts.models import Membership, User
from putright.record.accounts.queries import titles_held_alone
from putright.record.cases.reading import open_file
from putright.record.journal.models import Text
from putright.record.landlords.models import Landlord, ProcedureVersion
from putright.record.people.models import Person

pytestmark = pytest.mark.django_db

LONDON = ZoneInfo("Europe/London")
ADVICE = (
    "The repairing covenant probably covers the gutter and we would very likely lose in the county court."
)
DECIDED = [{"point": 1, "decision": "not_upheld", "reasons": "The log shows no stop."}]
PROCEDURE = """
name: with-contractors
stages:
  - {name: First look, handled_by: the team}
  - {name: Second look, handled_by: a director}
contractors: [Fixit Lifts Ltd, Obi Drainage]
"""


class Scene:
    def __init__(self, edition: str = "2024", document: str = "") -> None:
        self.landlord = Landlord.objects.create(name="Tern Valley", slug="tern", prefix="TV")
        changes = {} if document else {"edition": edition}
        ProcedureVersion.objects.create(
            landlord=self.landlord, number=1, in_force_on=date(2020, 1, 1), changes=changes, document=document
        )
        self.ben = self.member("Ben Okafor", "complaints_officer", "Complaints officer")
        self.cara = self.member("Cara Lind", "investigator", "Head of Repairs")
        amira = Person.objects.create(landlord=self.landlord, name="Amira Ben-Yusuf")
        self.case = self.do(
            "receive", "2025-06-02", self.landlord, channel="email", account="The lift stops.", points=["lift stops"],
            outcomes=["lift mended", "money back"], _resident=amira,
        ).case  # fmt: skip

    def member(self, name: str, role: str, title: str = "") -> Actor:
        user = User.objects.create(email=f"{name.split()[0].lower()}@tern.example", name=name)
        Membership.objects.create(user=user, landlord=self.landlord, roles=[role], title=title)
        return Actor("staff", str(user.pk), role)

    def do(self, name, on, subject=None, by=None, _resident=None, **given):
        action = verb(name)
        cleaned = fields.clean(action.function, given)
        more = {"resident": _resident} if _resident else {}
        at = datetime.fromisoformat(f"{on}T09:00").replace(tzinfo=LONDON)
        return action(subject or self.case, by=by or self.ben, at=at, **cleaned, **more)

    def acknowledged(self):
        self.do("acknowledge", "2025-06-03", definition="The lift stops.")
        return self

    def words(self, entry):
        rows = Text.objects.filter(case=self.case.pk, entry_number=entry.number)
        return dict(rows.values_list("name", "text"))

    def event(self, entry):
        return open_file(self.case).by_number[entry.number]


def test_the_answer_to_each_outcome_is_a_fact_and_its_why_stands_beside_the_journal():
    scene = Scene().acknowledged()
    entry = scene.do(
        "respond", "2025-06-06", by=scene.cara, decisions=DECIDED,
        outcomes=[{"outcome": 1, "answer": "yes"}, {"outcome": 2, "answer": "no", "why": "Nothing was paid."}],
    ).entry  # fmt: skip
    assert scene.event(entry).outcomes == (OutcomeAnswered(1, "yes"), OutcomeAnswered(2, "no", why=True))
    assert scene.words(entry)["answered.2"] == "Nothing was paid."
    assert "Nothing was paid" not in str(entry.data)
    assert open_file(scene.case).outcomes() == ["lift mended", "money back"]


def test_a_draft_keeps_its_outcomes_duties_and_what_was_left_as_it_is():
    scene = Scene().acknowledged()
    entry = scene.do(
        "draft_response", "2025-06-06", by=scene.cara, decisions=DECIDED, duties={"theirs": "Let us in."},
        outcomes=[{"outcome": 1, "answer": "not_ours"}],
        left_because=[{"remark": "“soon” gives no day.", "because": "We do not know it."}],
    ).entry  # fmt: skip
    draft = scene.event(entry)
    assert draft.outcomes == (OutcomeAnswered(1, "not_ours"),)
    assert draft.duties == Duties(ours=False, theirs=True)
    assert entry.data["told"]["left_because"] == 1
    assert scene.words(entry)["left_because.1"] == "We do not know it."
    assert "We do not know it" not in str(entry.data)


@pytest.mark.parametrize(
    "duties", [{"ours": "Keep it in repair."}, {"theirs": "Let us in."}, {"ours": " ", "theirs": " "}]
)
def test_the_answer_needs_the_duties_of_both_sides_where_they_are_at_issue(duties):
    scene = Scene().acknowledged()
    with pytest.raises(NeedsMore) as need:
        scene.do("respond", "2025-06-06", by=scene.cara, decisions=DECIDED, duties=duties)
    assert need.value.judgement.needs == ["duties"]


@pytest.mark.parametrize("name", ["refuse_complaint", "decline_escalation"])
def test_a_refusal_keeps_where_the_matter_went(name):
    scene = Scene()
    if name == "decline_escalation":
        scene.acknowledged()
        scene.do("respond", "2025-06-06", by=scene.cara, decisions=DECIDED)
        scene.do("request_escalation", "2025-06-09")
    ways = [
        {"route": "homelessness_review", "by": "2025-06-30"},
        {"route": "insurer", "no_limit": True},
        {"route": "the library", "by": "2025-06-20"},
    ]
    given = {"ground": "already_considered", "reasons": "Answered in May.", "ombudsman_right_given": True}
    entry = scene.do(name, "2025-06-10", elsewhere=ways, **given).entry
    assert scene.event(entry).elsewhere == (
        Elsewhere("homelessness_review", date(2025, 6, 30)),
        Elsewhere("insurer", no_limit=True),
        Elsewhere(None, date(2025, 6, 20)),
    )
    assert scene.words(entry)["elsewhere.3"] == "the library"
    assert "library" not in str(entry.data)


def test_nowhere_to_go_is_not_the_same_as_nothing_said():
    scene = Scene()
    given = {"ground": "already_considered", "reasons": "Answered in May.", "ombudsman_right_given": True}
    refused = scene.do("refuse_complaint", "2025-06-04", elsewhere=[], **given).entry
    assert scene.event(refused).elsewhere == ()
    scene.do("reopen", "2025-06-05", reason="She rang.")
    again = scene.do("refuse_complaint", "2025-06-06", **given).entry
    assert scene.event(again).elsewhere is None


def test_advice_is_marked_as_privileged_and_so_is_what_mends_it():
    scene = Scene()
    entry = scene.do(
        "record_advice", "2025-06-03", by=scene.cara, advice=ADVICE, adviser="Marsh and Reed"
    ).entry
    assert entry.data["told"] == {"privileged": True}
    assert "covenant" not in str(entry.data)
    new = {"advice": "We would win."}
    mended = scene.do("correct", "2025-06-03", entry=entry.number, reason="Misheard.", fields=new)
    assert mended.entry.data["told"] == {"privileged": True}
    assert open_file(scene.case).words(entry.number, "advice") == "We would win."
    again = scene.do(
        "correct", "2025-06-03", entry=mended.entry.number, strike=True, reason="It was right at first."
    )
    assert again.entry.data["told"] == {"privileged": True}
    other = scene.do(
        "correct", "2025-06-03", entry=1, reason="Misheard.", fields={"account": "The lift stops twice."}
    )
    assert "told" not in other.entry.data


def test_an_answer_that_repeats_advice_is_refused_wherever_the_words_stand():
    scene = Scene().acknowledged()
    scene.do("record_advice", "2025-06-03", by=scene.cara, advice=ADVICE, adviser="Marsh and Reed")
    told = "The  repairing covenant\nprobably covers THE gutter, and we would pay."
    for given in (
        {"decisions": [DECIDED[0] | {"reasons": told}]},
        {"decisions": DECIDED, "letter": f"Stage 1. {told}"},
        {"decisions": DECIDED, "outcomes": [{"outcome": 1, "answer": "no", "why": told}]},
        {"decisions": DECIDED, "duties": {"ours": told, "theirs": "Let us in."}},
    ):
        with pytest.raises(Refused) as refusal:
            scene.do("respond", "2025-06-06", by=scene.cara, **given)
        assert [each.ref for each in refusal.value.judgement.refused] == ["advice_privileged"]
        warned = scene.do("draft_response", "2025-06-06", by=scene.cara, **given).warnings
        assert "advice_privileged" in [each.ref for each in warned]
    in_our_words = [DECIDED[0] | {"reasons": "The gutter is ours to mend."}]
    assert scene.do("respond", "2025-06-06", by=scene.cara, decisions=in_our_words).entry


# Whom a letter may name


LETTER = """Stage 1. You complain that the lift stops. We do not uphold this because the log shows no stop. You can ask
for stage 2 if you are unhappy. {more}"""


def letter_of(scene, more):
    scene.acknowledged()
    entry = scene.do(
        "respond", "2025-06-06", by=scene.cara, decisions=DECIDED, letter=LETTER.format(more=more)
    ).entry
    return scene.event(entry).letter


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("Dear Ms Ben-Yusuf, Amira.", False),  # the resident, though half her name is an officer's
        ("Ben Okafor called.", True),
        ("The Head of Repairs called.", True),  # a title that one person holds
        ("A repairs manager called.", False),
    ],
)
def test_a_letter_may_name_the_resident_and_no_title_that_one_person_holds(more, names):
    assert letter_of(Scene("2022"), more).names_staff is names


def test_a_title_that_two_hold_names_nobody():
    scene = Scene("2022")
    scene.member("Dev Rao", "investigator", "head of  repairs")
    assert titles_held_alone(scene.landlord.pk) == ["Complaints officer"]
    assert not letter_of(scene, "The Head of Repairs called.").names_staff


def test_a_title_of_somebody_who_has_left_names_nobody():
    scene = Scene("2022")
    User.objects.filter(name="Cara Lind").update(is_active=False)
    assert titles_held_alone(scene.landlord.pk) == ["Complaints officer"]


def test_a_letter_names_the_landlords_contractors_and_calls_the_stage_by_its_own_name():
    scene = Scene(document=PROCEDURE)
    words = "This is our First look. You complain that the lift stops. We do not uphold this because Fixit Lifts Ltd "
    words += "saw no stop. You can ask for stage 2."
    scene.acknowledged()
    entry = scene.do("respond", "2025-06-06", by=scene.cara, decisions=DECIDED, letter=words).entry
    letter = scene.event(entry).letter
    assert letter.names_staff
    assert "stage" not in letter.lacks


def test_before_a_letter_goes_the_names_of_everybody_at_the_landlord_are_looked_for():
    scene = Scene(document=PROCEDURE)
    scene.member("Dev Rao", "reviewer")
    procedure = open_file(scene.case).complaint.procedure
    wide = at_landlord(scene.case, procedure)
    assert set(wide.names) == {"Ben Okafor", "Cara Lind", "Dev Rao", "Fixit Lifts Ltd", "Obi Drainage"}
    assert wide.except_for == ("Amira Ben-Yusuf",)
    known = known_to_case(scene.case, procedure, {scene.ben.person, ""})
    assert set(known.names) == {"Ben Okafor", "Fixit Lifts Ltd", "Obi Drainage"}
