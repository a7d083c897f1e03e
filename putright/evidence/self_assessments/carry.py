"""Carrying an earlier self-assessment forward, to the same edition or through the crosswalk to another.

An answer stands for as long as the same thing is asked. Where an edition asks something else, where an answer was
given to more than is asked now, or where the answers that come together differ, it is asked again; the words
are kept, with where they come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from complaint_rules.editions import all_editions
from complaint_rules.editions.crosswalk import counterparts, threads_of
from complaint_rules.editions.provisions import provisions
from putright.evidence.self_assessments.models import ProvisionAnswer

KEPT = "Kept"
"""How the crosswalk begins what it says of a provision whose substance stayed."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a provision begins with: the refs it comes from, and whether it is to be answered afresh, and why."""

    ref: str
    sources: tuple[str, ...] = ()
    answer: str = ""
    comment: str = ""
    why_not: str = ""
    comply_by: date | None = None
    asked_again: bool = False
    changes: tuple[str, ...] = ()


def carry(earlier: Iterable[ProvisionAnswer], before: str, now: str) -> dict[str, Carried]:
    """What every provision of edition `now` begins with, from the answers of an assessment against `before`."""
    given = {each.provision: each for each in earlier}
    return {ref: _one(ref, given, before, now) for ref in provisions(now)}


def _one(ref: str, given: Mapping[str, ProvisionAnswer], before: str, now: str) -> Carried:
    sources = sources_of(before, now, ref)
    came = [given[each] for each in sources if each in given and _said(given[each])]
    changes = changes_of(before, now, ref)
    if not came:
        return Carried(ref, sources, asked_again=bool(changes), changes=changes)
    answer = _together(came, before, now)
    asked_again = bool(changes) or not answer
    if asked_again:
        answer = ""
    return Carried(
        ref,
        sources,
        answer,
        _joined([(each.provision, each.comment) for each in came]),
        _joined([(each.provision, each.why_not) for each in came]),
        max((each.comply_by for each in came if each.comply_by), default=None),
        asked_again,
        changes,
    )


def sources_of(before: str, now: str, ref: str) -> tuple[str, ...]:
    """The provisions of the earlier edition that ask what this one asks; itself where the edition is the same."""
    if before == now:
        return (ref,)
    return counterparts(now, ref).get(before, ())


def changes_of(before: str, now: str, ref: str) -> tuple[str, ...]:
    """What changed in substance on the way, in our own words, oldest first; what nothing asked before is new."""
    if before == now:
        return ()
    names = list(all_editions())
    between = names[names.index(before) + 1 : names.index(now) + 1]
    found = [
        thread.changes[edition]
        for thread in threads_of(now, ref)
        for edition in between
        if not thread.changes.get(edition, KEPT).startswith(KEPT)
    ]
    if not sources_of(before, now, ref) and not found:
        found = [f"The {before} Code did not ask this."]
    return tuple(dict.fromkeys(found))


def _said(answer: ProvisionAnswer) -> bool:
    return bool(answer.answer or answer.comment.strip() or answer.why_not.strip())


def _together(came: list[ProvisionAnswer], before: str, now: str) -> str:
    """The answer they all give; empty where they differ, or where it was given to more than is asked now."""
    answers = {each.answer for each in came}
    if len(answers) != 1:
        return ""
    answer = answers.pop()
    if answer in ("no", "partly") and any(_was_split(each.provision, before, now) for each in came):
        return ""
    return answer


def _was_split(ref: str, before: str, now: str) -> bool:
    """Whether several provisions of the later edition ask what one asked before."""
    return before != now and len(counterparts(before, ref).get(now, ())) > 1


def _joined(said: list[tuple[str, str]]) -> str:
    """The words of one as they are; of several, each with the provision it was said of."""
    spoken = [(ref, text) for ref, text in said if text.strip()]
    if len(spoken) == 1:
        return spoken[0][1]
    return "\n\n".join(f"From {ref}: {text}" for ref, text in spoken)
