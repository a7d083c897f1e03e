"""Several actions in one go: all or none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from cast import Cast

KEY = "7e5a1f3c-58a4-4a53-9d0f-1a2b3c4d5e6f"


def together(cast: Cast, case: Any, *parts: Any, by: str = "officer", **more: Any) -> Any:
    from putright.casework.together import Part, do_together

    return do_together(
        case,
        [Part(name, given) for name, given in parts],
        by=lambda name: cast.actor(by),
        at=cast.clock.now,
        key=more.pop("key", KEY),
        **more,
    )


def verbs_of(case: Any) -> list[str]:
    from putright.record.journal.queries import of_case

    return [entry.verb for entry in of_case(case.landlord_id, case.pk)]


CALL = ("record_contact", {"direction": "in", "channel": "telephone", "with_": "Amira", "summary": "Rang."})


def test_all_of_them_happen(cast: Cast) -> None:
    case = cast.open()
    done = together(cast, case, CALL, ("promise", {"what": "Ring back", "due": date(2026, 12, 3)}))
    assert [outcome.entry.verb for outcome in done] == ["record_contact", "promise"]
    assert verbs_of(case)[-2:] == ["record_contact", "promise"]


def test_asked_twice_they_happen_once(cast: Cast) -> None:
    case = cast.open()
    parts = (CALL, ("promise", {"what": "Ring back", "due": date(2026, 12, 3)}))
    first, again = together(cast, case, *parts), together(cast, case, *parts)
    assert [outcome.repeated for outcome in first + again] == [False, False, True, True]
    assert [outcome.entry.pk for outcome in first] == [outcome.entry.pk for outcome in again]
    assert verbs_of(case).count("promise") == 1


def test_where_one_is_refused_none_happens_and_the_attempt_is_noted(cast: Cast) -> None:
    from putright.casework.act import Refused
    from putright.casework.together import NotTogether
    from putright.record.journal.models import Entry

    case = cast.receive(about_staff=[str(cast.investigator.pk)])
    before = verbs_of(case)
    with pytest.raises(NotTogether) as raised:
        together(
            cast,
            case,
            ("log_complaint", {}),
            ("acknowledge", {"definition": "Damp."}),
            ("assign", {"handler": str(cast.investigator.pk)}),
        )
    assert raised.value.part.verb == "assign"
    assert isinstance(raised.value.problem, Refused)
    assert verbs_of(case) == [*before, "refused"]
    assert Entry.objects.get(case=case.pk, verb="refused").data["verb"] == "assign"
    assert cast.fresh(case).state == "received"


def test_where_one_lacks_something_nothing_is_written(cast: Cast) -> None:
    from putright.casework.act import NeedsMore
    from putright.casework.together import NotTogether

    case = cast.receive()
    before = verbs_of(case)
    with pytest.raises(NotTogether) as raised:
        together(cast, case, ("log_complaint", {}), ("acknowledge", {"definition": " "}))
    assert isinstance(raised.value.problem, NeedsMore)
    assert verbs_of(case) == before


def test_what_others_did_since_it_was_read_stops_all_of_it(cast: Cast) -> None:
    from putright.casework.act import Changed
    from putright.casework.together import NotTogether

    case = cast.receive()
    cast.do("log_complaint", case, by="colleague")
    before = verbs_of(case)
    with pytest.raises(NotTogether) as raised:
        together(cast, case, ("acknowledge", {"definition": "Damp."}), CALL, read_at=1)
    assert isinstance(raised.value.problem, Changed)
    assert verbs_of(case) == before
