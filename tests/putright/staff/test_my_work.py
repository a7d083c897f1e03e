"""My work: the first page after signing in."""

from __future__ import annotations

from typing import Any

import pytest
from cast import Cast


def page_of(cast: Cast, who: str = "officer", address: str = "/") -> str:
    answer = cast.client(who).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("query", ["handler=me&stage=1", "when=late", "q=damp", "after=2026-12-20.100"])
def test_an_old_link_to_the_queue_still_leads_there(cast: Cast, query: str) -> None:
    answer: Any = cast.client("officer").get(f"/?{query}")
    assert answer.status_code == 302
    assert answer["Location"] == f"/queue/?{query}"
    assert cast.client("officer").get(answer["Location"]).status_code == 200


def test_it_shows_what_is_due_from_whoever_looks_and_nobody_elses(cast: Cast) -> None:
    case = cast.open()
    assert case.reference in page_of(cast, "investigator")
    assert case.reference not in page_of(cast, "officer")
    assert case.reference not in page_of(cast, "stranger")
