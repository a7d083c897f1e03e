"""What is worth a second look: names, vague words, promises without a day, and sentences that are hard to read."""

from __future__ import annotations

import time

import pytest

from complaint_rules.letters import flags, long_sentences, reading_grade, undated_promises, vague_words
from complaint_rules.letters.plain_english import syllables
from complaint_rules.letters.sentences import names_a_day, sentences, words

# Sentences

SPLIT = [
    ("One. Two! Three?", ["One.", "Two!", "Three?"]),
    ("", []),
    ("   \n \t ", []),
    ("No stop", ["No stop"]),
    ("Mr. Okafor came. He left.", ["Mr. Okafor came.", "He left."]),
    ("J. Clarke came.", ["J. Clarke came."]),
    ("It cost £1.50 at 3.15 p.m. on Monday.", ["It cost £1.50 at 3.15 p.m. on Monday."]),
    ("See 6.9. It says so.", ["See 6.9.", "It says so."]),
    ("Go to www.example.org.uk or ring us.", ["Go to www.example.org.uk or ring us."]),
    ("Keys, tools, e.g. pliers, etc. were lost.", ["Keys, tools, e.g. pliers, etc. were lost."]),
    ("Wait... Then go.", ["Wait...", "Then go."]),
    ("Wait… Then go.", ["Wait…", "Then go."]),
    ('"We came." They left.', ['"We came."', "They left."]),
    ("(We came.) They left.", ["(We came.)", "They left."]),
    ("Really?! Yes.", ["Really?!", "Yes."]),
    ("- One\n- Two", ["One", "Two"]),
    ("• One\n• Two", ["One", "Two"]),
    ("1. One\n2) Two\n(c) Three", ["One", "Two", "Three"]),
    ("Dear Ms Yusuf\nThis is our answer.", ["Dear Ms Yusuf", "This is our answer."]),
    ("Our answer\n\nWe agree", ["Our answer", "We agree"]),
    (
        "We will come to look at the boiler and pump on\nFriday. Bye.",
        ["We will come to look at the boiler and pump on Friday.", "Bye."],
    ),
    ("- We will come\n  on Friday", ["We will come on Friday"]),
    ("تم الإصلاح؟ نعم۔ شكرا", ["تم الإصلاح؟", "نعم۔", "شكرا"]),
    ("完成了。谢谢", ["完成了。", "谢谢"]),
    ("we came. they left.", ["we came.", "they left."]),
    ("We came at 3pm. They left.", ["We came at 3pm.", "They left."]),
    ("It was I. You knew.", ["It was I.", "You knew."]),
    ("Siân ap Rhys phoned. Diolch.", ["Siân ap Rhys phoned.", "Diolch."]),
    ("Thanks 👍. Bye 👋", ["Thanks 👍.", "Bye 👋"]),
    ("A\u00ad\u200bB c.", ["AB c."]),
]


@pytest.mark.parametrize(("text", "expected"), SPLIT)
def test_a_text_is_split_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert [each.text for each in sentences(text)] == expected


def test_items_of_a_list_are_known_as_such() -> None:
    assert [each.item for each in sentences("We will:\n- come\n- go\nThen we stop.")] == [
        False,
        True,
        True,
        False,
    ]


def test_a_word_is_what_stands_between_spaces() -> None:
    assert words("Don't — pay £1.50–£2 at www.x.org, OK? ... 👍 e-mail") == [
        *("Don't", "pay", "£1.50", "£2", "at", "www.x.org,", "OK?", "e-mail"),
    ]


def test_long_sentences_are_those_over_the_limit() -> None:
    just = " ".join(["word"] * 25) + "."
    over = " ".join(["word"] * 26) + "."
    assert long_sentences(just) == ()
    assert long_sentences(f"{just} {over}") == (over,)
    assert long_sentences("one two three", limit=2) == ("one two three",)
    assert long_sentences("") == ()
    assert long_sentences("- a b c\n- d e f", limit=3) == ()


# Reading grade

SAID = """
the 1 boiler 2 repaired 2 complaint 2 ombudsman 3 compensation 4 investigation 5 apologised 4 decision 3
reasons 2 outstanding 3 resident 3 area 3 created 3 being 2 going 2 paying 2 actual 3 responsibility 6
special 2 initial 3 material 4 previous 3 experience 4 people 2 little 2 made 1 makes 1 houses 2 services 3
changes 2 wanted 2 asked 1 missed 1 visited 3 appointment 3 windows 2 surveyor 3 tenancy 3 policy 3
escalated 4 reviewer 3 evidence 3 radiator 4 immediately 5 where 1 eyes 1 sincerely 3 react 2 reach 1 beyond
2 your 1 reward 2 hour 1 tired 1 issues 2 every 2 different 3 question 2 agreed 2 agreeing 3 included 3 none
1 someone 2 therefore 2 arranges 3 damaged 2 hazard 2 emergency 4 acknowledgement 4 handled 2 filled 1 table
2 thing 1 only 2 payments 2 didnt 2 criticism 4 continuing 4 friend 1 cottage 2 shh 1
""".split()


@pytest.mark.parametrize(("word", "expected"), list(zip(SAID[::2], SAID[1::2], strict=True)))
def test_syllables_are_counted_by_rule(word: str, expected: str) -> None:
    assert syllables(word) == int(expected)


GRADES = [
    ("The cat sat on the mat.", -1.4),
    ("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", 11.3),
    ("We are sorry. You had no heat for ten days. That was our fault. We will fix it on Friday.", -0.8),
]


@pytest.mark.parametrize(("text", "grade"), GRADES)
def test_the_grade_of_a_text_is_good_to_about_a_year(text: str, grade: float) -> None:
    assert reading_grade(text) == pytest.approx(grade, abs=1)


@pytest.mark.parametrize("text", ["", " ", "...", "👍", "123 £45.00", "www.example.org", "السلام عليكم"])
def test_a_text_with_no_english_words_has_no_grade(text: str) -> None:
    assert reading_grade(text) is None


def test_long_words_and_long_sentences_raise_the_grade() -> None:
    easy = reading_grade("We came on Monday. We did the job. It took two hours.")
    hard = reading_grade(
        "Attendance at the aforementioned residential accommodation was undertaken on Monday."
    )
    assert easy is not None
    assert hard is not None
    assert easy < 3 < 12 < hard


def test_figures_and_addresses_leave_the_grade_alone() -> None:
    assert reading_grade("We came. It cost £1,234.56.") == reading_grade("We came. It cost.")
    assert reading_grade("Write to us at a.b@example.org.") == reading_grade("Write to us at.")


# Days

DAYS = [
    *(
        "on 4 December",
        "4th December 2026",
        "the 4th of December",
        "December 4",
        "December 2026",
        "Friday",
        "on Fridays",
    ),
    *(
        "04/12/2026",
        "4.12.26",
        "2026-12-04",
        "today",
        "tomorrow",
        "within 5 working days",
        "in ten days",
        "in two weeks",
    ),
    *(
        "within the next 10 working days",
        "within a further 3 days",
        "next week",
        "this month",
        "weekly",
        "every week",
    ),
    *(
        "each month",
        "every two weeks",
        "by the end of the month",
        "in March",
        "by May",
        "early June",
        "Fri 4 Dec",
        "by Christmas",
    ),
]
NO_DAYS = [
    *(
        "",
        "soon",
        "in due course",
        "shortly",
        "as soon as possible",
        "in a few days",
        "you may ask",
        "10 homes",
        "6.9",
    ),
    *(
        "0300 111 3000",
        "£4.50",
        "4 Sedge Court",
        "a delay of two weeks",
        "one day this may help",
        "march on",
        "👍",
        "the day",
    ),
]


@pytest.mark.parametrize("text", DAYS)
def test_a_text_that_says_when_names_a_day(text: str) -> None:
    assert names_a_day(f"We will do it {text}.")


@pytest.mark.parametrize("text", NO_DAYS)
def test_a_text_that_does_not_say_when_names_none(text: str) -> None:
    assert not names_a_day(text)


# Vague words

VAGUE = [
    ("We will come soon.", "soon"),
    ("SOON we will come", "soon"),
    ("We will ring you very soon!", "soon"),
    ("We will come as soon as possible.", "as soon as possible"),
    ("We’ll come as soon as we can.", "as soon as we can"),
    ("You will hear from us shortly.", "shortly"),
    ("You will hear in due course.", "in due course"),
    ("We will reply ASAP.", "asap"),
    ("It will be done in the near future.", "in the near future"),
    ("We will write in the coming weeks.", "in the coming weeks"),
    ("We will write in a few days.", "in a few days"),
    ("They will attend at the earliest opportunity.", "at the earliest opportunity"),
    ("It will be done when resources allow.", "when resources allow"),
    ("It will be done at some point.", "at some point"),
    ("We will deal with it promptly.", "promptly"),
    ("We will act without delay.", "without delay"),
    ("• Repair to follow shortly", "shortly"),
    ("On Monday we came, and we will be back soon.", "soon"),
]
NOT_VAGUE = [
    *(
        "",
        "👍",
        "We came.",
        "We will come on Friday.",
        "sooner",
        "We came too soon.",
        "How soon can we come?",
    ),
    *("As soon as you told us, we came.", "Soon after the visit it failed.", "Shortly before noon he rang."),
    *("You asked us to come soon.", "They said it would be soon.", "It was done promptly."),
    *(
        "We will come soon, by Friday 4 December.",
        "By Friday we will ring you as soon as we can.",
        "Soonish Road",
    ),
    *(
        "We will write within 10 working days, or sooner.",
        "He was told that it would come shortly.",
        "monsoon",
    ),
]


@pytest.mark.parametrize(("text", "found"), VAGUE)
def test_words_that_give_no_day_are_found(text: str, found: str) -> None:
    assert [word for word, _ in vague_words(text)] == [found]


@pytest.mark.parametrize("text", NOT_VAGUE)
def test_words_that_give_a_day_or_tell_the_past_are_not_vague(text: str) -> None:
    assert vague_words(text) == ()


# Promises

UNDATED = [
    *("We will repair it.", "We’ll ring you.", "I will write to you.", "Our plumber will visit you."),
    *(
        "The boiler will be replaced.",
        "You will receive £50.",
        "Someone will call you.",
        "A surveyor shall attend.",
    ),
    *(
        "We are going to paint the hall.",
        "We promise to do better.",
        "We aim to reply.",
        "We intend to review this.",
    ),
    *(
        "As agreed on Friday, we will come.",
        "We will pay £50 for the delay of two weeks.",
        "The lift will be mended.",
    ),
    *(
        "We have agreed to fit a pump.",
        "WE WILL REPAIR IT",
        "Sorry! We will repair it 👍",
        "We will, of course, come.",
    ),
]
DATED_OR_NO_PROMISE = [
    *("", "👍", "We repaired it.", "We will repair it by 4 December.", "By 4 December we will repair it."),
    *(
        "On Friday we will come.",
        "Within 5 working days you will receive £50.",
        "Our plumber will visit on Monday.",
    ),
    *(
        "By 4 December, as promised, we will come.",
        "We will not charge you.",
        "We won’t come.",
        "This will never recur.",
    ),
    *(
        "If you ask, we will come.",
        "When you are ready, we will come.",
        "Will we come?",
        "You will need to be in.",
    ),
    *(
        "At stage 2 we will look again.",
        "The Ombudsman will look at it.",
        "This will help us.",
        "Mr Will came.",
    ),
    *(
        "You will be able to see it.",
        "A new door will be fitted in January 2027.",
        "We will write every week.",
    ),
]


@pytest.mark.parametrize("text", UNDATED)
def test_a_promise_with_no_day_is_found(text: str) -> None:
    assert len(undated_promises(text)) == 1


@pytest.mark.parametrize("text", DATED_OR_NO_PROMISE)
def test_a_promise_with_a_day_and_what_is_no_promise_are_not(text: str) -> None:
    assert undated_promises(text) == ()


def test_of_a_list_of_promises_the_undated_ones_are_found() -> None:
    assert undated_promises("We will:\n- fit a pump\n- paint it by 4 December") == ("fit a pump",)
    assert undated_promises("By 4 December we will:\n- fit a pump\n- paint it") == ()
    assert undated_promises("We will:\nWe stop.") == ("We will:",)


# All of them together

TITLES = ["Head of repairs"]


def keys(text: str, **known: object) -> list[str]:
    return [remark.key for remark in flags(text, **known)]  # type: ignore[arg-type]


def test_a_good_text_has_no_remarks() -> None:
    assert (
        flags("We are sorry. We will fit a pump by Friday 4 December.", ["Dave"], ["Head of Repairs"]) == []
    )
    assert flags("", ["Dave"], ["Head of Repairs"]) == []


def test_each_thing_is_said_once_with_the_words_it_is_about() -> None:
    found = flags(
        "Dave will come soon. DAVE’s van. Dave again. The Head of Repairs knows.",
        ["Dave"],
        ["Head of repairs"],
    )
    assert [(remark.key, remark.found) for remark in found] == [
        ("names_staff", "Dave"),
        ("names_staff", "DAVE"),
        ("names_staff", "Head of repairs"),
        ("vague", "soon"),
        ("undated_promise", ""),
    ]
    assert found[3].sentence == found[4].sentence == "Dave will come soon."


def test_naming_has_the_provision_that_it_is_given() -> None:
    assert [remark.ref for remark in flags("Dave came.", ["Dave"])] == ["names_staff"]
    assert [remark.ref for remark in flags("Dave came.", ["Dave"], names_staff="4.9")] == ["4.9"]
    assert flags("Dave came.", ["Dave Jones"], except_for=["Dave Yusuf"]) == []


def test_a_long_sentence_says_how_long_it_is() -> None:
    text = "We " + "really " * 30 + "came."
    (remark,) = [each for each in flags(text) if each.key == "long_sentence"]
    assert "32" in remark.says
    assert remark.sentence == text


def test_a_hard_text_is_flagged_once_it_is_long_enough_to_tell() -> None:
    hard = "Attendance at residential accommodation necessitates prior notification of all occupants. "
    assert "hard_to_read" not in keys(hard)
    assert "hard_to_read" in keys(hard * 7)
    assert "hard_to_read" not in keys("We came on Monday. We did the job. " * 10)


HARD = [
    *(
        "we will " * 12_000,
        "will be " * 12_000,
        "soon " * 20_000,
        "- a\n" * 25_000,
        "We will:\n" + "- a\n" * 25_000,
    ),
    *(
        "." * 100_000 + "x",
        "a" * 100_000,
        "1 " * 50_000,
        " \n" * 50_000,
        "as soon as " * 9_000,
        "e\u0301" * 50_000,
    ),
    *("we, " * 25_000, "'" * 100_000, "http://" * 14_000, "👍🏽" * 25_000, "(" * 100_000, "by by " * 16_000),
    *("We will:\n- a\n" * 7_000, "[[" * 50_000, "in the next " * 8_000, "ing" * 33_000, "\u202eab " * 25_000),
]


@pytest.mark.parametrize("text", HARD, ids=lambda text: repr(text[:12]))
def test_a_hundred_kilobytes_are_flagged_at_once_whatever_they_hold(text: str) -> None:
    started = time.process_time()
    flags(text, ["Dave", "Will"], ["Head of Repairs"])
    assert time.process_time() - started < 10
