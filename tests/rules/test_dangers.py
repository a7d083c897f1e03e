"""Words that may mean danger make a person ask; the same words in another sense do not."""

from __future__ import annotations

import time

import pytest

from complaint_rules import dangers


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("There is DAMP in the back bedroom", "damp_and_mould"),
        ("mouldy clothes again", "damp_and_mould"),
        ("Black mold behind the bed", "damp_and_mould"),
        ("the walls are always wet", "damp_and_mould"),
        ("I smell gas", "gas"),
        ("The gas engineer never came", "gas"),
        ("fumes from next door's flue", "gas"),
        ("my carbon monoxide alarm went off", "carbon_monoxide"),
        ("the CO alarm keeps beeping", "carbon_monoxide"),
        ("A small fire in the bin store", "fire"),
        ("the smoke alarm has no battery", "fire"),
        ("a fire door that will not shut", "fire"),
        ("The plug is scorched", "fire"),
        ("electrics spark when it rains", "electric"),
        ("wires hang from the light", "electric"),
        ("I got a shock from the shower", "electric"),
        ("we have had no power since Monday", "electric"),
        ("Water is coming in through the roof", "water"),
        ("the kitchen floods", "water"),
        ("a burst pipe", "water"),
        ("sewage in the bath", "water"),
        ("our only toilet is blocked", "water"),
        ("There is no heating", "no_heating"),
        ("the heating has not been working for a week", "no_heating"),
        ("we have had no proper hot water", "no_heating"),
        ("The boiler has failed three times", "no_heating"),
        ("She fell on the path", "injury"),
        ("my son was injured", "injury"),
        ("he was taken to hospital", "injury"),
        ("my baby got scalded", "injury"),
        ("she broke her left wrist", "injury"),
        ("Child has asthma", "health"),
        ("I can’t breathe at night", "health"),
        ("her insulin is in a broken fridge", "health"),
        ("is it asbestos?", "asbestos"),
        ("the porch roof is coming down, slowly", "structure"),
        ("ceiling has started to sag", "structure"),
        ("a hole in the kitchen floor", "structure"),
        ("the balcony rail is loose", "structure"),
        ("the stairs are broken", "structure"),
        ("RATS in the loft", "hygiene"),
        ("my foot fell through the floor", "injury"),
        ("he nearly fell out of the window", "injury"),
        ("the roof is coming down on us", "structure"),
        ("it leaked down to the flat below", "water"),
        ("I was hurt by the door", "injury"),
        ("the da\u200bmp is back", "damp_and_mould"),
        ("no\nheating\nat all", "no_heating"),
    ],
)
def test_danger_is_heard_however_it_is_said(said: str, kind: str) -> None:
    assert kind in dangers.kinds(said), dangers.mentioned(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Nobody rang back about the gate. I have asked four times.",
        "I was fired from my job and cannot pay",
        "He fired off an angry email",
        "the gasket factory",
        "Firemen's ball",
        "a watery excuse",
        "dampened spirits",
        "You hurt my feelings",
        "I fell out with my neighbour",
        "I fell behind with the rent",
        "the offer fell through",
        "Somebody leaked my address to him",
        "a data leak",
        "my gas bill is wrong",
        "there is nowhere to charge an electric car",
        "It must have slipped your mind, but it slipped my mind too",
        "ratio of homes to lifts",
        "the ceiling wants painting",
        "the stairs are dirty",
        "I paid for the wallpaper",
        "my daughter goes to the dampier school",
        "she burst into tears on the telephone",
        "a comfortable coal alarm clock",
        "the firewall blocked my email",
    ],
)
def test_the_same_words_in_another_sense_are_passed_over(said: str) -> None:
    assert dangers.mentioned(said) == ()


def test_another_sense_does_not_hide_a_danger_beside_it() -> None:
    assert dangers.kinds("I was fired from my job, and there was a fire.") == ("fire",)
    assert dangers.kinds("My gas bill is wrong and I smell gas.") == ("gas",)


def test_each_kind_is_told_once_with_its_first_words_as_they_were_written() -> None:
    said = dangers.mentioned("Damp, DAMP, mould.\nThe ceiling is  sagging", "and the gas is off")
    assert [(each.kind, each.words) for each in said] == [
        ("damp_and_mould", "Damp"),
        ("structure", "ceiling is sagging"),
        ("gas", "gas"),
    ]


def test_every_kind_has_words_but_the_one_that_is_stated() -> None:
    assert dangers.KINDS[-1] == "at_risk"
    assert all(dangers.WORDS[kind] for kind in dangers.KINDS[:-1])


@pytest.mark.parametrize(
    "text", ["a " * 50_000, "heating " * 12_500, "ceiling,\n" * 11_000, "walls" * 20_000, "é\u0301" * 40_000]
)
def test_a_hundred_thousand_characters_are_read_in_a_moment(text: str) -> None:
    began = time.process_time()
    dangers.mentioned(text)
    assert time.process_time() - began < 2
