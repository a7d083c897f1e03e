"""Whom a text names: whole words, as a careful reader takes them, and never a word that only looks like a name."""

from __future__ import annotations

import time
import unicodedata

import pytest

from complaint_rules.letters import mentions, names_in, titles_in

NAMED = [
    # A first name, a last name, a whole name
    ("Dave did not turn up.", "Dave"),
    ("Nobody told Dave.", "Dave"),
    ("Ben said he would ring.", "Ben Okafor"),
    ("Mr Okafor said he would ring.", "Ben Okafor"),
    ("It was passed to Okafor in Repairs.", "Ben Okafor"),
    ("It was passed to Ben Okafor in Repairs.", "Ben Okafor"),
    ("it was passed to ben okafor in repairs", "Ben Okafor"),
    ("BEN OKAFOR DID NOT COME", "Ben Okafor"),
    ("DAVE DID NOT COME", "Dave"),
    ("Okafor, Ben: Repairs", "Ben Okafor"),
    ("Ben came.", "Okafor, Ben"),
    ("Ben\nOkafor came.", "Ben Okafor"),
    ("Ben A. Okafor signed.", "Ben A. Okafor"),
    ("Ben Okafor signed.", "Ben A. Okafor"),
    # Possessives, punctuation, hyphens
    ("Dave's van was there.", "Dave"),
    ("Dave’s van was there.", "Dave"),
    ("It was Dave.", "Dave"),
    ("(Dave) came", "Dave"),
    ('"Dave" came', "Dave"),
    ("• Dave: plumber", "Dave"),
    ("- Dave, plumber", "Dave"),
    ("* Dave", "Dave"),
    ("1. Dave came", "Dave"),
    ("Dave/Repairs", "Dave"),
    ("Repairs—Dave—came", "Dave"),
    ("a Dave-led visit", "Dave"),
    ("Dave…", "Dave"),
    ("Dave!!!", "Dave"),
    ("Thank Dave👍", "Dave"),
    ("👷Dave", "Dave"),
    ("**Dave** came", "Dave"),
    ("Jean-Luc came", "Jean-Luc Moreau"),
    ("Jean Luc came", "Jean-Luc Moreau"),
    ("Mary-Jane Smith-Jones", "Mary-Jane Smith-Jones"),
    ("Ms Smith-Jones", "Mary-Jane Smith-Jones"),
    ("Da\u00advid came", "David"),
    ("Da\u200bvid came", "David"),
    # Accents, both ways, and however they are stored
    ("Siân rang.", "Siân ap Rhys"),
    ("Sian rang.", "Siân ap Rhys"),
    ("Siân rang.", "Sian ap Rhys"),
    (unicodedata.normalize("NFD", "Siân rang."), "Siân ap Rhys"),
    ("SIÂN RANG", "Sian ap Rhys"),
    ("Mr Rhys rang.", "Siân ap Rhys"),
    ("Łukasz came", "Łukasz Nowak"),
    ("Zoë came", "Zoe Brontë"),
    ("Ms Bronte came", "Zoe Brontë"),
    # Welsh and other names
    ("Llŷr ab Owain came.", "Llŷr ab Owain"),
    ("Llyr came.", "Llŷr ab Owain"),
    ("Gwenllïan phoned.", "Gwenllian ferch Gruffydd"),
    ("Ffion was there.", "Ffion Ellis"),
    ("O'Neill came", "Pat O'Neill"),
    ("O’Neill came", "Pat O'Neill"),
    ("Mr. van der Berg came", "Joris van der Berg"),
    ("Ngozi's team", "Ngozi Adeyemi"),
    ("حضر محمد اليوم", "محمد"),
    ("Visit by אבי today", "אבי"),
    ("由李雷处理", "李雷"),
    # A title before it settles a doubtful word
    ("Mrs May came.", "Theresa May"),
    ("Mr. Wood came.", "Tom Wood"),
    ("Mr Will came.", "Will"),
    ("Cllr Grant came.", "Alice Grant"),
    ("T. Wood came.", "Tom Wood"),
    ("Tom Wood came.", "Tom Wood"),
    ("Mr An came.", "An Nguyen"),
    ("We spoke to An Nguyen.", "An Nguyen"),
    # A word that is also a name, used as one
    ("We asked Will to come.", "Will"),
    ("Will came late.", "Will"),
    ("Will said no.", "Will"),
    ("Will's van", "Will"),
    ("Will, our plumber, came.", "Will"),
    ("Will and Dave came.", "Will"),
    ("It was Will.", "Will"),
    ("We told May that.", "May Jones"),
    ("Dave and May came.", "May Jones"),
    ("May Jones came.", "May Jones"),
    ("May said no.", "May Jones"),
    ("We spoke to April about it.", "April"),
    ("Mark apologised.", "Mark"),
    ("Grant said no.", "Grant"),
    ("The plumber, Grant, came.", "Grant"),
    ("A visit by Rose was missed.", "Rose"),
    ("On Monday Will rang.", "Will"),
    ("Jo rang.", "Jo Price"),
    ("Ask Jo Price.", "Jo Price"),
    # Firms, whole
    ("Brightspark Heating came.", "Brightspark Heating Ltd"),
    ("Brightspark Heating Limited came.", "Brightspark Heating Ltd"),
    ("BRIGHTSPARK HEATING came.", "Brightspark Heating Ltd"),
    ("Smith & Sons came.", "Smith & Sons"),
    ("Unit 4 Plumbing came.", "Unit 4 Plumbing"),
    ("DJ Gas came", "Dave Jones (DJ Gas)"),
    ("Dave came", "Dave Jones (DJ Gas)"),
    # A signature names
    ("We are sorry.\n\nYours sincerely\n\nCara Lind\nComplaints officer", "Cara Lind"),
    ("Kind regards, Cara", "Cara Lind"),
    ("I will move it to stage 2. Jo", "Jo Price"),
    ("Kind regards\n\nWill\nRepairs", "Will"),
    ("Thank you\nMark", "Mark Ellis"),
    # A greeting does not, but what follows does
    ("Dear Amira, Dave did not come.", "Dave"),
    ("Dear Ms Yusuf\n\nDave did not come.", "Dave"),
    ("Dear Amira I am sorry that Dave did not come", "Dave"),
]

NOT_NAMED = [
    ("", "Dave"),
    ("   \n\t", "Dave"),
    ("👍👍👍", "Dave"),
    # Parts of words
    ("Davenport Court", "Dave"),
    ("davenport", "Dave"),
    ("Benefit", "Ben"),
    ("Bendy", "Ben"),
    ("Marketing", "Mark"),
    ("Willow", "Will"),
    ("Goodwill", "Will"),
    ("Albert", "Al"),
    ("dave", "Dave"),
    ("ben", "Ben Okafor"),
    # A modal verb, in any place
    ("We will come.", "Will"),
    ("we WILL come", "Will"),
    ("WE WILL COME", "Will"),
    ("Will you be in?", "Will"),
    ("Will we come? Yes.", "Will"),
    ("What We Will Do Next", "Will"),
    ("We Will come.", "Will"),
    ("Sorry.\nWill the visit be kept?", "Will"),
    ("• Will be done by Friday", "Will"),
    ("1) Will repair the boiler", "Will"),
    ("“Will it rain?”", "Will"),
    ("Who will pay - Will a cheque do?", "Will"),
    ("It Will not happen again.", "Will"),
    # Months
    ("in May", "May"),
    ("We came in May and June.", "May"),
    ("3 May 2026", "May Jones"),
    ("3rd May", "May Jones"),
    ("May 2026", "May"),
    ("May 3", "May"),
    ("the 3rd of May", "May"),
    ("by May", "May"),
    ("early May", "May"),
    ("mid-May", "May"),
    ("last May", "May"),
    ("May 2026 rent", "May"),
    ("from April to May", "May"),
    ("April–May", "May"),
    ("April and May", "April"),
    ("2–3 May", "May"),
    ("You may go to stage 2.", "May"),
    ("May I say sorry?", "May"),
    ("May we come on Friday?", "May"),
    ("April, May and June", "May"),
    ("in April's newsletter", "April"),
    ("since June", "June Carter"),
    ("It rained. May was wet.", "May"),
    ("August 2026", "August"),
    ("Monday 4 May", "May"),
    ("Mon 4 May, 09:00", "May"),
    # Words that are also names
    ("Mark the day.", "Mark"),
    ("the Grant", "Grant"),
    ("Your Grant was refused.", "Grant"),
    ("Grant was refused.", "Grant"),
    ("Disabled Facilities Grant", "Grant"),
    ("Bill enclosed.", "Bill"),
    ("Your Bill", "Bill"),
    ("Hope this helps.", "Hope"),
    ("Rob", "Ro"),
    ("the hope of a visit", "Hope"),
    ("Wood was rotten.", "Tom Wood"),
    ("the wood was rotten", "Tom Wood"),
    ("the Hall was cold", "Jo Hall"),
    ("a joiner came", "Ana Joiner"),
    ("The plumber came. Plumber arrived late.", "Ana Plumber"),
    ("The tenderer came. Tenderer was late.", "Ana Tenderer"),
    ("Price: £50", "Jo Price"),
    ("An engineer came.", "An Nguyen"),
    ("So we came.", "So Park"),
    ("AL came", "Al"),
    # Addresses, saints, other people's double names
    ("12 Victoria Road", "Victoria"),
    ("Flat 2, Victoria Court", "Victoria"),
    ("Victoria Park Road", "Victoria"),
    ("St Mary's Court", "Mary"),
    ("St. David's Church", "David"),
    ("Saint Helen", "Helen"),
    ("Anne-Marie came", "Anne"),
    ("Anne-Marie came", "Marie"),
    ("O'Brien came", "Brien"),
    # The greeting is to the reader
    ("Dear Dave,\nWe are sorry.", "Dave"),
    ("Dear Dave\nWe are sorry.", "Dave"),
    ("Dear Mr Okafor:", "Ben Okafor"),
    ("Hi Dave!", "Dave"),
    ("Hello Dave", "Dave"),
    ("Good morning Dave,", "Dave"),
    # A title goes with a last name, so this is somebody else
    ("Miss Hope came.", "Hope Bell"),
    ("Mr. Grant came.", "Grant Hall"),
    # A word on a line of its own
    ("Costs\nBill\nGrant", "Bill"),
    ("When\nMay\nJune", "May"),
    ("Will:", "Bill"),
    ("Max: 30 minutes", "Max"),
    # One word of a firm, and what is no name at all
    ("the heating failed", "Brightspark Heating Ltd"),
    ("Ask Brightspark; Heating failed", "Brightspark Heating Ltd"),
    ("Will & testament", "Will"),
    ("The Heating failed", "Brightspark Heating Ltd"),
    ("The plumbing in unit 4", "Unit 4 Plumbing"),
    ("user 12", "user:13"),
    ("D. came", "D. Smithers"),
    ("a letter", ""),
    ("a letter", "  "),
    ("!?", "!?"),
    ("Mr Someone", "Mr"),
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_text_names_somebody(text: str, name: str) -> None:
    assert names_in(text, [name]) == (name,)


@pytest.mark.parametrize(("text", "name"), NOT_NAMED)
def test_a_text_that_only_seems_to_name_somebody_does_not(text: str, name: str) -> None:
    assert names_in(text, [name]) == ()


def test_names_come_back_as_given_in_the_order_of_the_text_each_once() -> None:
    found = names_in("Cara rang Dave. Dave rang Siân. Cara wrote.", ["Sian Rhys", "Dave", "Ben", "Cara Lind"])
    assert found == ("Cara Lind", "Dave", "Sian Rhys")


def test_a_whole_name_names_that_person_and_not_another_of_the_same_first_name() -> None:
    assert names_in("Dave Jones came.", ["Dave Smith", "Dave Jones"]) == ("Dave Jones",)


def test_a_first_name_that_two_people_share_may_be_either() -> None:
    assert names_in("Dave came.", ["Dave Smith", "Dave Jones"]) == ("Dave Smith", "Dave Jones")


def test_people_who_may_be_named_are_passed_over() -> None:
    assert names_in("Ben Jones told us that Ben was cold.", ["Ben Okafor"], except_for=["Ben Jones"]) == ()
    assert names_in("Ben Jones told Ben Okafor.", ["Ben Okafor"], except_for=["Ben Jones"]) == ("Ben Okafor",)
    assert names_in("Ms Jones spoke to Dave.", ["Dave Jones"], except_for=["Amira Jones"]) == ("Dave Jones",)


def test_a_mention_says_the_words_that_name() -> None:
    assert [
        mention.found for mention in mentions("It was Mr O’Neill, or DAVE.", ["Pat O'Neill", "Dave"])
    ] == [
        "O’Neill",
        "DAVE",
    ]


def test_one_name_given_as_a_text_is_one_name() -> None:
    assert names_in("Dave came", "Dave") == ("Dave",)
    assert names_in("Dave came", []) == ()


TITLES_THERE = [
    ("The Director of Housing decided.", "Director of Housing"),
    ("the director of housing decided", "Director of Housing"),
    ("our Director\nof Housing", "Director of Housing"),
    ("Head of Repairs’ view", "Head of Repairs"),
    ("Director-of-Housing", "Director of Housing"),
]
TITLES_NOT_THERE = [
    ("", "Director of Housing"),
    ("The director decided.", "Director of Housing"),
    ("Directors of Housing", "Director of Housing"),
    ("Subdirector of housingstock", "director of housing"),
    ("anything", ""),
    ("anything", "!!"),
]


@pytest.mark.parametrize(("text", "title"), TITLES_THERE)
def test_a_job_title_is_found_whole_in_any_case(text: str, title: str) -> None:
    assert titles_in(text, [title]) == (title,)


@pytest.mark.parametrize(("text", "title"), TITLES_NOT_THERE)
def test_part_of_a_job_title_is_not_found(text: str, title: str) -> None:
    assert titles_in(text, [title]) == ()


HARD = [
    "a" * 100_000,
    "A" * 100_000,
    "Will " * 20_000,
    "Dear Will, " * 9_000,
    "Dear Will,\n" * 9_000,
    "May-" * 25_000,
    "'" * 100_000,
    " " * 100_000,
    "." * 100_000 + "x",
    "Mary-Jane " * 10_000,
    "👍" * 50_000,
    "e\u0301" * 50_000,
    "السلام " * 15_000,
    "李雷" * 50_000,
    "\n" * 100_000,
]


@pytest.mark.parametrize("text", HARD, ids=lambda text: repr(text[:12]))
def test_a_hundred_kilobytes_are_read_at_once_whatever_they_hold(text: str) -> None:
    staff = [f"Mary-Jane Person{number}" for number in range(1_000)] + ["Will", "May", "李雷"]
    started = time.process_time()
    names_in(text, staff, except_for=["Will Smith"])
    assert time.process_time() - started < 2


def test_the_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(copies: int) -> float:
        text = "We asked Will to come in May, and Dave’s van came to St Mary's Court. " * copies
        started = time.process_time()
        names_in(text, ["Will", "May", "Dave", "Mary"])
        return time.process_time() - started

    seconds(50)
    small = min(seconds(200) for _ in range(3))
    large = min(seconds(1_600) for _ in range(3))
    assert large < small * 8 * 4
