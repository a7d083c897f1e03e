"""Who leads, what governing bodies and residents are told, and how a complaint may come in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
from complaint_rules.procedure import NOT_GIVEN, LeadMember, Place, Procedure, Report
from complaint_rules.procedure.schema import schema

ENOUGH_CHANNELS = 2


def lead_member(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether one person of the governing body leads on complaints: a board or committee is no person."""
    given = procedure.lead_members
    if not given:
        return cannot_tell("It does not name a member of the governing body who leads on complaints.")
    return each_way([_lead(each) for each in given])


def _lead(given: LeadMember) -> Answer:
    if given.person:
        return met(f"{given.person} leads on complaints.", given.place)
    if given.body:
        return breached(
            f"{given.body} is a body. One member, a person, must lead on complaints.", given.place
        )
    return breached("Nobody leads on complaints for the governing body yet.", given.place)


# Channels

_CHANNELS = (
    ("telephone", r"\b(?:tele)?phon\w*|\bcall\w*|\bring\w*|\bvoice"),
    ("email", r"\be-?mail"),
    ("web", r"\bweb\w*|\bonline|\bportal|\bapp\b|\bdigital|\binternet|\be-?form|\bchat"),
    ("letter", r"\bletters?\b|\bpost\b|\bby post|\bwriting\b|\bwritten\b|\bpaper\b"),
    (
        "in_person",
        r"\bin[- _]person|\bface[- ]to[- ]face|\boffices?\b|\bvisit\w*|\bcounter|\bstaff\b|\bmeeting",
    ),
    ("social_media", r"\bsocial|\bfacebook|\btwitter|\binstagram|\bwhatsapp|\blinkedin|\btiktok|^x$"),
    ("text", r"\btext\w*|\bsms\b"),
    ("video", r"\bvideo|\bsign language|\bbsl\b|\brelay"),
)
_WHO = re.compile(r"\b(?:advocate|representative|councillor|mp|mps|friend|family|solicitor|third part)\w*\b")


def routes(texts: Iterable[str]) -> list[str]:
    """The different routes that these words name. Who brings a complaint is not a route."""
    found: dict[str, None] = {}
    for text in texts:
        for part in re.split(r",|;|/| or | and |\bor\b", text.lower().replace("_", " ")):
            words = part.strip(" .")
            named = [name for name, pattern in _CHANNELS if re.search(pattern, words)]
            if named:
                found |= dict.fromkeys(named)
            elif words and not _WHO.search(words):
                found[words] = None
    return list(found)


def channels(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether there is more than one way to complain."""
    given = procedure.channels
    if given is None:
        return cannot_tell("It does not say how a resident may complain.")
    named = [each for each in given if each.ground != NOT_GIVEN]
    ways = routes(each.says for each in named)
    places = [each.place for each in given]
    if len(ways) >= ENOUGH_CHANNELS:
        return met(
            f"There are {len(ways)} ways to complain: {', '.join(each.replace('_', ' ') for each in ways)}.",
            *places,
        )
    if len(named) < len(given):
        return cannot_tell("The ways to complain are listed elsewhere, and not here.", *places)
    if not ways:
        return breached("It gives no way to complain.", *places)
    return breached(
        f"There is one way to complain only: {ways[0].replace('_', ' ')}. Give more than one.", *places
    )


def any_way(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a resident may complain in any way, to any member of staff."""
    shut = procedure.details.get("channels_not_taken", ())
    place = Place(procedure.lines.get("channels_not_taken"))
    used = {each.answer for each in procedure.said("social_media.used")}
    answers: list[Answer | None] = []
    for each in shut:
        if used == {False} and routes([each]) == ["social_media"]:
            continue
        answers.append(
            breached(f"Complaints are not taken by {each}. A resident may complain in any way.", place)
        )
    answers += [
        breached("Complaints on social media are not taken.", each.place)
        for each in procedure.said("social_media.taken")
        if each.answer is False and used != {False}
    ]
    answers.append(stated(procedure, edition, {"key": "any_member_of_staff"}))
    return together(answers)


def social_media(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether complaints on the landlord's social media are taken."""
    used = procedure.said("social_media.used")
    if used and all(each.answer is False for each in used):
        return not_applicable("It has no social media.", *[each.place for each in used])
    return stated(procedure, edition, {"key": "social_media.taken"})


# The Ombudsman's details

_EARLY = frozenset(
    {
        "acknowledgement",
        "updates",
        "extension",
        "stage_1_response",
        "stage_2_acknowledgement",
        "every_letter",
        "start",
        "throughout",
    }
)
_ALWAYS = frozenset({"every_letter", "throughout"})
_REGULAR = frozenset({"every_letter", "throughout", "regular_correspondence", "newsletters"})


def _places(procedure: Procedure) -> tuple[Mapping[str, Any], ...]:
    return tuple(procedure.details.get("ombudsman.given_in", ()))


def ombudsman_early(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether residents hear of the Ombudsman from the start, and not at the end only."""
    given = _places(procedure)
    if not given:
        return cannot_tell("It does not say when residents are told of the Ombudsman.")
    return each_way([_early(each) for each in given])


def _early(given: Mapping[str, Any]) -> Answer:
    places = set(given["in"])
    if places & _EARLY:
        return met("Residents are told of the Ombudsman before the end.", given["place"])
    if given["more"]:
        return cannot_tell(
            "It does not say that residents are told of the Ombudsman before the end.", given["place"]
        )
    if "final_response" in places:
        return breached(
            "The Ombudsman's details come only at the end. Give them from the start.", given["place"]
        )
    if not places:
        return breached("The Ombudsman's details are given nowhere.", given["place"])
    return breached("No letter of a complaint gives the Ombudsman's details.", given["place"])


def ombudsman_in_letters(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the Ombudsman's details are part of regular letters."""
    given = _places(procedure)
    if not given:
        return cannot_tell("It does not say which letters give the Ombudsman's details.")
    return each_way([_regular(each) for each in given])


_LETTERS_OF_EACH_STAGE = (
    frozenset({"acknowledgement", "stage_1_response", "final_response"}),
    frozenset({"start", "stage_1_response", "final_response"}),
)


def _regular(given: Mapping[str, Any]) -> Answer:
    places = set(given["in"])
    if places & _REGULAR or any(each <= places for each in _LETTERS_OF_EACH_STAGE):
        return met("Letters to residents give the Ombudsman's details.", given["place"])
    if given["more"] or places - {"final_response"}:
        return cannot_tell(
            "It does not say that regular letters give the Ombudsman's details.", given["place"]
        )
    return breached("Only the last letter gives the Ombudsman's details.", given["place"])


def ombudsman_at_end(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the last answer gives the Ombudsman's details."""
    given = _places(procedure)
    if not given:
        return cannot_tell("It does not say whether the last answer gives the Ombudsman's details.")
    answers = []
    for each in given:
        if set(each["in"]) & ({"final_response"} | _ALWAYS):
            answers.append(met("The last answer gives the Ombudsman's details.", each["place"]))
        elif each["more"]:
            answers.append(cannot_tell("It does not say that the last answer gives them.", each["place"]))
        else:
            answers.append(breached("The last answer does not give the Ombudsman's details.", each["place"]))
    return each_way(answers)


def extension_details(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a letter that extends gives the Ombudsman's details: `always`, or at least where it is not agreed."""
    stage: int = asks["stage"]
    key = f"extension.stage_{stage}.ombudsman_details"
    when: str | None = procedure.details.get(key)
    place = Place(procedure.lines.get(key))
    if when is None:
        return _details_elsewhere(procedure, stage)
    if when == "always" or (when == "if_not_agreed" and not asks["always"]):
        return met("The letter that extends gives the Ombudsman's details.", place)
    if when == "if_not_agreed":
        return breached(
            "The details are given only if the new day is not agreed. Give them each time.", place
        )
    return breached("The letter that extends does not give the Ombudsman's details.", place)


def _details_elsewhere(procedure: Procedure, stage: int) -> Answer:
    answers = []
    for each in _places(procedure):
        if set(each["in"]) & ({"extension"} | _ALWAYS):
            answers.append(met("The letter that extends gives the Ombudsman's details.", each["place"]))
        elif each["more"]:
            answers.append(cannot_tell(_NO_DETAILS_SAID.format(stage=stage), each["place"]))
        else:
            answers.append(
                breached("The letter that extends is not among those with the details.", each["place"])
            )
    return each_way(answers) if answers else cannot_tell(_NO_DETAILS_SAID.format(stage=stage))


_NO_DETAILS_SAID = "It does not say that a letter extending stage {stage} gives the Ombudsman's details."


# Letters


def letter_holds(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the closing letter of a stage holds every item that the edition lists (`items`)."""
    key = f"letters.stage_{asks['stage']}_response"
    given = procedure.details.get(key)
    wanted: list[str] = asks["items"]
    if not given:
        return cannot_tell(f"It does not say what a stage {asks['stage']} answer holds.")
    if given.get("as_code") is not None:
        held = asks["as"].get(given["as_code"], [])
        missing = [each for each in wanted if each not in held]
        if missing:
            says = f"It follows the {given['as_code']} Code, which does not ask for {_and(missing)}: cannot tell."
            return cannot_tell(says, given["place"])
        return met("It holds what the Code lists.", given["place"])
    missing = [each for each in wanted if each not in given["holds"]]
    if missing:
        return breached(f"A stage {asks['stage']} answer lacks {_and(missing)}.", given["place"])
    return met(f"A stage {asks['stage']} answer holds all {len(wanted)} things.", given["place"])


_ITEMS_SAID = {
    "stage": "the stage",
    "definition": "what the complaint was",
    "decision": "the decision",
    "reasons": "the reasons",
    "remedy": "the remedy",
    "outstanding_actions": "what is still to be done",
    "how_to_escalate": "how to go to stage 2",
    "ombudsman": "how to go to the Ombudsman",
}


def _and(items: list[str]) -> str:
    *first, last = [_ITEMS_SAID[each] for each in items]
    return f"{', '.join(first)} and {last}" if first else last


# Reports

_GOVERNING = re.compile(
    r"\b(?:board|governing body|cabinet|full council|elected members|trustees|directors)\b"
)
_RESIDENTS = re.compile(r"\b(?:residents?|tenants?|customers?|website|public\w*)\b")
_PANELS = re.compile(r"\b(?:panels?|scrutiny|committees?|forum|resp)\b")
_STAFF = re.compile(r"\b(?:staff|managers?|teams?|officers?|leadership|executive|management|slt|emt)\b")
_YEARLY = re.compile(r"\b(?:year\w*|annual\w*|12 months|twelve months)\b")
_OFTENER = re.compile(
    r"\b(?:half|twice|six|6|every meeting|each meeting|quarter\w*|month\w*|bi-?month\w*|fortnight\w*|week\w*|"
    r"regular\w*)\b"
)


def _often(report: Report) -> bool:
    every = (report.every or "").lower()
    return bool(_OFTENER.search(every)) or (bool(every) and not _YEARLY.search(every))


def _goes_to(report: Report, who: re.Pattern[str], names: str = "") -> bool:
    return any(who.search(each.lower()) or (names and each.lower() == names.lower()) for each in report.to)


def governing_body(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the governing body hears of complaints regularly: more than once a year."""
    body = str(procedure.details.get("governing_body") or "")
    to_it = [report for report in procedure.reports if _goes_to(report, _GOVERNING, body)]
    often = [report for report in to_it if _often(report)]
    if often:
        return met(
            f"The governing body gets {often[0].what.lower()} ({often[0].every}).", *[r.place for r in often]
        )
    if to_it:
        return cannot_tell(
            "The governing body gets a report, but not more than once a year.", *[r.place for r in to_it]
        )
    return cannot_tell("It names no regular report on complaints to the governing body.")


def learning_reported(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether what is learned goes to residents, staff and panels. `annual`: and into a yearly report."""
    reports = procedure.reports
    if not reports:
        return cannot_tell("It names no reports.")
    wanted = {"residents": _RESIDENTS, "staff": _STAFF, "a panel or committee": _PANELS}
    missing = [
        who for who, pattern in wanted.items() if not any(_goes_to(report, pattern) for report in reports)
    ]
    if asks.get("annual") and not any(_YEARLY.search(f"{r.what} {r.every or ''}".lower()) for r in reports):
        missing.append("a yearly report")
    places = [report.place for report in reports]
    if missing:
        return cannot_tell(f"It names no report for {', '.join(missing)}.", *places)
    return met("What is learned goes to residents, staff and a panel.", *places)


# Anything that is said, or not


def stated(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the document says yes to a plain matter (`key`). `if_stated`: silence is no fault."""
    key: str = asks["key"]
    said = procedure.said(key)
    known = [each for each in said if each.answer is not None]
    asked, clause = _clause(key)
    if not said:
        return None if asks.get("if_stated") else cannot_tell(f"It does not say {asked}.")
    if not known:
        return cannot_tell(f"It does not say enough to tell {asked}.", *[each.place for each in said])
    answers = []
    for each in known:
        words = f' In its words: "{each.says}".' if each.says else ""
        if each.answer:
            answers.append(met(f"It says {clause}.{words}", each.place))
        else:
            answers.append(breached(f"It says no to this: {asked}.{words}", each.place))
    return each_way(answers)


def _clause(key: str) -> tuple[str, str]:
    """What the schema says of a key, as it follows "it does not say" and as it follows "it says"."""
    told = str(schema()[key]["says"]).split(". ")[0].rstrip(".")
    asked = told[0].lower() + told[1:]
    return asked, f"that {asked.removeprefix('whether ')}" if asked.startswith("whether ") else asked


def texts_given(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether a list (`key`) is given at all."""
    given = procedure.details.get(asks["key"])
    what = str(asks["key"]).replace("_", " ")
    if given:
        return met(f"It lists {what}.", Place(procedure.lines.get(asks["key"])))
    return cannot_tell(f"It lists no {what}.")


def stages_and_times(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether the policy sets out its stages and how long each takes: by saying so, or by doing it."""
    said = stated(procedure, edition, {"key": "stages_and_times_set_out", "if_stated": True})
    if said is not None:
        return said
    clocks = ("respond", "respond_stage_2")
    timed = [time for clock in clocks for time in procedure.times_of(clock) if time.length is not None]
    if procedure.stages and {time.clock for time in timed} == set(clocks):
        return met(
            "It sets out its stages and how long each takes.", *[stage.place for stage in procedure.stages]
        )
    return cannot_tell("It does not set out how long each stage takes.", *[s.place for s in procedure.stages])


def updates(procedure: Procedure, edition: Edition, asks: Mapping[str, Any]) -> Answer | None:
    """Whether residents hear regularly while they wait."""
    times = [time for time in procedure.times_of("update") if time.length is not None]
    if times:
        return each_way([met(f'Updates: "{time.says or time.length}".', time.place) for time in times])
    return stated(procedure, edition, {"key": "agreed_updates"})
