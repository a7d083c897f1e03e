"""Answering, signing and publishing; what two people do at once; and what a published assessment keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from complaint_rules.editions.provisions import provisions
from putright.evidence.measures.provisions import Period
from putright.evidence.self_assessments import actions, evidence, frozen, models, queries
from putright.record.journal.models import Entry, Text
from putright.record.landlords.own_chain import NotForThisRole, NotPossible

YEAR = {"first_day": date(2026, 1, 1), "last_day": date(2026, 12, 31)}


def begin(cast: Any, edition: str = "2024", **given: Any) -> models.Assessment:
    begun = actions.Begun(edition=edition, **(YEAR | given))
    return actions.start(cast.landlord, begun, by=cast.actor("officer"), at=cast.clock.now)


def say(cast: Any, made: models.Assessment, ref: str, answer: str = "yes", **given: Any) -> Any:
    version = given.pop("version", None)
    if version is None:
        version = made.answers.get(provision=ref).version
    who = given.pop("by", "officer")
    return actions.answer(
        made,
        ref,
        actions.Answered(answer, **given),
        version=version,
        by=cast.actor(who),
        at=cast.clock.now,
    )


def say_all(made: models.Assessment, answer: str = "yes") -> None:
    made.answers.update(answer=answer)


def sign(cast: Any, made: models.Assessment, state: str, **given: Any) -> models.Assessment:
    given = {"body": "Board", "on": date(2026, 12, 1)} | given
    return actions.sign(made, state, actions.Signed(**given), by=cast.actor("officer"), at=cast.clock.now)


def published(cast: Any, made: models.Assessment, **given: Any) -> models.Assessment:
    say_all(made)
    sign(cast, made, "reviewed")
    sign(cast, made, "seen")
    sign(cast, made, "responded", says="We accept it.")
    return sign(cast, made, "published", **given)


# Answering


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
def test_a_new_assessment_has_every_provision_and_no_answer(cast: Any, edition: str) -> None:
    made = begin(cast, edition)
    assert set(queries.rows_of(made)) == set(provisions(edition))
    assert not made.answers.exclude(answer="").exists()


def test_an_answer_is_an_entry_whose_words_stand_beside_it(cast: Any) -> None:
    made = begin(cast)
    say(cast, made, "1.2", comment="Amira told us so.")
    entry = Entry.objects.filter(verb="answer_provision").get()
    assert entry.data["answer"] == "yes"
    assert "Amira" not in str(entry.data)
    assert Text.objects.filter(entry_number=entry.number, name="comment").get().text == "Amira told us so."


def test_whoever_was_second_is_told_and_nothing_is_written_over(cast: Any) -> None:
    made = begin(cast)
    say(cast, made, "1.2", "yes", comment="Mine.", version=0)
    with pytest.raises(actions.AnsweredMeanwhile) as problem:
        say(cast, made, "1.2", "yes", comment="Theirs.", version=0, by="colleague")
    assert problem.value.row.comment == "Mine."
    assert problem.value.row.changed_by.name == "Ben Okafor"
    assert made.answers.get(provision="1.2").comment == "Mine."


def test_two_people_answer_two_provisions_at_once(cast: Any) -> None:
    made = begin(cast)
    say(cast, made, "1.2", version=0)
    say(cast, made, "1.3", version=0, by="colleague")
    assert made.answers.exclude(answer="").count() == 2


def test_the_same_sending_twice_answers_once(cast: Any) -> None:
    made, key = begin(cast), "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"
    for _ in range(2):
        actions.answer(
            made,
            "1.2",
            actions.Answered("yes"),
            version=0,
            by=cast.actor("officer"),
            at=cast.clock.now,
            key=key,
        )
    assert made.answers.get(provision="1.2").version == 1


@pytest.mark.parametrize("answer", ["no", "partly"])
def test_not_complying_with_a_must_is_explained_and_dated(cast: Any, answer: str) -> None:
    made = begin(cast)
    with pytest.raises(NotPossible, match=r"Explain why you do not comply with 6\.3"):
        say(cast, made, "6.3", answer)
    with pytest.raises(NotPossible, match="Give the day you will comply"):
        say(cast, made, "6.3", answer, why_not="Too few staff.")
    say(cast, made, "6.3", answer, why_not="Too few staff.", comply_by=date(2027, 3, 31))


def test_not_complying_with_a_should_needs_neither(cast: Any) -> None:
    made = begin(cast, "2022")
    ref = next(ref for ref, each in provisions("2022").items() if each.kind == "should")
    assert say(cast, made, ref, "no").answer == "no"


def test_what_will_be_done_is_kept_changed_and_taken_away(cast: Any) -> None:
    made = begin(cast)
    say(cast, made, "6.3", doing=(actions.Doing("Train", "Ben", date(2027, 1, 5)), actions.Doing("Check")))
    train, check = made.actions.order_by("pk")
    say(
        cast,
        made,
        "6.3",
        doing=(actions.Doing("Train all", "Ben", None, train.pk), actions.Doing("", pk=check.pk)),
    )
    assert [(each.what, each.due_on) for each in made.actions.all()] == [("Train all", None)]


def test_what_another_assessment_promised_is_not_reached_from_here(cast: Any) -> None:
    made, other = begin(cast), begin(cast, "2022")
    say(cast, other, "1.2", doing=(actions.Doing("Train"),))
    theirs = other.actions.get()
    say(cast, made, "1.2", doing=(actions.Doing("", pk=theirs.pk), actions.Doing("Mine", pk=theirs.pk)))
    assert other.actions.get().what == "Train"
    assert not made.actions.exists()


@pytest.mark.parametrize("member", ["board_member", "auditor", "investigator", "contact_staff"])
def test_a_role_that_does_not_answer_changes_nothing(cast: Any, member: str) -> None:
    made = begin(cast)
    with pytest.raises(NotForThisRole):
        say(cast, made, "1.2", by=member)
    assert not made.answers.exclude(answer="").exists()


# The year round


def test_nothing_goes_for_review_before_every_answer_is_there(cast: Any) -> None:
    made = begin(cast)
    say(cast, made, "1.2")
    with pytest.raises(NotPossible, match="71 provisions have no answer"):
        sign(cast, made, "reviewed")


def test_nothing_goes_for_review_with_a_no_that_is_not_explained(cast: Any) -> None:
    made = begin(cast)
    say_all(made)
    made.answers.filter(provision="6.3").update(answer="no")
    with pytest.raises(NotPossible, match=r"Explain and date what you do not comply with: 6\.3"):
        sign(cast, made, "reviewed")


def test_the_steps_come_in_their_order(cast: Any) -> None:
    made = begin(cast)
    say_all(made)
    for early in ("seen", "responded", "published"):
        with pytest.raises(NotPossible, match="Another step comes first"):
            sign(cast, made, early)
    done = published(cast, made)
    assert [each.state for each in queries.steps_standing(done)] == [
        "reviewed",
        "seen",
        "responded",
        "published",
    ]


def test_two_bodies_each_sign_their_part(cast: Any) -> None:
    made = begin(cast)
    say_all(made)
    sign(cast, made, "reviewed", body="Arm's-length manager", part="Handling of complaints")
    with pytest.raises(NotPossible, match="which part"):
        sign(cast, made, "reviewed", body="Council")
    sign(cast, made, "reviewed", body="Council", part="Allocations")
    assert made.sign_offs.filter(state="reviewed").count() == 2


def test_the_governing_body_says_something(cast: Any) -> None:
    made = begin(cast)
    say_all(made)
    sign(cast, made, "reviewed")
    sign(cast, made, "seen")
    with pytest.raises(NotPossible, match="response"):
        sign(cast, made, "responded")


@pytest.mark.parametrize(
    ("day", "says"), [(date(2026, 12, 2), "today or earlier"), (date(2026, 11, 29), "The step before")]
)
def test_a_step_has_a_day_that_can_be(cast: Any, day: date, says: str) -> None:
    made = begin(cast)
    say_all(made)
    sign(cast, made, "reviewed", on=date(2026, 11, 30))
    with pytest.raises(NotPossible, match=says):
        sign(cast, made, "seen", on=day)


def test_what_is_published_late_says_why(cast: Any) -> None:
    made = begin(cast, due_on=date(2026, 11, 30))
    with pytest.raises(NotPossible, match="It is late"):
        published(cast, made)
    done = sign(cast, made, "published", late_because="The board met late.")
    assert done.frozen["late_because"] == "The board met late."


def test_on_its_due_day_it_is_not_late(cast: Any) -> None:
    assert published(cast, begin(cast, due_on=date(2026, 12, 1))).state == "published"


def test_what_was_sent_for_review_changes_only_after_it_is_sent_back(cast: Any) -> None:
    made = begin(cast)
    say_all(made)
    sign(cast, made, "reviewed")
    with pytest.raises(NotPossible, match="Send it back"):
        say(cast, made, "1.2", "yes")
    given: dict[str, Any] = {"by": cast.actor("officer"), "at": cast.clock.now}
    actions.send_back(made, "One figure was wrong.", date(2026, 12, 1), **given)
    say(cast, made, "1.2", "yes", comment="Now right.")
    assert queries.steps_standing(made) == []
    assert len(queries.steps(made)) == 2


# What is published


def late_case(cast: Any) -> None:
    cast.receive("2026-10-05T09:30")


def read(cast: Any, ref: str) -> evidence.Shown:
    period = Period(YEAR["first_day"], YEAR["last_day"], date(2026, 12, 1))
    return evidence.read(cast.landlord, "2024", period, cast.clock.now).shown[ref]


def test_a_published_assessment_stays_while_the_draft_follows_the_record(cast: Any) -> None:
    case = cast.receive("2026-11-27T09:30")
    cast.do("acknowledge", case, at="2026-11-30T10:00", definition="Damp.")
    made = published(cast, begin(cast))
    draft = begin(cast)
    say(cast, draft, "6.2", "yes")
    kept = models.Assessment.objects.get(pk=made.pk).frozen
    before = next(row for row in kept["rows"] if row["ref"] == "6.2")
    assert (before["counts"]["met"], before["counts"]["breached"], before["suggested"]) == (1, 0, "yes")
    assert not read(cast, "6.2").against(draft.answers.get(provision="6.2"))

    late_case(cast)

    shown = read(cast, "6.2")
    assert shown.suggestion.answer == "partly"
    assert shown.evidence.counts is not None
    assert shown.evidence.counts.breached == 1
    assert [each.code for each in shown.against(draft.answers.get(provision="6.2"))] == ["better_than_record"]
    assert models.Assessment.objects.get(pk=made.pk).frozen == kept


def test_what_was_published_is_worked_out_again_from_the_entries_of_then(cast: Any) -> None:
    cast.open()
    made = published(cast, begin(cast))
    cast.clock.pass_by(minutes=5)
    late_case(cast)
    made.refresh_from_db()
    assert frozen.differs(made) == []
    row = next(each for each in made.frozen["rows"] if each["counts"] and each["counts"]["met"])
    row["counts"]["met"] += 1
    assert frozen.differs(made) == [row["ref"]]


def test_the_digest_of_what_was_published_stands_in_the_chain(cast: Any) -> None:
    made = published(cast, begin(cast))
    made.refresh_from_db()
    entry = Entry.objects.filter(verb="publish_assessment").get()
    assert entry.data["digest"] == frozen.digest(made.frozen)


def test_nothing_is_done_to_what_is_published_but_finishing_what_was_promised(cast: Any) -> None:
    made = begin(cast)
    say(cast, made, "6.3", doing=(actions.Doing("Train"),))
    published(cast, made)
    given: dict[str, Any] = {"by": cast.actor("officer"), "at": cast.clock.now}
    with pytest.raises(NotPossible, match="published"):
        say(cast, made, "1.2", "no", why_not="x", comply_by=date(2027, 1, 1))
    with pytest.raises(NotPossible, match="published"):
        actions.send_back(made, "No", date(2026, 12, 1), **given)
    with pytest.raises(NotPossible, match="published"):
        sign(cast, made, "published", part="Again")
    assert [each.what for each in queries.improvements(cast.landlord.pk)] == ["Train"]
    actions.finish(made.actions.get(), date(2026, 12, 1), "Register of training", **given)
    assert queries.improvements(cast.landlord.pk) == []


# Papers


def test_a_paper_supports_what_it_says_until_it_is_ended(cast: Any) -> None:
    given: dict[str, Any] = {"by": cast.actor("officer"), "at": cast.clock.now}
    about = actions.Kinded(
        kind="policy",
        title="Complaints policy",
        section="S.9.3",
        dated_on=date(2026, 1, 1),
        supports=(("2024", "3.1"),),
    )
    held = actions.keep_paper(cast.landlord, about, **given)
    assert [each.title for each in read(cast, "3.1").papers] == ["Complaints policy"]
    unreachable = actions.Kinded(
        kind="policy", title="Complaints policy", reachable=False, supports=(("2024", "3.1"),)
    )
    actions.keep_paper(cast.landlord, unreachable, paper=held, **given)
    assert "cannot be reached" in " ".join(read(cast, "3.1").suggestion.reasons)
    actions.end_paper(held, "Replaced.", **given)
    assert read(cast, "3.1").papers == ()
    with pytest.raises(NotPossible):
        actions.keep_paper(cast.landlord, about, paper=held, **given)


# Carrying forward


def test_last_years_answers_begin_this_years_and_what_changed_is_told(cast: Any) -> None:
    old = begin(cast, "2022")
    old.answers.filter(provision="1.4").update(answer="yes", comment="In our policy.")
    made = begin(cast, before=old)
    rows = queries.rows_of(made)
    earlier = queries.last_year(made, rows)
    assert (rows["1.4"].answer, rows["1.4"].comment, rows["1.4"].asked_again) == ("", "In our policy.", True)
    assert earlier["1.4"].answers == {"yes"}
    assert queries.changed(rows["1.4"], earlier["1.4"])
    say(cast, made, "1.4", "yes")
    row = made.answers.get(provision="1.4")
    assert not queries.changed(row, earlier["1.4"])


def test_another_landlords_assessment_is_not_carried_forward(cast: Any) -> None:
    theirs = models.Assessment.objects.create(
        landlord=cast.other_landlord, edition="2024", made_at=cast.clock.now, **YEAR
    )
    with pytest.raises(NotPossible):
        begin(cast, before=theirs)
    assert models.Assessment.objects.filter(landlord=cast.landlord).count() == 0
