"""Answering a question, whoever does it and by whichever door: the words, the files, once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from complaint_rules.asking import LAWYER
from complaint_rules.events import Actor
from putright.casework import verb
from putright.casework.act import Outcome
from putright.record.correspondence import files
from putright.record.correspondence.files import Kept, NotKept
from putright.record.promises.questions import Question

MOST_FILES = 20


class CannotKeep(Exception):
    """A file cannot be kept, and why. Nothing was done."""


def verb_for(question: Question) -> str:
    """What answers a question: a lawyer's answer is advice, which is privileged."""
    return "record_advice" if question.asked.of == LAWYER else "answer_others"


def answer(
    question: Question,
    words: str,
    answered_by: str,
    uploads: Iterable[Any],
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> Outcome:
    """Keep an answer on the case that holds its question now. CannotKeep for a file; NotDone as the actions do."""
    kept = _put_aside(uploads)
    name = verb_for(question)
    given: dict[str, Any] = {"asked": question.number, "files": kept}
    if name == "record_advice":
        given |= {"advice": words, "adviser": answered_by or question.asked.whom}
    else:
        given |= {"answer": words, "answered_by": answered_by}
    try:
        done = verb(name)(question.file.case, by=by, at=at, key=key, **given)
    except BaseException:
        files.drop(kept)
        raise
    if done.repeated:
        files.drop(kept)
    return done


def _put_aside(uploads: Iterable[Any]) -> list[Kept]:
    kept: list[Kept] = []
    try:
        for each in uploads:
            if len(kept) == MOST_FILES:
                raise NotKept(f"Choose {MOST_FILES} files or fewer.")
            kept.append(files.put_aside(each))
    except NotKept as problem:
        files.drop(kept)
        raise CannotKeep(str(problem)) from problem
    except BaseException:
        files.drop(kept)
        raise
    return kept
