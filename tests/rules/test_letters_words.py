"""The check of a letter in the landlord's own words: it accuses only where nothing in the text says a thing."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from complaint_rules.editions import UnknownEdition
from complaint_rules.events import Letter
from complaint_rules.letters import UnknownLetter, check_own_letter, check_words, names_in

STAGE_1 = """Dear Ms Yusuf

This is our stage 1 response to your complaint.

You told us that the boiler had failed three times and that nobody came on 9 November.

We uphold both points. Our records show that no visit was booked for 19 days.

We are sorry. We will fit a new pump by Friday 11 December and pay you £60.

If you are not happy with this answer, ask us for stage 2. You need not say why.
"""
STAGE_2 = """Stage 2: our final answer

What your complaint is about: damp in the bedroom, left untreated.

Decision: partly upheld. The survey found no leak, but it took us eleven weeks to look.

To put this right we will pay £150 by 4 January 2027 and treat the wall on 11 January 2027.

You can take this to the Housing Ombudsman: www.housing-ombudsman.org.uk, 0300 111 3000.
"""
LETTERS = {1: STAGE_1, 2: STAGE_2}


def lacks(
    text: str, stage: int = 1, edition: str = "2024", kind: str = "response", **known: object
) -> set[str]:
    return set(check_words(text, kind, stage, edition, **known).lacks)  # type: ignore[arg-type]


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
@pytest.mark.parametrize("stage", [1, 2])
def test_a_whole_letter_lacks_nothing_and_names_nobody(stage: int, edition: str) -> None:
    assert check_words(LETTERS[stage], "response", stage, edition, ["Dave", "Will", "May"]) == Letter()


ALL_OF_IT = [
    ("2020", 1, {"way_to_stage_2"}),
    ("2020", 2, {"way_to_ombudsman"}),
    ("2022", 1, {"stage", "decision", "reasons", "remedy", "way_to_stage_2"}),
    ("2022", 2, {"stage", "definition", "decision", "reasons", "remedy", "way_to_ombudsman"}),
    ("2024", 1, {"stage", "definition", "decision", "reasons", "remedy", "way_to_stage_2"}),
    ("2024", 2, {"stage", "definition", "decision", "reasons", "remedy", "way_to_ombudsman"}),
]


@pytest.mark.parametrize("text", ["", "  \n", "👍", "Dear Ms Yusuf", "Yours sincerely"])
@pytest.mark.parametrize(("edition", "stage", "expected"), ALL_OF_IT)
def test_a_letter_that_says_nothing_lacks_all_that_its_edition_asks(
    edition: str, stage: int, expected: set[str], text: str
) -> None:
    assert lacks(text, stage, edition) == expected


# Letters as landlords write them

AS_WRITTEN = [
    (
        1,
        """Our ref: CM-204417
14 May 2025

Miss R Hope
4 Rose Court
Victoria Road

Dear Miss Hope

Stage One Complaint Response

Thank you for your complaint received on 28 April 2025. I am sorry to hear of the difficulties you have
experienced.

I understand your complaint to be as follows:
1. The delay in repairing the kitchen window
2. The attitude of the operative on 2 May

I have now completed my investigation and my findings are set out below.

1. The window
Our records indicate that the job was raised on 4 March and that the contractor attended on 9 April but did
not have the right part. This falls short of our 20 day target.

2. The operative
I have interviewed the operative who does not recall the exchange. As there is no independent evidence I am
unable to reach a finding.

Outcome
Your complaint is partially upheld.

Resolution
- The window will be replaced on 21 May 2025 between 8am and 1pm
- I would like to offer you £75 in recognition of the delay

Should you remain dissatisfied, you may request that your complaint is escalated to Stage Two within 20
working days of this letter.

Yours sincerely

Complaints Manager""",
    ),
    (
        2,
        """Complaint stage: 2 (final)
Complaint definition: Ms A is unhappy that her transfer was cancelled.
Decision: Not upheld
Reasons: The allocation scheme says that an applicant with arrears of over £500 cannot transfer.
Remedy: None
Outstanding actions: None
If you remain dissatisfied you can contact the Housing Ombudsman Service, PO Box 1484, Unit D, Preston, PR2
0ET.""",
    ),
    (
        1,
        """Hi Tom, thanks for getting in touch about the bins. I've had a look at this and you're right, they weren't
emptied on the 3rd or the 10th, so I'm upholding your stage 1 complaint. The caretaker was off sick and
nobody covered. I've asked the contractor to do an extra collection this Friday. Sorry about that. If you're
still not happy just reply and I'll move it to stage 2. Jo""",
    ),
    (
        1,
        """Dear Mr Price,
STAGE 1 - FORMAL COMPLAINT
You complained about noise from Flat 3. We have considered your complaint and do not uphold it. The noise
app recordings you sent were of everyday living noise, which our anti-social behaviour policy does not
cover. We have nevertheless written to your neighbour.
If you wish to escalate your complaint please complete the enclosed form.""",
    ),
    (
        2,
        """Review outcome
The panel considered your appeal about the service charge on 3 June 2024. It finds in your favour. We
wrongly charged you for the lift for two years. We apologise and will refund £312.40 within 14 days. This
completes our process. You now have the right to refer the matter to the Housing Ombudsman.""",
    ),
]
STAFF = """Will, May Jones, Mark, Grant Hall, Rose, Hope Bell, Victoria, April Green, Dean Court, Bill Waters, Jo Price,
Tom Wood, Frank, Rob Street, Sue, Pat Black, Art, Miles, Max, Penny, Ray, Rich, Ash Field, Robin, Summer, An Nguyen,
Lee, Kit, Don, Dale, Guy, Jack, Chris Page, Sandy Banks, Brightspark Heating Ltd, Faith, Grace, Joy, Dawn, Ivy, Holly,
Daisy, Carol, Nick, Drew, Wade, June, August, Jan, Amber, Ruby, Crystal, Jade, Heather, Jasmine, Olive, Autumn""".split(
    ","
)


@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
@pytest.mark.parametrize(("stage", "text"), AS_WRITTEN)
def test_a_letter_as_landlords_write_them_is_not_accused(stage: int, text: str, edition: str) -> None:
    assert lacks(text, stage, edition) == set()


def test_of_all_the_names_that_are_also_words_only_the_signature_is_one() -> None:
    staff = [name.strip() for name in STAFF]
    assert [names_in(text, staff) for _, text in AS_WRITTEN] == [(), (), ("Jo Price",), (), ()]


# One element after the other: taken out of a whole letter, it is the one that is lacking

TAKEN_OUT = [
    (1, "stage", "This is our stage 1 response to your complaint.", "This is our letter."),
    (
        1,
        "definition",
        "You told us that the boiler had failed three times and that nobody came on 9 November.",
        "",
    ),
    (
        1,
        "way_to_stage_2",
        "If you are not happy with this answer, ask us for stage 2. You need not say why.",
        "",
    ),
    (
        1,
        "outstanding_actions",
        "We will fit a new pump by Friday 11 December and pay you £60.",
        "We will fit a pump.",
    ),
    (2, "stage", "Stage 2: our final answer", "Our letter to you"),
    (
        2,
        "way_to_ombudsman",
        "You can take this to the Housing Ombudsman: www.housing-ombudsman.org.uk",
        "Goodbye",
    ),
]


@pytest.mark.parametrize(("stage", "element", "words", "instead"), TAKEN_OUT)
def test_what_is_taken_out_of_a_letter_is_lacking(stage: int, element: str, words: str, instead: str) -> None:
    assert words in LETTERS[stage]
    assert lacks(LETTERS[stage].replace(words, instead), stage) == {element}


# What is taken to say each element, and what is not

SAYS = {
    "stage": [
        "Stage 1 response",
        "STAGE ONE",
        "Stage One: our answer",
        "Stage: 1",
        "stage-1 complaint",
        "This is the first stage of our complaints process.",
        "our first answer",
        "Stage I response",
        "This is our initial response.",
    ],
    "definition": [
        "Your complaint is about damp.",
        "Your complaint was that nobody came.",
        "You complained about noise.",
        "You told us the lift is broken.",
        "You have told us that it leaks.",
        "You said it leaks.",
        "Complaint: damp in the hall",
        "Re: damp in the hall",
        "About: damp",
        "Point 1: the leak",
        "You were unhappy with the visit.",
        "You are not happy about the visit.",
        "The issues you raised are below.",
        "I understand that your boiler failed.",
        "Your concerns are about the lift.",
        "our answer to your complaint about the lift",
        "Your complaint of damp",
    ],
    "decision": [
        "Upheld.",
        "We uphold this.",
        "We do not uphold this.",
        "Your complaint is partly upheld.",
        "I have upheld point 1.",
        "We agree with you.",
        "We do not agree that it was late.",
        "We got this wrong.",
        "You were right to complain.",
        "We found no fault.",
        "We were wrong.",
        "Our decision is that it was late.",
        "Decision: late",
        "It was our fault.",
        "There was a service failure.",
        "We should have come sooner.",
        "Your complaint is justified.",
        "In our view the outcome of this is no.",
        "We fell short.",
        "We've let you down.",
    ],
    "reasons": [
        "because nobody came",
        "The reason is that nobody came.",
        "We found that nobody came.",
        "Our investigation is done.",
        "Our records tell us so.",
        "This was due to a lost order.",
        "Nobody came for 19 days.",
        "The order was lost.",
        "Under our repairs policy this takes ten days.",
        "Upheld as we missed it.",
        "We looked into it.",
        "The contractor cancelled twice.",
    ],
    "remedy": [
        "We are sorry.",
        "Sorry!",
        "We apologise.",
        "Please accept our apologies.",
        "We will pay you £50.",
        "£ 20 credit",
        "We offer compensation.",
        "We will repair the boiler.",
        "The boiler has been replaced.",
        "To put this right",
        "We have spoken to the team.",
        "Staff are to be retrained.",
        "No further action is needed.",
    ],
    "way_to_stage_2": [
        "Ask for stage 2.",
        "You can ask us for Stage Two.",
        "Unhappy? Tell us and we will escalate it.",
        "You can ask for a review.",
        "If you disagree you may appeal.",
        "If you are still unhappy, someone new will look at it again: ask us.",
        "You can take this further with us.",
        "The next stage of our process is open to you.",
        "If you are not satisfied with this answer, please contact us.",
        "Ring us if you are unhappy with this.",
        "If you can't accept this, ask for stage 2.",
    ],
    "way_to_ombudsman": [
        "You can go to the Housing Ombudsman.",
        "You have the right to refer this to the Housing Ombudsman Service.",
        "Housing Ombudsman, PO Box 1484, Preston. Tel 0300 111 3000",
        "The Housing Ombudsman: www.housing-ombudsman.org.uk",
        "The HOUSING OMBUDSMAN can help you for free.",
        "If you are still unhappy, contact the Ombudsman.",
    ],
}
DOES_NOT_SAY = {
    "stage": [
        "At this stage I think we are done.",
        "Stage 10",
        "You can ask for stage 2.",
        "a backstage door",
        "There are two stages.",
    ],
    "definition": [
        "Thank you for your complaint of 3 March.",
        "Thank you for your complaint dated 3 March.",
        "We got your letter.",
        "Your complaint is upheld.",
        "Complaint reference: 12345",
        "I have looked into your complaint.",
        "I understand the frustration.",
        "We uphold your complaint because nobody came.",
        "If you are unhappy with this, ring us.",
    ],
    "decision": [
        "Thank you for your letter.",
        "You can ask for a review of this decision.",
        "The boiler is 12 years old.",
        "The lift holds up to six people.",
    ],
    "reasons": [
        "Ask for stage 2. No reason is needed.",
        "You need not say why.",
        "You do not have to give a reason.",
        "Upheld.",
        "We are sorry.",
        "Please tell us why you are unhappy.",
        "I understand the frustration this has caused.",
        "We apologise for any inconvenience caused.",
        "I hope this letter explains our position.",
    ],
    "remedy": [
        "The repair is late.",
        "Your repairs team",
        "The reason is a lost order.",
        "You asked us to repair the roof.",
        "You pay rent.",
        "You claim universal credit.",
        "Ask for stage 2.",
        "Upheld.",
    ],
    "way_to_stage_2": [
        "We will review our procedures.",
        "The repair was escalated to a contractor.",
        "Our manager reviewed the file.",
        "If you are unhappy you can contact the Housing Ombudsman.",
        "You cannot escalate this complaint.",
        "You have no right to a review.",
        "This is our stage 1 answer.",
        "Please call us to book a visit.",
    ],
    "way_to_ombudsman": [
        "The Ombudsman's Code was followed.",
        "You can ask for stage 2.",
        "You can write to your MP.",
        "You cannot go to the Ombudsman.",
    ],
}


def _cases(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(element, text) for element, texts in table.items() for text in texts]


@pytest.mark.parametrize(("element", "text"), _cases(SAYS))
def test_words_that_say_an_element_are_taken_to_say_it(element: str, text: str) -> None:
    assert element not in lacks(text, 2 if element == "way_to_ombudsman" else 1, upheld=True)


@pytest.mark.parametrize(("element", "text"), _cases(DOES_NOT_SAY))
def test_words_that_do_not_say_an_element_leave_it_lacking(element: str, text: str) -> None:
    assert element in lacks(text, 2 if element == "way_to_ombudsman" else 1, upheld=True)


SECOND_STAGE = [
    "Stage 2",
    "stage two",
    "Stage II",
    "our final response",
    "second stage",
    "The outcome of your review",
]


@pytest.mark.parametrize("text", SECOND_STAGE)
def test_the_second_stage_is_named_in_many_ways(text: str) -> None:
    assert "stage" not in lacks(text, 2)


def test_a_landlords_own_name_for_a_stage_names_it() -> None:
    assert "stage" in lacks("Your Appeal: our answer", 2)
    assert "stage" not in lacks("Your Appeal: our answer", 2, stage_names=["Appeal"])
    assert "stage" in lacks("How appealing.", 2, stage_names=["Appeal", ""])


# Whatever the words, what is left out is lacking and nothing else is

PARTS = {
    "stage": [
        "This is our stage 1 response.",
        "Stage one: our answer.",
        "We dealt with this at the first stage.",
    ],
    "definition": [
        "You complained that the roof leaks.",
        "The complaint: a leaking roof.",
        "You told us of a leak.",
    ],
    "decision": ["We uphold your complaint.", "Our decision: upheld.", "We agree with you."],
    "reasons": [
        "This is because nobody came.",
        "No visit was booked for 19 days.",
        "The reason is a lost order.",
    ],
    "remedy": [
        "We are sorry.",
        "We will pay you £50 by 4 December.",
        "A roofer will repair it on 4 December.",
    ],
    "way_to_stage_2": ["You can ask for stage 2.", "If you are not happy, ask us to escalate it."],
}


@pytest.mark.parametrize("left_out", [None, *PARTS])
def test_of_letters_made_of_plain_parts_exactly_what_is_left_out_is_lacking(left_out: str | None) -> None:
    parts = [texts for element, texts in PARTS.items() if element != left_out]
    for letter in itertools.product(*parts):
        assert lacks(" ".join(letter)) == ({left_out} if left_out else set()), letter
        assert lacks("\n\n".join(letter)) == ({left_out} if left_out else set()), letter


# A remedy, where something was upheld


def test_a_letter_that_upholds_nothing_need_offer_nothing() -> None:
    assert "remedy" not in lacks("We do not uphold this. The visit was on time.")
    assert "remedy" not in lacks("Point 1: not upheld. Point 2: unfounded.")
    assert "remedy" in lacks("Point 1: not upheld. Point 2: upheld.")
    assert "remedy" in lacks("Upheld.")


def test_what_the_record_knows_goes_before_the_words() -> None:
    assert "remedy" in lacks("We do not uphold this.", upheld=True)
    assert "remedy" not in lacks("Upheld.", upheld=False)


def test_where_the_record_has_no_offer_the_letter_has_none_to_tell_of() -> None:
    assert "remedy" not in lacks("Upheld.", upheld=True, offered=False)
    assert "remedy" in lacks("Not upheld.", upheld=False, offered=True)
    assert "remedy" not in lacks("Not upheld. We will pay £50.", upheld=False, offered=True)


# What is still to be done

TELLS = [
    "We will fit a pump by Friday 11 December.",
    "A new door will be fitted within 10 working days.",
    "The visit is booked for 4 December.",
    "We will:\n- fit a pump by 4 December\n- paint the wall",
    "What happens next: we will paint it. That will be on 4 December.",
    "By 4 December:\nWe will paint it.",
    "No actions are outstanding.",
    "All the work has been done.",
    "The leak has been repaired. We will remember this.",
    "We will paint it next week.",
    "We will paint it in January 2027.",
    "New pump by 4 December.",
    "Outstanding actions: none",
]
DOES_NOT_TELL = [
    "We will fit a pump soon.",
    "A new door will be fitted in due course.",
    "The work is planned as soon as possible.",
    "We will:\n- fit a pump\n- paint the wall",
]


@pytest.mark.parametrize("text", TELLS)
def test_what_is_outstanding_is_told_with_a_day(text: str) -> None:
    assert "outstanding_actions" not in lacks(text)
    assert "outstanding_actions" not in lacks(text, outstanding=True)


@pytest.mark.parametrize("text", DOES_NOT_TELL)
def test_what_is_promised_without_a_day_is_not_told(text: str) -> None:
    assert "outstanding_actions" in lacks(text)


NOTHING_PROMISED = [
    "No visit was booked for 19 days. The outstanding repair was lost.",
    "You missed an appointment. If you remain unhappy, ask for stage 2.",
    "You were promised a visit. I hope to have answered you.",
    "We will learn from this. We will remind our staff. Lessons will be shared.",
    "We will be happy to help. This will not happen again. Your complaint will be closed.",
    "We will consider it at stage 2 if you ask.",
]


@pytest.mark.parametrize("text", NOTHING_PROMISED)
def test_lessons_manners_and_the_past_owe_no_details(text: str) -> None:
    assert "outstanding_actions" not in lacks(text)


DATED_ALL_THE_SAME = ["New pump by 4 December.", "We mended the fan on 30 November.", "• Pump: before Friday"]


@pytest.mark.parametrize("text", DATED_ALL_THE_SAME)
def test_what_the_record_holds_may_be_told_in_few_words(text: str) -> None:
    assert "outstanding_actions" not in lacks(text, outstanding=True)


def test_a_letter_that_promises_nothing_has_nothing_outstanding() -> None:
    assert "outstanding_actions" not in lacks("Not upheld. If you ask for stage 2, we will acknowledge it.")
    assert "outstanding_actions" in lacks("Upheld. Nobody came.", outstanding=True)
    assert "outstanding_actions" not in lacks("We will fit a pump soon.", outstanding=False)


# Nothing is judged that cannot be read

OTHER_LANGUAGES = [
    "هذا ردنا على شكواك بشأن الرطوبة في غرفة النوم",
    "זו התשובה שלנו",
    "这是我们的第一阶段答复",
    """Dziękujemy za skargę. Zgadzamy się, że naprawa trwała zbyt długo, i przepraszamy za opóźnienie. Wypłacimy
    odszkodowanie do końca grudnia, a pompę wymienimy jedenastego grudnia.""",
]


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_a_letter_in_another_language_is_not_accused(text: str) -> None:
    assert lacks(text, 1) == lacks(text, 2) == set()
    assert not check_words(text, "response", 1, "2024").readable
    assert not check_words(text, "response", 2, "2020").readable


def test_a_letter_in_english_can_be_read_and_so_can_one_that_says_nothing() -> None:
    assert check_words(STAGE_1, "response", 1, "2024").readable
    assert check_words("", "response", 1, "2024").readable
    assert check_words("We have nothing to add.", "response", 1, "2024").readable


def test_accents_capitals_quotes_and_hard_line_breaks_change_nothing() -> None:
    wrapped = STAGE_1.replace(" ", "\n", 3).replace("'", "’").upper()
    assert lacks(wrapped) == set()
    assert lacks(STAGE_1.replace("\n", "\r\n")) == set()
    assert lacks(" ".join(STAGE_1.split())) == set()
    assert lacks(STAGE_1.replace("uphold", "up\u00adhold").replace(" ", "\u00a0")) == set()


# Names


def test_a_letter_that_names_staff_says_so() -> None:
    assert check_words("Dave did not come.", "response", 1, "2022", ["Dave"]).names_staff
    assert not check_words("Dave did not come.", "response", 1, "2022", ["Ben"]).names_staff
    assert not check_words("Dave did not come.", "response", 1, "2022").names_staff
    assert not check_words(
        "Dave told us.", "response", 1, "2022", ["Dave"], except_for=["Dave Cole"]
    ).names_staff


def test_a_job_title_that_one_person_holds_counts_as_a_name() -> None:
    text = "The Director of Housing decided this."
    assert check_words(text, "response", 1, "2024", job_titles=["Director of Housing"]).names_staff
    assert not check_words(text, "response", 1, "2024", job_titles=["Head of Repairs"]).names_staff


# Other letters

OTHER_LETTERS = [
    (
        "extension",
        2,
        "2024",
        "We will answer by 4 December. Housing Ombudsman: 0300 111 3000.",
        {"extension_reason"},
    ),
    ("extension", 1, "2022", "We need more time because the survey is late.", {"new_day"}),
    ("refusal", 1, "2024", "We cannot take this on because it is with the court.", {"way_to_ombudsman"}),
    ("declined_escalation", 2, "2022", "You can go to the Housing Ombudsman.", {"refusal_reasons"}),
    (
        "acknowledgement",
        1,
        "2024",
        "Your complaint is about damp. You want the wall treated.",
        {"responsible_for"},
    ),
    ("acknowledgement", 1, "2022", "Your complaint is about damp.", {"outcomes"}),
    ("acknowledgement", 2, "2022", "You want the wall treated. Thank you.", {"definition"}),
    ("update", 1, "2020", "", {"news"}),
    ("update", 2, "2024", "The surveyor came on Monday.", set()),
    ("withdrawal", 1, "2024", "You asked us to stop the complaint about damp.", {"way_back"}),
]


@pytest.mark.parametrize(("kind", "stage", "edition", "text", "expected"), OTHER_LETTERS)
def test_every_kind_of_letter_is_checked(
    kind: str, stage: int, edition: str, text: str, expected: set[str]
) -> None:
    assert lacks(text, stage, edition, kind) == expected


def test_under_2022_details_go_with_an_extension_that_was_not_agreed() -> None:
    text = "We need more time because the survey is late. We will answer by 4 December."
    assert lacks(text, 1, "2022", "extension", agreed=False) == {"ombudsman_details"}
    assert lacks(text, 1, "2022", "extension", agreed=True) == set()
    assert lacks(text, 1, "2022", "extension") == set()


def test_a_letter_that_no_edition_knows_is_an_error() -> None:
    with pytest.raises(UnknownLetter, match="no letter 'sonnet'"):
        check_words("", "sonnet", 1, "2024")
    with pytest.raises(UnknownLetter, match="stage 3"):
        check_words("", "response", 3, "2024")
    with pytest.raises(UnknownEdition):
        check_words("", "response", 1, "1999")
    with pytest.raises(UnknownEdition):
        check_words("", "response", 1, "2024", folder=Path("/nowhere"))


HARD = [
    "a" * 100_000,
    "we " * 33_000,
    "you have not been able to " * 4_000,
    "complaint about " * 6_000,
    "will be " * 12_500,
    "." * 100_000 + "x",
    "?! " * 33_000,
    " " * 100_000,
    "\n" * 100_000,
    "- \n" * 33_000,
    "1. " * 33_000,
    "Ombudsman. " * 9_000,
    "0" * 100_000,
    "a@" * 50_000,
    "£" * 100_000,
    "e\u0301" * 50_000,
    "👍🏽" * 25_000,
    "\u202eabc " * 20_000,
    STAGE_1 * 170,
    " ".join((STAGE_1 * 170).replace(".", "").split()),
]


@pytest.mark.parametrize("text", HARD, ids=lambda text: repr(text[:12]))
@pytest.mark.parametrize("stage", [1, 2])
def test_a_hundred_kilobytes_are_read_at_once_whatever_they_hold(text: str, stage: int) -> None:
    started = time.process_time()
    check_words(text, "response", stage, "2024", ["Dave", "Will"])
    assert time.process_time() - started < 5


# Before it goes


def test_before_it_goes_a_letter_is_told_what_it_holds_and_what_it_does_not_seem_to_say() -> None:
    checked = check_own_letter(
        "Stage 1. Your complaint is about damp. We do not uphold it.", "response", 1, "2024"
    )
    assert checked.may_be_sent
    assert [each.key for each in checked.present] == ["stage", "definition", "decision", "no_reason_asked"]
    assert [(each.key, each.ref) for each in checked.look_again] == [
        ("reasons", "6.9"),
        ("way_to_stage_2", "6.9"),
        ("ombudsman_details", "3.7"),
    ]
    assert checked.look_again[0].says == "Nothing in the letter seems to say why it was decided so."


@pytest.mark.parametrize("stage", [1, 2])
@pytest.mark.parametrize("edition", ["2020", "2022", "2024"])
@pytest.mark.parametrize("text", ["", "We uphold it.", STAGE_1, STAGE_2])
def test_it_foretells_what_the_check_of_words_finds(text: str, edition: str, stage: int) -> None:
    foretold = {each.key for each in check_own_letter(text, "response", stage, edition).look_again}
    assert set(check_words(text, "response", stage, edition).lacks) <= foretold


@pytest.mark.parametrize("text", OTHER_LANGUAGES)
def test_before_it_goes_nobody_claims_to_have_read_another_language(text: str) -> None:
    checked = check_own_letter(text, "response", 1, "2024")
    assert checked.present == ()
    assert [each.key for each in checked.look_again] == ["language"]
