"""What a person says is safe, asked one thing at a time; and new addresses that nobody has checked.

Nothing is kept until the last page: what was answered goes from page to page in the form itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from putright.casework import who_is_who
from putright.interfaces.pages.fields import TimeField
from putright.interfaces.pages.forms import Form
from putright.interfaces.staff.people import opened, told, words
from putright.interfaces.staff.people.changing import change
from putright.interfaces.staff.people.forms import ClaimForm, EndSafeForm
from putright.interfaces.staff.people.reach import actor, apart_from, at_work, claim_of, person_of
from putright.interfaces.staff.who import Staff
from putright.record.accounts.models import Membership
from putright.record.people import actions, queries, records, rights, safe_contact
from putright.record.people.models import Living, Person, SafeContact

METHODS = require_http_methods(["GET", "HEAD", "POST"])
WAYS, NOT, WORDS, CHECK = "ways", "not", "words", "check"
BACK = "back"

_TO = {
    "telephone": "Which number is safe to ring?",
    "text": "Which number is safe to text?",
    "email": "Which email address is safe?",
    "letter": "Which address is safe for letters?",
    "visit": "Which address is safe to visit?",
}


class WaysForm(Form):
    """Which ways are safe. None of them: nothing is."""

    ways = forms.MultipleChoiceField(
        label="Which ways of reaching them are safe?",
        choices=list(words.WAYS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Tick only what they say is safe. Tick none, and nothing is sent until they say more.",
    )


class WayForm(Form):
    """To which number or address, and when."""

    to = forms.CharField(max_length=300, required=False)
    start = TimeField(label="Not before", required=False)
    until = TimeField(label="Not after", required=False)
    voicemail = forms.BooleanField(label="A message may be left", required=False)

    def __init__(self, *args: Any, way: str, held: str, **kwargs: Any) -> None:
        super().__init__(*args, prefix=way, **kwargs)
        if way not in _TO:
            del self.fields["to"]
        else:
            self.fields["to"].label = _TO[way]
            self.fields["to"].help_text = f"Leave it empty for the one we hold: {held}" if held else ""
        if way != "telephone":
            del self.fields["voicemail"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (cleaned.get("start") is None) is not (cleaned.get("until") is None) and not self.errors:
            self.add_error("until", "Give both hours: from when, and until when.")
        return cleaned


class NotForm(Form):
    """What, and whom, nothing may reach."""

    not_to = forms.CharField(
        label="Numbers and addresses that nothing may reach",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=7000,
        help_text="One a line. Such as a shared mailbox, or the home they left.",
    )
    not_people = forms.MultipleChoiceField(
        label="People whom nothing may reach", widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not people:
            del self.fields["not_people"]
            return
        self.fields["not_people"].choices = [(str(each.pk), str(each)) for each in people]  # type: ignore[attr-defined]


class WordsForm(Form):
    """A word to know them by, and what else whoever rings must know."""

    code_word = forms.CharField(
        label="Code word",
        max_length=60,
        required=False,
        help_text="Say it, or ask for it, before anything else.",
    )
    note = forms.CharField(
        label="What else must somebody know before they ring, write or visit?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=5000,
    )


class CheckForm(Form):
    """Who else checked it with them, where something was said before."""

    checked_by = forms.ChoiceField(
        label="Second person who checked it with them",
        required=False,
        help_text="Needed where more can reach them than before.",
    )

    def __init__(self, *args: Any, colleagues: Sequence[tuple[str, str]], asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["checked_by"]
            return
        self.fields["checked_by"].choices = [("", "Nobody yet"), *colleagues]  # type: ignore[attr-defined]


class Asked:
    """The questions about one person, and what was answered so far."""

    def __init__(self, staff: Staff, person: Person, answers: QueryDict) -> None:
        self.staff, self.person, self.answers = staff, person, answers
        self.held = safe_contact.held_for(person)
        self.people = _whom_to_offer(person, self.held)
        self.colleagues = colleagues_of(staff)

    def steps(self) -> list[str]:
        chosen = set(self.answers.getlist("ways"))
        return [WAYS, *(way for way in words.WAYS if way in chosen and way != "portal"), NOT, WORDS, CHECK]

    def form(self, step: str, bound: bool) -> Form:
        """The form of a step, with what was answered; judged where it is bound."""
        data = self.answers if bound else None
        initial = None if bound else self._initial(step)
        if step == WAYS:
            return WaysForm(data, initial=initial)
        if step == NOT:
            return NotForm(data, initial=initial, people=self.people)
        if step == WORDS:
            return WordsForm(data, initial=initial)
        if step == CHECK:
            return CheckForm(data, initial=initial, colleagues=self.colleagues, asked=self.held is not None)
        kind = told.KINDS[step]
        return WayForm(data, initial=initial, way=step, held=getattr(self.person, kind) if kind else "")

    def _initial(self, step: str) -> dict[str, Any]:
        if step in (WAYS, NOT):
            lists = {name: self.answers.getlist(name) for name in ("ways", "not_people")}
            return {"not_to": self.answers.get("not_to", "")} | lists
        if step in (WORDS, CHECK):
            return {name: self.answers.get(name, "") for name in ("code_word", "note", "checked_by")}
        return {
            name: self.answers.get(f"{step}-{name}", "") for name in ("to", "start", "until", "voicemail")
        }

    def carried(self, form: Form) -> list[tuple[str, str]]:
        """What was answered on other pages, to go along hidden."""
        own = {form.add_prefix(name) for name in form.fields} | {"step", BACK, "csrfmiddlewaretoken"}
        return [(name, value) for name, values in self.answers.lists() if name not in own for value in values]

    def wrong(self) -> str | None:
        """The first step whose answers do not stand."""
        return next((step for step in self.steps() if not self.form(step, bound=True).is_valid()), None)

    def said(self) -> dict[str, Any]:
        """All answers, as `set_safe_contact` takes them. Only where none is wrong."""
        cleaned = {step: _cleaned(self.form(step, bound=True)) for step in self.steps()}
        chosen = cleaned[NOT].get("not_people", [])
        return {
            "allowed": [
                _way(way, cleaned.get(way, {})) for way in words.WAYS if way in cleaned[WAYS]["ways"]
            ],
            "not_to": cleaned[NOT]["not_to"].splitlines(),
            "not_people": [each for each in self.people if str(each.pk) in chosen],
            "code_word": cleaned[WORDS]["code_word"],
            "note": cleaned[WORDS]["note"],
            "checked_by": cleaned[CHECK].get("checked_by", ""),
        }


def _cleaned(form: Form) -> dict[str, Any]:
    form.is_valid()
    return form.cleaned_data


def _way(way: str, given: Mapping[str, Any]) -> dict[str, Any]:
    start, until = given.get("start"), given.get("until")
    return {
        "way": way,
        "to": given.get("to", ""),
        "from": start.strftime("%H:%M") if start else "",
        "until": until.strftime("%H:%M") if until else "",
        "voicemail": bool(given.get("voicemail")),
    }


def _whom_to_offer(person: Person, held: SafeContact | None) -> list[Person]:
    """Whoever lives or lived where they do, acts for them, or was named before."""
    homes = [living.home_id for living in queries.homes_of(person)]
    rows = Living.objects.filter(landlord=person.landlord_id, home__in=homes).select_related("person")
    found = [living.person for living in rows[:50]]
    found += [given.representative for given in queries.authorities_of(person)]
    found += list(held.not_people.all()) if held else []
    known = {each.pk: each for each in found if each.pk != person.pk}
    return sorted(known.values(), key=lambda each: (str(each).casefold(), each.pk))


def colleagues_of(staff: Staff) -> list[tuple[str, str]]:
    """Who else may set what is safe, by name: how the journal names them, and their name."""
    rows = Membership.objects.filter(landlord=staff.landlord, user__is_active=True).exclude(user=staff.user)
    members = rows.order_by("user__name").values_list("user_id", "user__name", "roles")
    return [(str(pk), name) for pk, name, roles in members if rights.may(roles, rights.CHANGE_SAFE_CONTACT)]


@never_cache
@METHODS
def change_safe(request: HttpRequest, number: int) -> HttpResponse:
    """What is safe, one question after another; kept on the last page."""
    staff = at_work(request, rights.CHANGE_SAFE_CONTACT)
    person = person_of(staff, number)
    apart_from(staff, person)
    under = safe_contact.is_under(person)
    if under and opened.must_ask(request, staff, person, rights.SAFE_CONTACT):
        return opened.ask(request, person, "What is safe")
    posted = opened.sent(request)
    if posted is None:
        return _show(request, Asked(staff, person, _as_it_is(person)), WAYS)
    asked = Asked(staff, person, posted)
    step = posted.get("step", "")
    if step not in asked.steps():
        step = WAYS
    place = asked.steps().index(step)
    if BACK in posted:
        return _show(request, asked, asked.steps()[max(0, place - 1)])
    form = asked.form(step, bound=True)
    if not form.is_valid():
        return _show(request, asked, step, form)
    if step != CHECK:
        return _show(request, asked, asked.steps()[place + 1])
    return _keep(request, asked, form)


def _as_it_is(person: Person) -> QueryDict:
    """What holds now, as if it had just been answered."""
    answers, held = QueryDict(mutable=True), safe_contact.held_for(person)
    if held is None:
        return answers
    for each in held.allowed:
        way = each.get("way", "")
        answers.appendlist("ways", way)
        pairs = (("to", "to"), ("start", "from"), ("until", "until"))
        for name, kept in pairs:
            answers[f"{way}-{name}"] = each.get(kept) or ""
        if each.get("voicemail"):
            answers[f"{way}-voicemail"] = "on"
    answers["not_to"] = "\n".join(held.not_to)
    answers.setlist("not_people", [str(each.pk) for each in held.not_people.all()])
    answers["code_word"], answers["note"] = held.code_word, held.note
    return answers


def _keep(request: HttpRequest, asked: Asked, form: Form) -> HttpResponse:
    wrong = asked.wrong()
    if wrong is not None:
        return _show(request, asked, wrong, asked.form(wrong, bound=True))
    by = actor(asked.staff, rights.CHANGE_SAFE_CONTACT)
    try:
        safe_contact.set_safe_contact(asked.person, **asked.said(), by=by, at=timezone.now())
    except safe_contact.NotForThisRole as problem:
        raise PermissionDenied(str(problem)) from problem
    except safe_contact.NotPossible as problem:
        form.add_error(problem.field if problem.field in form.fields else None, problem.says)
        return _show(request, asked, CHECK, form)
    messages.success(request, "It is kept. From now on nothing leaves any other way.")
    return redirect("person", number=asked.person.pk)


def _show(request: HttpRequest, asked: Asked, step: str, form: Form | None = None) -> HttpResponse:
    form = form or asked.form(step, bound=False)
    summary: list[dict[str, Any]] = []
    if step == CHECK and asked.wrong() is None:
        summary = _summary(asked.said())
    context = {
        "person": asked.person,
        "form": form,
        "step": step,
        "way": words.WAYS.get(step, ""),
        "first": step == WAYS,
        "last": step == CHECK,
        "place": asked.steps().index(step) + 1 if step in asked.steps() else 1,
        "steps": len(asked.steps()),
        "carried": asked.carried(form),
        "summary": summary,
        "nothing_safe": step == CHECK and not asked.answers.getlist("ways"),
    }
    return render(request, "staff/people/safe.html", context)


def _summary(said: Mapping[str, Any]) -> list[dict[str, Any]]:
    rows = [
        ("Safe", "; ".join(told.way(each) for each in said["allowed"]) or "Nothing, until they say more"),
        ("Nothing may reach", "; ".join(each for each in said["not_to"] if each.strip())),
        ("Nobody may tell", "; ".join(str(each) for each in said["not_people"])),
        ("Code word", said["code_word"]),
        ("Note", said["note"]),
    ]
    return [{"key": key, "value": value} for key, value in rows]


@never_cache
@METHODS
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Nothing is unsafe any more, they say, and a second person has checked it."""
    staff = at_work(request, rights.CHANGE_SAFE_CONTACT)
    person = person_of(staff, number)
    apart_from(staff, person)
    form = EndSafeForm(request.POST or None, colleagues=colleagues_of(staff))

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        how.pop("key")
        safe_contact.end_safe_contact(person, checked_by=cleaned["checked_by"], **how)

    return change(
        request, staff, person, form, act, rights.CHANGE_SAFE_CONTACT,
        done="Nothing is recorded as unsafe any more.",
        title="Nothing is unsafe any more", button="End it", lead=(
            "Two of you must have heard it from them, when they could speak freely. From then on we use any way we "
            "hold for them."
        ),
    )  # fmt: skip


@never_cache
@METHODS
def claim(request: HttpRequest, number: int, claim: int) -> HttpResponse:
    """A new address or number: theirs, once somebody has checked it with them."""
    staff = at_work(request, rights.SETTLE_CLAIMS)
    person = person_of(staff, number)
    claimed = claim_of(person, claim)
    apart_from(staff, person)
    if opened.must_ask(request, staff, person, rights.SAFE_CONTACT):
        return opened.ask(request, person, "A new address or number")
    colleagues = colleagues_of(staff) if safe_contact.is_under(person) else []
    form = ClaimForm(opened.sent(request), colleagues=colleagues)

    def act(cleaned: dict[str, Any], **how: Any) -> None:
        how.pop("key")
        believed = cleaned["believed"] == "yes"
        with transaction.atomic():
            records.home_on(person, localdate())
            second = cleaned.get("checked_by", "")
            safe_contact.settle_claim(
                claimed, believed=believed, how=cleaned["how"], checked_by=second, **how
            )
            if believed and claimed.kind == "address":
                _they_live_there(person, claimed.value, how)

    return change(
        request, staff, person, form, act, rights.SETTLE_CLAIMS, done="It is settled.",
        title="A new address or number", button="Settle it",
        quoted=f"{words.CLAIMED[claimed.kind]}: {claimed.value}",
        lead="It came to us and nothing has been sent to it. Anybody can write that they have moved.",
    )  # fmt: skip


def _they_live_there(person: Person, address: str, how: Mapping[str, Any]) -> None:
    """The new address is where they live from today."""
    try:
        with transaction.atomic():
            who_is_who.move(person, address, localdate(how["at"]), **how)
    except actions.NotPossible:
        pass  # they came to the home we hold today: somebody has said so on the page
