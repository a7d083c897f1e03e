"""The words of a page: one for each code of the rules, and one only."""

from __future__ import annotations

import pytest

from complaint_rules.findings import Verdict
from complaint_rules.risk import REASONS
from putright.interfaces.pages import words


def test_every_verdict_of_the_rules_has_its_word() -> None:
    assert set(words.VERDICTS) == {str(verdict) for verdict in Verdict}
    assert words.verdict_word(Verdict.OPEN) == "Not yet due"
    assert words.verdict_word(Verdict.CANNOT_TELL) == "Cannot tell"


@pytest.mark.parametrize(
    "look_up", [words.verdict_word, words.action_word, words.clock_word, words.staff_word]
)
def test_a_code_without_a_word_is_a_mistake_and_not_shown_as_it_is(look_up) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(KeyError):
        look_up("ticketed")


def test_every_reason_of_risk_has_its_words_worst_first() -> None:
    assert list(words.RISKS) == list(REASONS)


def test_numbered_clocks_keep_their_number() -> None:
    assert words.clock_word("respond") == "Answer stage 1"
    assert words.clock_word("promise:2") == "Promise 2"
    assert words.clock_word("order:11") == "Order 11"


def test_a_state_says_its_stage_where_it_has_one() -> None:
    assert words.state_word("open", 1) == "Open, stage 1"
    assert words.state_word("received") == "Received"
    assert words.state_word("withdrawn", 1) == "Withdrawn"


def test_no_two_buttons_bear_the_same_words() -> None:
    said = list(words.ACTIONS.values())
    assert len(said) == len(set(said))


def test_no_word_of_ours_is_one_that_should_never_be_read() -> None:
    never = {term.never.lower() for term in words.TERMS.values()}
    tables = (
        words.VERDICTS,
        words.ACTIONS,
        words.CLOCKS,
        words.STATES,
        words.ROLES,
        words.CHANNELS,
        words.GROUNDS,
    )
    shown = {word.lower() for table in tables for word in table.values()}
    shown |= {word.lower() for term in words.TERMS.values() for word in (term.staff, term.resident)}
    assert not shown & never
