"""putright moved-days: carries on with saved changes of the calendar until nothing is left."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from cast import Cast

from putright.cli import main
from putright.record.landlords.days_off import Proposed


def test_it_carries_on_and_tells_whom_a_letter_is_owed(cast: Cast, capsys: Any) -> None:
    from putright.upkeep.calendar_changes import actions

    case = cast.open()
    given = {"by": cast.actor("administrator"), "at": cast.clock.now}
    day = date(2026, 12, 2)
    change = actions.propose(
        cast.landlord, Proposed("bank_holiday", day, day, "Day of thanks", "GOV.UK"), **given
    )
    actions.save(actions.look_on(change), **given)
    assert cast.fresh(case).next_due_on == date(2026, 12, 4)
    assert main(["moved-days", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["changes"] == [{"change": change.pk, "landlord": cast.landlord.pk, "cases": 1}]
    assert told["letters_owed"] == {"tern-valley": 1}
    assert cast.fresh(case).next_due_on == date(2026, 12, 7)
    assert main(["moved-days"]) == 0
    assert "0 changes" in capsys.readouterr().out
