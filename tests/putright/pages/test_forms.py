"""How a Django form becomes GOV.UK components: labels, hints, errors and what each error links to."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from putright.interfaces.pages.fields import DayField, PoundsField, TimeField
from putright.interfaces.pages.forms import ActionForm, FilterForm, Form, any_errors, describe, error_list

Draw = Callable[..., str]


class Response(Form):
    summary = forms.CharField(label="In short", help_text="Write for Amira.", widget=forms.Textarea)
    decision = forms.ChoiceField(
        label="Point 1",
        choices=[("upheld", "Upheld"), ("not_upheld", "Not upheld")],
        widget=forms.RadioSelect,
        error_messages={"required": "Decide point 1."},
    )
    by = DayField(label="By")
    amount = PoundsField(label="Award", required=False)
    sure = forms.BooleanField(label="Read by a colleague", error_messages={"required": "Tick when read."})
    needs = forms.MultipleChoiceField(
        label="Needs", choices=[("a", "Large print"), ("b", "Texts")], widget=forms.CheckboxSelectMultiple
    )


def ids(html: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', html))


def drawn_whole(draw: Draw, form: forms.BaseForm) -> str:
    return draw("{{ forms.error_summary(form) }}{{ forms.fields(form) }}", form=form)


def test_every_error_links_to_a_field_that_takes_an_answer(draw: Draw) -> None:
    form = Response({})
    html = drawn_whole(draw, form)
    links = re.findall(r'<a href="#([^"]+)"', html)
    assert links == ["id_summary", "id_decision", "id_by-day", "id_sure", "id_needs"]
    for link in links:
        assert re.search(rf'<(input|textarea|select)[^>]* id="{link}"', html), link


def test_an_error_is_described_drawn_and_announced(draw: Draw) -> None:
    html = drawn_whole(draw, Response({}))
    assert 'class="govuk-textarea govuk-textarea--error" id="id_summary"' in html
    assert 'aria-describedby="id_summary-hint id_summary-error"' in html
    for name in ("decision", "by", "sure", "needs"):
        assert f'id="id_{name}-error"' in html
        assert re.search(rf'aria-describedby="[^"]*id_{name}-error', html), name
    assert html.count("govuk-form-group--error") == 5


def test_only_the_box_that_is_wrong_is_marked_in_a_day(draw: Draw) -> None:
    form = Response({"by-day": "4", "by-month": "13", "by-year": "2026"})
    html = draw("{{ forms.field(form, 'by') }}", form=form)
    wrong = re.findall(r'<input class="[^"]*govuk-input--error" id="([^"]+)"', html)
    assert wrong == ["id_by-month"]
    assert {"href": "#id_by-month", "text": "The day must be a real day."} in error_list(form)


def test_what_was_typed_stands_there_again_as_it_was_typed(draw: Draw) -> None:
    typed = {"by-day": "thirty first", "by-month": "<b>", "by-year": "2026", "amount": "about fifty"}
    html = drawn_whole(draw, Response(typed))
    assert 'value="thirty first"' in html
    assert 'value="&lt;b&gt;"' in html
    assert 'value="about fifty"' in html


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=60)
)
def test_a_long_text_comes_back_to_the_letter_wherever_it_stands(draw: Draw, text: str) -> None:
    form = Response({"summary": text})
    inside = draw(
        "{{ forms.field(form, 'decision', reveals={'upheld': forms.field(form, 'summary')}) }}", form=form
    )
    start = inside.index(">", inside.index("<textarea")) + 1
    shown = inside[start : inside.index("</textarea>")]
    unescaped = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
    as_a_browser_reads_it = unescaped.replace("&amp;", "&").removeprefix("\n")
    assert as_a_browser_reads_it == text


def test_a_missing_answer_is_asked_for_by_its_label() -> None:
    class Asked(Form):
        name = forms.CharField(label="Name")
        channel = forms.ChoiceField(label="Channel", choices=[("a", "A")])
        why = forms.CharField(label="What happened?")
        mp = forms.CharField(label="MP")
        photo = forms.FileField(label="Photograph")
        day = DayField(label="Day")
        time = TimeField(label="Time")
        sum_ = PoundsField(label="Sum")
        own = forms.CharField(label="Own", error_messages={"required": "Say it yourself."})

    assert [error["text"] for error in error_list(Asked({}, {}))] == [
        "Enter name.",
        "Choose channel.",
        "Answer: What happened?",
        "Enter MP.",
        "Choose a file.",
        "Give the day.",
        "Give the time.",
        "Give the amount.",
        "Say it yourself.",
    ]


def test_an_email_address_that_is_none_shows_how_one_looks() -> None:
    class Asked(Form):
        email = forms.EmailField()

    assert error_list(Asked({"email": "amira at home"})) == [
        {"text": "The email address must be like name@example.org.", "href": "#id_email"}
    ]
    assert not error_list(Asked({"email": "amira@example.org"}))


def test_optional_fields_say_so_but_not_in_filters(draw: Draw) -> None:
    class Filters(FilterForm):
        q = forms.CharField(label="Words")

    assert "Award (optional)" in draw("{{ forms.field(form, 'amount') }}", form=Response())
    assert "(optional)" not in draw("{{ forms.field(form, 'amount', optional=false) }}", form=Response())
    assert "(optional)" not in draw("{{ forms.field(form, 'q') }}", form=Filters())
    assert Filters({}).is_valid()


def test_an_unknown_option_and_a_widget_nobody_draws_are_mistakes() -> None:
    class Odd(Form):
        many = forms.CharField(widget=forms.SelectDateWidget)

    with pytest.raises(TypeError, match="no option lable"):
        describe(Response(), "summary", {"lable": "x"})
    with pytest.raises(TypeError, match="SelectDateWidget"):
        describe(Odd(), "many", {})


def test_a_hint_is_text_unless_it_says_it_is_html(draw: Draw) -> None:
    plain = draw("{{ forms.field(form, 'summary', hint='<b>no</b>') }}", form=Response())
    assert "&lt;b&gt;no" in plain
    html = draw(
        "{{ forms.field(form, 'summary', hint=hint) }}", form=Response(), hint=mark_safe("<b>yes</b>")
    )
    assert "<b>yes</b>" in html


def test_labels_choices_and_errors_are_escaped(draw: Draw) -> None:
    class Hostile(Form):
        who = forms.ChoiceField(
            label="<script>1</script>", choices=[('"><img>', "<i>x</i>")], widget=forms.RadioSelect,
            error_messages={"required": "<u>bad</u>"},
        )  # fmt: skip

    html = drawn_whole(draw, Hostile({}))
    assert not re.search(r"<(script|img|i|u)[ >]", html)


def test_choices_stand_as_chosen(draw: Draw) -> None:
    form = Response({"decision": "not_upheld", "needs": ["b"], "sure": "on"})
    html = draw("{{ forms.fields(form) }}", form=form)
    assert re.findall(r'value="([^"]*)" checked', html) == ["not_upheld", "on", "b"]
    first = Response(
        initial={"decision": "upheld", "needs": ["a", "b"], "by": date(2026, 12, 4), "amount": 14800}
    )
    html = draw("{{ forms.fields(form) }}", form=first)
    assert re.findall(r'value="([^"]*)" checked', html) == ["upheld", "a", "b"]
    assert 'value="148.00"' in html
    assert re.findall(r'id="id_by-\w+"[^>]*value="(\d+)"', html) == ["4", "12", "2026"]


def test_a_select_marks_what_is_chosen_and_words_its_blank(draw: Draw) -> None:
    class Came(Form):
        by = forms.ChoiceField(choices=[("", "---------"), ("email", "Email")])

    html = draw("{{ forms.field(form, 'by') }}", form=Came({"by": "email"}))
    assert re.search(r'<option value="email" selected>\s*Email', html)
    assert "Choose one" in html


def test_a_password_is_never_shown_again(draw: Draw) -> None:
    class SignIn(Form):
        password = forms.CharField(widget=forms.PasswordInput)

    html = draw("{{ forms.field(form, 'password') }}", form=SignIn({"password": "correct horse"}))
    assert 'type="password"' in html
    assert "correct horse" not in html


def test_a_file_field_takes_several_where_its_widget_does(draw: Draw) -> None:
    class Several(forms.ClearableFileInput):
        allow_multiple_selected = True

    class Photos(Form):
        photos = forms.FileField(widget=Several)

    html = draw(
        "{{ forms.field(form, 'photos') }}", form=Photos({}, {"photos": SimpleUploadedFile("a", b"a")})
    )
    assert re.search(r'type="file"[^>]* multiple', html)


def test_a_prefix_keeps_the_forms_of_a_page_apart(draw: Draw) -> None:
    first, second = Response({}, prefix="1"), Response({}, prefix="2")
    html = draw(
        "{{ forms.error_summary([a, b]) }}{{ forms.fields(a) }}{{ forms.fields(b) }}", a=first, b=second
    )
    found = re.findall(r' id="([^"]+)"', html)
    assert len(found) == len(set(found))
    assert set(re.findall(r'<a href="#([^"]+)"', html)) <= ids(html)


def test_a_formset_is_summed_up_row_by_row(draw: Draw) -> None:
    class Point(Form):
        what = forms.CharField(label="Point")

    points = forms.formset_factory(Point, extra=0, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "2", "form-0-what": "damp", "form-1-what": ""}
    assert error_list(points(data)) == [{"text": "Enter point.", "href": "#id_form-1-what"}]
    assert any_errors([None, [points(data)]])
    assert not any_errors(None, Point(), [])


def test_an_error_of_the_whole_form_or_of_a_hidden_field_has_no_link() -> None:
    class Whole(ActionForm):
        def clean(self) -> None:
            raise forms.ValidationError("Someone else sent it first.")

    errors = error_list(Whole({"key": ""}))
    assert {"text": "Someone else sent it first."} in errors
    assert {"text": "This page is out of date. Open it again."} in errors


def test_a_form_that_acts_carries_its_reading_and_one_key_through_a_refusal(draw: Draw) -> None:
    class Extend(ActionForm):
        reason = forms.CharField()

    fresh = Extend(read_at=41)
    html = draw("{{ hidden_inputs(form) }}", form=fresh)
    assert 'name="read_at" value="41"' in html
    key = re.search(r'name="key" value="([^"]+)"', html)
    assert key and uuid.UUID(key[1])
    assert draw("{{ hidden_inputs(form) }}", form=Extend(read_at=41)) != html, "each page has its own key"

    refused = Extend(QueryDict(f"read_at=41&key={key[1]}&reason="))
    assert not refused.is_valid()
    assert draw("{{ hidden_inputs(form) }}", form=refused) == html


def test_after_a_clash_the_text_is_kept_and_judged_against_what_is_there_now(draw: Draw) -> None:
    class Extend(ActionForm):
        reason = forms.CharField()

    form = Extend(QueryDict("read_at=41&key=5e0c9d5e-4b0a-4f5c-9c0e-5b2a0a4a8a11&reason=Waiting"))
    assert form.is_valid()
    form.read_again_at(44)
    html = draw("{{ hidden_inputs(form) }}{{ forms.fields(form) }}", form=form)
    assert 'name="read_at" value="44"' in html
    assert 'value="Waiting"' in html
    assert "5e0c9d5e" not in html
