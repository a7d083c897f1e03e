"""What can be chosen on a page: people of this landlord, promises, awards, orders, entries."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from complaint_rules import asking, clocks, guidance, next_steps
from complaint_rules.events import Assigned
from putright.interfaces.pages import words
from putright.interfaces.pages.phrases import long_day, pounds
from putright.interfaces.staff.who import Staff
from putright.record.accounts.models import Membership
from putright.record.accounts.queries import at_work
from putright.record.cases.reading import CaseFile, Owed
from putright.record.landlords import queries as landlords
from putright.record.landlords.models import ProcedureVersion

ANSWERING = frozenset({"complaints_officer", "investigator", "reviewer"})


def staff(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """Everybody at work at this landlord, by name."""
    return [(str(each.user_id), each.user.name) for each in _members(by)]


def handlers(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """Those whose roles may answer a complaint, by name, with their team."""
    able = [each for each in _members(by) if ANSWERING & set(each.roles)]
    return [(str(each.user_id), f"{each.user.name}{_team(each)}") for each in able]


def categories(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """The landlord's categories in their order, and the one this case has, retired or not; none where it has none."""
    own = landlords.categories(by.landlord.pk)
    kept = file.case.category
    return [(each, each) for each in ([*own, kept] if own and kept and kept not in own else own)]


def _team(member: Membership) -> str:
    return f" ({member.team})" if member.team else ""


def _members(by: Staff) -> list[Membership]:
    members = at_work(by.landlord.pk)
    return list(members.select_related("user").order_by("user__name", "user_id"))


def seniority_of(by: Staff, person: str) -> str | None:
    """How senior a member of staff is, where it is known."""
    if not person.isdigit():
        return None
    member = Membership.objects.filter(landlord=by.landlord, user_id=int(person)).first()
    return (member.seniority or None) if member else None


def not_free(file: CaseFile, by: Staff) -> dict[str, str]:
    """Who cannot be chosen as handler of the open stage, and why, in the words of the rules."""
    now = timezone.now()
    found = {}
    for person, _ in handlers(file, by):
        why = _why_not(file, by, person, now)
        if why:
            found[person] = why
    return found


def _why_not(file: CaseFile, by: Staff, person: str, now: datetime) -> str:
    complaint = file.complaint
    actor = by.actor("assign", complaint.procedure)
    day = now.astimezone(clocks.LONDON).date()
    step = Assigned(number=file.read_at + 1, at=now, on=day, by=actor, handler=person)
    refused = next_steps.judge(complaint, step, complaint.procedure).refused
    told = [each for each in refused if each.ref not in ("role", "not_now")]
    return " ".join(f"{each.says.rstrip('.')}{in_code(each.ref)}." for each in told)


def in_code(ref: str) -> str:
    """A provision in brackets; nothing for a rule without one."""
    return f" (Code {ref})" if ref[:1].isdigit() else ""


def shared_with(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """The resident, their representative, and members of staff."""
    case = file.case
    found = [("resident", f"{case.resident or 'The resident'} (resident)")]
    named = f"{case.representative} (representative)" if case.representative else "The representative"
    return [*found, ("representative", named), *staff(file, by)]


def approvers(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """Who may approve an award that this person makes: anybody else."""
    return [each for each in staff(file, by) if each[0] != by.person]


def promises_owed(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """The promises still owed, each in its own words with its day."""
    return [_owed("Promise", each) for each in file.promises() if each.run.runs]


def questions_waiting(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """What others were asked and have not answered. A lawyer answers by advice, which is recorded as such."""
    waits = [each for each in asking.unanswered(file.complaint) if each.of != asking.LAWYER]
    return [
        (str(each.number), f"{file.words(each.number, 'whom')}: {_line(file.words(each.number, 'question'))}")
        for each in waits
    ]


def orders_owed(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """The orders of the Ombudsman still to be carried out."""
    return [_owed("Order", each) for each in file.orders() if each.run.runs]


def _owed(word: str, each: Owed) -> tuple[str, str]:
    day = long_day(each.run.due_on, timezone.localdate())
    return str(each.number), f"{word} {each.number}: {_line(each.what)}, by {day}"


def awards_unpaid(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """The awards for which no payment is recorded."""
    unpaid = set(guidance.unpaid_awards(file.complaint))
    return [
        (str(each.number), f"Award {each.number}: {pounds(each.amount)}{_for(each.purpose)}")
        for each in file.awards()
        if each.number in unpaid
    ]


def _for(purpose: str) -> str:
    word = words.AWARD_HEADS.get(purpose, purpose)
    return f", {_line(word)}" if word else ""


def _line(text: str, most: int = 80) -> str:
    first = text.strip().splitlines()[0] if text.strip() else ""
    return first if len(first) <= most else f"{first[: most - 1].rstrip()}…"


def representatives(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """Who is known to act for the resident in this case."""
    case = file.case
    found = {f"p{case.representative_id}": str(case.representative)} if case.representative else {}
    known = file.complaint.representative
    if known:
        found.setdefault(known, file.name(known))
    return list(found.items())


def other_versions(file: CaseFile, by: Staff) -> list[tuple[str, str]]:
    """The versions that have come into force and do not handle this case already, the newest first."""
    today = timezone.localdate()
    come = ProcedureVersion.objects.filter(landlord=by.landlord, in_force_on__lte=today)
    versions = come.exclude(pk=file.case.procedure_id)
    return [
        (str(each.number), f"Version {each.number}, in force from {long_day(each.in_force_on, today)}")
        for each in versions.order_by("-number")
    ]
