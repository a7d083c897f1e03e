"""Who may sign in and do what at a landlord: invited, changed, switched off and on, and the links that let them in.

An administrator of one landlord sees and changes only what somebody is there. Each change is an entry in that
landlord's chain: it names people by their number, and keeps names, addresses and reasons beside it.

Nobody changes their own entry. One administrator could otherwise give themselves the roles that handle complaints,
or read what is restricted, with nobody else knowing: it takes two, and the chain shows both.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db.models import F, QuerySet

from complaint_rules.events import Actor
from complaint_rules.procedure import SENIORITY
from complaint_rules.roles import ROLES
from putright.record.accounts.models import Membership, OneTimeLink, SavedView, Team, User
from putright.record.accounts.queries import at_work, teams_at
from putright.record.landlords.models import Landlord
from putright.record.landlords.own_chain import CHANGES, Change, NotPossible, changing

INVITE, CHANGE = "invite_user", "change_user"
SWITCH_OFF, SWITCH_ON = "switch_off_user", "switch_on_user"
MAKE_LINK, TAKE_BACK_LINK, USE_LINK = "make_sign_in_link", "take_back_sign_in_link", "use_sign_in_link"
DESCRIBE_TEAM, RENAME_TEAM, END_TEAM = "describe_team", "rename_team", "end_team"
VERBS_OF_PEOPLE = (INVITE, CHANGE, SWITCH_OFF, SWITCH_ON, MAKE_LINK, TAKE_BACK_LINK, USE_LINK)
VERBS_OF_TEAMS = (DESCRIBE_TEAM, RENAME_TEAM, END_TEAM)

INVITATION_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(hours=1)
LONGEST_NAME, LONGEST_TEXT = 200, 100


@dataclass(frozen=True, slots=True)
class Place:
    """What somebody is at a landlord: their roles, team, job title, and how senior they are."""

    roles: Sequence[str]
    team: str = ""
    title: str = ""
    seniority: str = ""


# Inviting and changing


def invite(
    landlord: Landlord,
    email: str,
    name: str,
    place: Place,
    *,
    by: Actor,
    at: datetime,
    key: str | None = None,
) -> tuple[Membership, str]:
    """Invite somebody to work at a landlord; what they are there, and the link to pass on. It is told only now.

    Somebody who signs in elsewhere already is invited like anybody else: they take it up with the password they
    have, and nobody here is told more of them. An empty link where this request was made before.
    """
    email, name = email.strip().lower(), " ".join(name.split())
    _check_person(email, name)
    with changing(landlord.pk, by=by, at=at, key=key) as change:
        if change.done:
            return Membership.objects.get(landlord=landlord, user_id=change.done.data["user"]), ""
        place = _checked(landlord.pk, place)
        user = User.objects.filter(email=email).first()
        if user is not None:
            _refuse_if_here(landlord, user)
        else:
            user = User.objects.create_user(email, name)
        member = Membership(user=user, landlord=landlord, state=Membership.INVITED, since=at)
        _take(member, place)
        member.entry = change.write(INVITE, _facts(member), {"name": name, "email": email})
        member.save()
        return member, _new_link(change, member, OneTimeLink.INVITATION)


def _check_person(email: str, name: str) -> None:
    if not name or len(name) > LONGEST_NAME or "\0" in name:
        raise NotPossible(f"Enter their name, {LONGEST_NAME} characters or fewer.", "name")
    try:
        EmailValidator()(email)
    except ValidationError:
        raise NotPossible("The email address must be like name@example.org.", "email") from None


def _refuse_if_here(landlord: Landlord, user: User) -> None:
    known = Membership.objects.filter(landlord=landlord, user=user).first()
    if known is None:
        return
    says = {
        Membership.ON: "They work here already.",
        Membership.INVITED: "They are invited already. Make a new link for them.",
        Membership.OFF: "They worked here before. Switch them on again.",
    }
    raise NotPossible(says[known.state], "email")


def _checked(landlord_id: int, place: Place) -> Place:
    """What somebody is to be, in its one form. NotPossible for a role, a team or a rank that is not there."""
    roles = [role for role in ROLES if role in place.roles]
    if not roles or set(place.roles) - set(ROLES):
        raise NotPossible("Choose at least one role.", "roles")
    if place.seniority and place.seniority not in SENIORITY:
        raise NotPossible("Choose how senior they are from the list.", "seniority")
    teams = {name.lower(): name for name in teams_at(landlord_id)}
    team = " ".join(place.team.split())
    if team and team.lower() not in teams:
        raise NotPossible("Choose a team from the list, or add it first.", "team")
    title = " ".join(place.title.split())
    if len(title) > LONGEST_TEXT or "\0" in title:
        raise NotPossible(f"The job title must be {LONGEST_TEXT} characters or fewer.", "title")
    return Place(roles, teams.get(team.lower(), ""), title, place.seniority)


def _take(member: Membership, place: Place) -> None:
    member.roles, member.team = list(place.roles), place.team
    member.title, member.seniority = place.title, place.seniority


def _facts(member: Membership) -> dict[str, object]:
    return {
        "user": member.user_id,
        "roles": list(member.roles),
        "team": member.team,
        "title": member.title,
        "seniority": member.seniority,
    }


def change_place(
    member: Membership,
    place: Place,
    *,
    reason: str = "",
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Membership:
    """Change what somebody is here. Not one's own entry, and never so that no administrator is left."""
    with changing(member.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(member)
        if change.done:
            return fresh
        _refuse_own(fresh, by)
        change.refuse_if_changed(fresh.entry, read_at)
        place = _checked(member.landlord_id, place)
        if CHANGES not in place.roles:
            _refuse_the_last(fresh)
        _take(fresh, place)
        fresh.entry = change.write(CHANGE, _facts(fresh), {"reason": reason.strip()})
        fresh.save()
    return fresh


def _fresh(member: Membership) -> Membership:
    found = Membership.objects.select_related("user", "landlord")
    return found.get(pk=member.pk, landlord_id=member.landlord_id)


def _refuse_own(member: Membership, by: Actor) -> None:
    if by.person == str(member.user_id):
        raise NotPossible("Another administrator changes your own entry, so that nobody does it unseen.")


def _refuse_the_last(member: Membership) -> None:
    if member.state != Membership.ON or CHANGES not in member.roles:
        return
    others = at_work(member.landlord_id).exclude(pk=member.pk).values_list("roles", flat=True)
    if not any(CHANGES in roles for roles in others):
        raise NotPossible("They are the only administrator. Make somebody else one first.")


# Off and on


def switch_off(
    member: Membership, *, reason: str, by: Actor, at: datetime, key: str | None = None
) -> Membership:
    """They can no longer do anything here, from this moment: their links end, and where they work nowhere else
    every session of theirs does. What they did stays theirs, and so do their cases until somebody assigns them.
    """
    if not reason.strip():
        raise NotPossible("Give the reason.", "reason")
    with changing(member.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(member)
        if change.done or fresh.state == Membership.OFF:
            return fresh
        _refuse_own(fresh, by)
        _refuse_the_last(fresh)
        fresh.state, fresh.since = Membership.OFF, at
        fresh.entry = change.write(SWITCH_OFF, {"user": fresh.user_id}, {"reason": reason.strip()})
        fresh.save()
        _take_back_links(fresh, at)
        if not _elsewhere(fresh).filter(state=Membership.ON).exists():
            _end_sessions(fresh.user)
    return fresh


def switch_on(
    member: Membership, *, reason: str = "", by: Actor, at: datetime, key: str | None = None
) -> Membership:
    """They can sign in and work here again. Whoever never took up their invitation is invited once more."""
    with changing(member.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(member)
        if change.done or fresh.state != Membership.OFF:
            return fresh
        _refuse_own(fresh, by)
        ready = fresh.user.has_usable_password() and not _elsewhere(fresh).exists()
        fresh.state = Membership.ON if ready or fresh.here_at else Membership.INVITED
        fresh.since = at
        fresh.entry = change.write(SWITCH_ON, {"user": fresh.user_id}, {"reason": reason.strip()})
        fresh.save()
    return fresh


def _elsewhere(member: Membership) -> QuerySet[Membership]:
    return Membership.objects.filter(user_id=member.user_id).exclude(pk=member.pk)


def _end_sessions(user: User) -> None:
    User.objects.filter(pk=user.pk).update(sessions=F("sessions") + 1)


# Links


def new_link(member: Membership, *, by: Actor, at: datetime, key: str | None = None) -> tuple[str, str]:
    """A link to pass on: for whoever is invited, seven days; for whoever forgot their password, one hour.

    Any link before it ends. Gives its purpose and the link, which is told only now. Not for somebody who works at
    another landlord too: it would let this one in there.
    """
    with changing(member.landlord_id, by=by, at=at, key=key) as change:
        fresh = _fresh(member)
        if fresh.state == Membership.OFF or not fresh.user.is_active:
            raise NotPossible("They are switched off. Switch them on first.")
        purpose = OneTimeLink.INVITATION if fresh.state == Membership.INVITED else OneTimeLink.RESET
        if purpose == OneTimeLink.RESET:
            _refuse_own(fresh, by)
            if _elsewhere(fresh).exists():
                raise NotPossible(
                    "They sign in at another landlord too, so a link from here would let its holder in there. "
                    "Whoever runs Putright can set a new password for them."
                )
        if change.done:
            return purpose, ""
        token = _new_link(change, fresh, purpose)
    return purpose, token


def _new_link(change: Change, member: Membership, purpose: str) -> str:
    _take_back_links(member, change.at)
    token = secrets.token_urlsafe(32)
    lasts = INVITATION_LASTS if purpose == OneTimeLink.INVITATION else RESET_LASTS
    ends_at = change.at + lasts
    OneTimeLink.objects.create(
        landlord=change.landlord,
        user_id=member.user_id,
        purpose=purpose,
        digest=_digest(token),
        made_at=change.at,
        ends_at=ends_at,
    )
    change.write(MAKE_LINK, {"user": member.user_id, "purpose": purpose, "ends_at": ends_at.isoformat()})
    return token


def take_back_links(member: Membership, *, by: Actor, at: datetime, key: str | None = None) -> int:
    """End every link of theirs from here that has not been used; how many."""
    with changing(member.landlord_id, by=by, at=at, key=key) as change:
        ended = 0 if change.done else _take_back_links(member, at)
        if ended:
            change.write(TAKE_BACK_LINK, {"user": member.user_id})
    return ended


def _take_back_links(member: Membership, at: datetime) -> int:
    open_ones = OneTimeLink.objects.filter(
        landlord_id=member.landlord_id,
        user_id=member.user_id,
        used_at__isnull=True,
        taken_back_at__isnull=True,
    )
    return open_ones.update(taken_back_at=at)


def link_in_hand(token: str, at: datetime) -> OneTimeLink | None:
    """The link that this is, if it can be used now. None for every other, whatever is wrong with it."""
    found = OneTimeLink.objects.select_related("user", "landlord").filter(
        digest=_digest(token), used_at__isnull=True, taken_back_at__isnull=True, ends_at__gt=at
    )
    link = found.first()
    if link is None or not link.user.is_active:
        return None
    member = Membership.objects.filter(user=link.user, landlord=link.landlord).first()
    if member is None:
        return None
    if link.purpose == OneTimeLink.INVITATION:
        return link if member.state == Membership.INVITED else None
    # Whoever has begun to work elsewhere since is not let in there by a link from here.
    return link if member.state == Membership.ON and not _elsewhere(member).exists() else None


def asks_for_password_they_have(link: OneTimeLink) -> bool:
    """Whether it is taken up with a password they have already: an invitation of somebody who signs in elsewhere."""
    return link.purpose == OneTimeLink.INVITATION and link.user.has_usable_password()


def waits_for_another(link: OneTimeLink) -> bool:
    """Whether they must first take up an earlier invitation elsewhere: only the first sets their password."""
    if link.purpose != OneTimeLink.INVITATION or link.user.has_usable_password():
        return False
    earlier = Membership.objects.filter(user=link.user).order_by("pk").first()
    return earlier is not None and earlier.landlord_id != link.landlord_id


def use_link(token: str, password: str, *, at: datetime) -> User | None:
    """Set the password, or take up the invitation with the password they have. Once; None where the link is no good.

    ValidationError with plain sentences where the password will not do.
    """
    link = link_in_hand(token, at)
    if link is None or waits_for_another(link):
        return None
    by = Actor("staff", str(link.user_id))
    with changing(link.landlord_id, by=by, at=at, anybody=True) as change:
        link = link_in_hand(token, at)  # under the lock: the second of two at once finds it used
        if link is None:
            return None
        user = link.user
        if asks_for_password_they_have(link):
            if not user.check_password(password):
                raise ValidationError("That is not the password you sign in with.")
        else:
            validate_password(password, user)
            user.set_password(password)
            user.save(update_fields=["password"])
        link.used_at = at
        link.save(update_fields=["used_at"])
        _take_up(change, user, link.purpose)
    return user


def _take_up(change: Change, user: User, purpose: str) -> None:
    member = Membership.objects.get(user=user, landlord=change.landlord)
    _take_back_links(member, change.at)
    if member.state == Membership.INVITED:
        member.state, member.since = Membership.ON, change.at
    member.entry = change.write(USE_LINK, {"user": user.pk, "purpose": purpose})
    member.save()


def _digest(token: str) -> str:
    """What is kept of a link. It holds 256 random bits, so it needs neither salt nor slowness."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


# Teams


def describe_team(
    landlord: Landlord,
    name: str,
    *,
    purpose: str = "",
    senior: int | None = None,
    was: str = "",
    by: Actor,
    at: datetime,
    read_at: int | None = None,
    key: str | None = None,
) -> Team:
    """A new team; or, with `was`, another name, purpose or senior person for one there is.

    A new name is written on everybody in the team and on its saved views. What was promised under the old one keeps
    it, since the journal does, and the team remembers that it was called so.
    """
    name, purpose, was = " ".join(name.split()), purpose.strip(), " ".join(was.split())
    if not name or len(name) > LONGEST_TEXT or "\0" in name:
        raise NotPossible(f"Enter the name of the team, {LONGEST_TEXT} characters or fewer.", "name")
    with changing(landlord.pk, by=by, at=at, key=key) as change:
        if change.done:
            return Team.objects.get(landlord=landlord, pk=change.done.data["team"])
        known = {each.lower() for each in teams_at(landlord.pk)}
        if was and was.lower() not in known:
            raise NotPossible("There is no such team any more.")
        if name.lower() in known - {was.lower()}:
            raise NotPossible("There is a team of this name already.", "name")
        if senior is not None and not at_work(landlord.pk).filter(user_id=senior).exists():
            raise NotPossible("Choose somebody who works here.", "senior")
        return _describe(change, name, purpose, senior, was, read_at)


def _describe(
    change: Change, name: str, purpose: str, senior: int | None, was: str, read_at: int | None
) -> Team:
    team = Team.objects.filter(landlord=change.landlord, name__iexact=was).first() if was else None
    if team is None:
        team = Team(landlord=change.landlord, name=was or name, entry=0)
    change.refuse_if_changed(team.entry, read_at)
    renamed = bool(was) and name != was
    team.purpose, team.senior_id, team.entry = purpose, senior, change.number
    if renamed:
        team.former = [each for each in (*team.former, was) if each.lower() != name.lower()]
        team.name = name
    team.save()
    people = 0
    if renamed:
        people = Membership.objects.filter(landlord=change.landlord, team__iexact=was).update(team=name)
        SavedView.objects.filter(landlord=change.landlord, team__iexact=was).update(team=name)
    facts = {"team": team.pk, "name": name, "purpose": purpose, "senior": senior}
    if renamed:
        facts |= {"was": was, "people": people}
    change.write(RENAME_TEAM if renamed else DESCRIBE_TEAM, facts)
    return team


def end_team(landlord: Landlord, name: str, *, by: Actor, at: datetime, key: str | None = None) -> bool:
    """A team nobody is in any more is no longer offered. What it owes stays owed, under its name."""
    with changing(landlord.pk, by=by, at=at, key=key) as change:
        team = Team.objects.filter(landlord=landlord, name__iexact=name).first()
        if change.done or team is None:
            return False
        if (
            Membership.objects.filter(landlord=landlord, team__iexact=name)
            .exclude(state=Membership.OFF)
            .exists()
        ):
            raise NotPossible("People are in it. Move them to another team first.")
        change.write(END_TEAM, {"team": team.pk, "name": team.name})
        team.delete()
    return True


def in_words(problem: ValidationError) -> Collection[str]:
    """The sentences of a refused password, in plain words."""
    said = {
        "password_too_short": "Your password must have at least 12 characters.",
        "password_too_common": "That password is on lists that guessers try first. Choose another.",
    }
    return [said.get(str(each.code), str(each.message)) for each in problem.error_list]
