"""Stages: how many there are, what stands before or after them, and who considers the second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from complaint_rules.editions import Edition
from complaint_rules.policy_check.answers import (
    Answer,
    breached,
    cannot_tell,
    each_way,
    met,
    not_applicable,
    together,
)
from complaint_rules.procedure import SENIORITY, Place, Procedure, Stage
from complaint_rules.procedure.stages import is_before_stage_1

TWO = 2
_STAGE_LIKE = re.compile(r"\bstage\b|\bpre[\s-]?complaint\b|\binformal complaint\b")
_INFORMAL = re.compile(r"\binformal\w*")
_SAME_PERSON = re.compile(
    r"\bsame (?:person|officer|manager|handler|member of staff|investigator|team member)\b"
)
_NOT_THE_SAME = re.compile(r"\b(?:not|never|other than|different (?:from|to)|cannot be)\b[^.]*\bsame\b")
_ANOTHER = re.compile(
    r"\b(?:different|another|separate|independent|not previously involved|not involved|other than|no (?:previous|"
    r"prior) involvement)\b"
)
_SEVERAL_PEOPLE = re.compile(
    r"\b(?:team|officers|managers|staff|directors|investigators|handlers|leaders|group|panel)\b"
)
_GATE = re.compile(
    r"\b(?:at (?:the|our) discretion|if (?:we|the \w+) (?:agree|accept|consider|decide)|where appropriate|"
    r"if appropriate|grounds for (?:a )?review|may refuse|will be considered|subject to)\b"
)
_APART = re.compile(
    r"\b(?:first|before|separate\w*|apart|own (?:complaints? )?(?:process|procedure)|outside|instead|directly to)\b"
)


def listed(procedure: Procedure) -> list[tuple[str, int, Place]]:
    """Everything that the document counts as a stage: its name, its number, its place."""
    found = [(stage.name, stage.counts_as, stage.place) for stage in procedure.stages]
    if procedure.first_step and procedure.counted_first_step:
        found.insert(0, (procedure.first_step.name, 0, procedure.first_step.place))
    return found


def formal(procedure: Procedure) -> list[Stage]:
    return [stage for stage in procedure.stages if stage.counts_as > 0]


def number_of_stages(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether there are more stages than the Code allows. `third` says what it makes of a third one.

    `never`; or `with_reasons`, which a self-assessment gives.
    """
    stages = listed(procedure)
    said: int | None = procedure.details.get("number_of_stages")
    if not stages and said is None:
        return cannot_tell("It does not say what its stages are.")
    number = max(len(stages), said or 0)
    places = [place for _, _, place in stages] or [Place(procedure.lines.get("number_of_stages"))]
    if number <= TWO:
        return met("There is one stage." if number == 1 else "There are two stages.", *places)
    extra = [(name, place) for name, counts_as, place in stages if counts_as == 0 or counts_as > TWO]
    named = " and ".join(f'"{name}"' for name, _ in extra)
    beside = f": {named} beside the two" if named else ""
    places = [place for _, place in extra] or places
    if asks["third"] == "never" or number > TWO + 1:
        allowed = "two" if asks["third"] == "never" else "three at most"
        return breached(f"{_counted(number)} stages{beside}. The Code allows {allowed}.", *places)
    if any(stage.reason for stage in procedure.stages):
        return met(f"Three stages{beside}, with a reason. The self-assessment must give it too.", *places)
    says = f"Three stages{beside}. The Code wants the reasons for a third in the self-assessment."
    return cannot_tell(says, *places)


def _counted(number: int) -> str:
    return {3: "Three", 4: "Four", 5: "Five"}.get(number, str(number))


def extra_stage(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a step of its own stands before stage 1, by whatever name."""
    answers: list[Answer | None] = [
        breached(_BEFORE.format(name=stage.name), stage.place)
        for stage in procedure.stages
        if stage.counts_as == 0
    ]
    answers += [
        breached(f'"{stage.name}" is an informal stage by its name. Every complaint counts.', stage.place)
        for stage in formal(procedure)
        if _INFORMAL.search(stage.name.lower())
    ]
    if procedure.first_step:
        answers.append(_first_step(procedure))
    if not answers and procedure.stages:
        places = [stage.place for stage in procedure.stages]
        answers.append(met("No step of its own stands before stage 1.", *places))
    return together(answers) or cannot_tell("It does not say what its stages are.")


_BEFORE = '"{name}" is a stage before stage 1. Remove it, or settle early within stage 1.'


def _first_step(procedure: Procedure) -> Answer:
    step = procedure.first_step
    assert step is not None
    named = f'"{step.name}" stands before stage 1'
    skip = {each.answer for each in procedure.said("first_step.resident_may_skip")}
    if procedure.counted_first_step:
        return breached(f"{named} and is counted as a stage. Remove it.", step.place)
    if skip == {True} and not _STAGE_LIKE.search(step.name.lower()):
        return met(f"{named}, but the resident may go straight to stage 1.", step.place)
    if skip == {False}:
        return breached(f"{named}, and the resident cannot go straight to stage 1.", step.place)
    if is_before_stage_1(step.name):
        return breached(f"{named}: an extra stage by name. Let early answers be part of stage 1.", step.place)
    return cannot_tell(f"{named}. It does not say that the resident may go straight to stage 1.", step.place)


def third_stage_only(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """For a provision on third stages alone: whether it arises at all, and if so whether `key` says that it is met.

    Without a key, the questions after this one judge it.
    """
    third = next((stage for stage in formal(procedure) if stage.counts_as > TWO), None)
    if third is None:
        if not listed(procedure) and "number_of_stages" not in procedure.details:
            return cannot_tell("It does not say what its stages are.")
        return not_applicable("There is no third stage.")
    key = asks.get("key")
    if key is None:
        return None
    number = procedure.stages.index(third)
    said = procedure.said(f"stage:{number}.{key}")
    answers = {each.answer for each in said}
    if answers == {True}:
        return met(f'"{third.name}": it says so.', third.place)
    if answers == {False}:
        return breached(f'"{third.name}": it says that this is not so.', third.place)
    return cannot_tell(f'"{third.name}": it does not say.', third.place)


def final_at_stage_2(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the stage 2 answer is the last word of the landlord."""
    after = [stage for stage in formal(procedure) if stage.counts_as > TWO]
    if after:
        named = " and ".join(f'"{stage.name}"' for stage in after)
        return breached(
            f"{named} comes after stage 2. Stage 2 is the final answer.", *[s.place for s in after]
        )
    second = _stage(procedure, TWO)
    if second is None:
        return cannot_tell("It does not say what its stages are.")
    return met("Nothing comes after stage 2.", second.place)


def _stage(procedure: Procedure, number: int) -> Stage | None:
    return next((stage for stage in procedure.stages if stage.counts_as == number), None)


# From stage 1 to stage 2


def progress(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a complaint that is not resolved at stage 1 goes to stage 2."""
    said = procedure.said("escalation.progressed")
    first = procedure.details.get("escalation.decided_first")
    stages = formal(procedure)
    answers: list[Answer | None] = []
    if stages and len(stages) < TWO:
        answers.append(breached("There is no second stage to go to.", stages[0].place))
    if any(each.answer is False for each in said):
        answers.append(
            breached("It says that an unresolved complaint need not go on.", *[e.place for e in said])
        )
    if first:
        place = Place(procedure.lines.get("escalation.decided_first"))
        answers.append(
            cannot_tell(f"Somebody first decides whether stage 2 is right ({first}). On what grounds?", place)
        )
    answers.extend(_gates(procedure))
    if answers:
        return together(answers)
    if any(each.answer for each in said):
        return met("What is not resolved goes to stage 2.", *[each.place for each in said])
    if len(stages) >= TWO:
        return met("Stage 2 follows stage 1, and nothing here stands between.", stages[1].place)
    return cannot_tell("It does not say what its stages are.")


def _gates(procedure: Procedure) -> list[Answer]:
    texts = [
        (text, Place(procedure.lines.get("escalation.how"))) for text in _texts(procedure, "escalation.how")
    ]
    second = _stage(procedure, TWO)
    if second and second.says:
        texts.append((second.says, second.place))
    return [
        cannot_tell(f'"{text}" leaves it to the landlord whether stage 2 is opened.', place)
        for text, place in texts
        if _GATE.search(text.lower())
    ]


def _texts(procedure: Procedure, key: str) -> tuple[str, ...]:
    given = procedure.details.get(key, ())
    return (given,) if isinstance(given, str) else tuple(given)


def different_person(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether stage 2 is considered by somebody who did not consider stage 1."""
    first, second = _stage(procedure, 1), _stage(procedure, TWO)
    if second is None:
        if formal(procedure):
            return cannot_tell("It has no stage 2.")
        return cannot_tell("It does not say who considers stage 2.")
    key = f"stage:{procedure.stages.index(second)}"
    said = procedure.said(f"{key}.different_person")
    answers = [_said_of_person(each.answer, each.place) for each in said if each.answer is not None]
    words = " ".join((second.says, *second.handled_by)).lower()
    if _SAME_PERSON.search(words) and not _NOT_THE_SAME.search(words):
        answers.append(breached("The same person considers both stages.", second.place))
    elif _ANOTHER.search(words) or _NOT_THE_SAME.search(words):
        answers.append(met("Another person considers stage 2.", second.place))
    standing = each_way(answers) if answers else _by_post(first, second)
    return together([standing, _seniority(procedure, first, second, key)])


def _said_of_person(different: bool | None, place: Place) -> Answer:
    if different:
        return met("Another person considers stage 2.", place)
    return breached("It lets the same person consider both stages.", place)


def _by_post(first: Stage | None, second: Stage) -> Answer:
    if first is None or not first.handled_by or not second.handled_by:
        return cannot_tell("It does not say that stage 2 is considered by another person.", second.place)
    posts = [{_post(each) for each in stage.handled_by} for stage in (first, second)]
    shared = posts[0] & posts[1]
    if not shared:
        return met(
            f"{second.handled_by[0]} considers stage 2, not {first.handled_by[0]}.", first.place, second.place
        )
    if len(posts[0] | posts[1]) > 1 or any(_SEVERAL_PEOPLE.search(each) for each in shared):
        says = "The same post may consider both stages; it does not say that another person must."
        return cannot_tell(says, first.place, second.place)
    return breached(f"{second.handled_by[0]} considers both stages.", first.place, second.place)


def _post(text: str) -> str:
    return re.sub(r"\b(?:the|a|an|our|relevant)\b|[^a-z0-9 ]", " ", text.lower()).strip().replace("  ", " ")


def _seniority(procedure: Procedure, first: Stage | None, second: Stage, key: str) -> Answer | None:
    """Whether the people named are as senior as the document says.

    The Code asks only for another person, so seniority alone breaches nothing: but a reviewer who is no more
    senior may not be able to change what was decided, and a document that claims more than it holds is wrong.
    """
    if first is None or first.seniority is None or second.seniority is None:
        return None
    ranks = [SENIORITY.index(first.seniority), SENIORITY.index(second.seniority)]
    if ranks[1] > ranks[0]:
        return None
    claim = [each for each in procedure.said(f"{key}.more_senior") if each.answer]
    another = any(each.answer for each in procedure.said(f"{key}.different_person"))
    who = f"Stage 1 is considered by {_a(first.seniority)} and stage 2 by {_a(second.seniority)}"
    places = (first.place, second.place, *[each.place for each in claim])
    if claim:
        return breached(f"{who}, but it says that stage 2 is more senior.", *places)
    if another and ranks[1] == ranks[0]:
        return met(f"{who}: another person, though no more senior.", *places)
    return cannot_tell(f"{who}, who is no more senior: can they change what was decided?", *places)


def _a(seniority: str) -> str:
    return f"an {seniority}" if seniority[0] in "aeiou" else f"a {seniority}"


# Outside answers, and several documents


def third_parties(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a contractor's or adjudicator's own answer is one of the two stages."""
    said = procedure.said("third_parties")
    answers = []
    for each in said:
        if each.answer is None:
            answers.append(cannot_tell("It does not say how answers by third parties fit in.", each.place))
        elif each.answer is False or _APART.search(each.says.lower()):
            answers.append(breached("Third parties answer apart from the two stages.", each.place))
        else:
            answers.append(met("Answers by third parties are part of the two stages.", each.place))
    return each_way(answers) if answers else cannot_tell("It says nothing of answers by third parties.")


def one_policy(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether one policy covers every complaint that the Code covers."""
    said = [each for each in procedure.said("single_policy") if each.answer is not None]
    if said:
        return each_way(
            [
                met("One policy covers every complaint.", each.place)
                if each.answer
                else breached("Several policies cover complaints.", each.place)
                for each in said
            ]
        )
    places = [layer.place for layer in procedure.layers]
    if len(procedure.layers) < TWO:
        return cannot_tell("It does not say that one policy covers every complaint.", *places)
    setting = [layer for layer in procedure.layers if layer.sets_stages or layer.sets_times]
    if len(setting) > 1:
        return breached("More than one document sets stages or times. The Code wants one policy.", *places)
    return cannot_tell("Two documents apply together. A resident should meet one policy only.", *places)
