"""The forms of every page: Django forms drawn as GOV.UK components.

A page writes `field(form, "name")` and `error_summary(form)` (putright/forms.html); what those draw
is worked out here, in Python, so that it can be tested without a browser.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.forms.boundfield import BoundField
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from putright.interfaces.pages.fields import PARTS, DayInput, PoundsField, in_boxes

_DJANGO_SAYS_REQUIRED = forms.Field.default_error_messages["required"]


def _required_says(field: forms.Field) -> str:
    if isinstance(field, forms.FileField):
        return "Choose a file."
    label = str(field.label or "this")
    if label.endswith("?"):
        return f"Answer: {label}"
    start = "Choose" if isinstance(field, forms.ChoiceField) else "Enter"
    lowered = label if label[:2].isupper() else label[:1].lower() + label[1:]
    return f"{start} {lowered.rstrip('.')}."


class Form(forms.Form):
    """The base of every form. Optional fields say so; set `mark_optional` to False for filters."""

    mark_optional = True
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = forms.utils.pretty_name(name)
            if field.error_messages.get("required") == _DJANGO_SAYS_REQUIRED:
                field.error_messages["required"] = _required_says(field)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = "The email address must be like name@example.org."
                field.validators = [
                    check for check in field.validators if not isinstance(check, EmailValidator)
                ]
                field.validators.append(EmailValidator(field.error_messages["invalid"]))
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = "Choose one from the list."


class FilterForm(Form):
    """A form sent by GET whose every field may be left out."""

    mark_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class ActionForm(Form):
    """A form that changes a case. It carries the number of the last journal entry its page was read at,
    so that a clash is noticed, and a key, so that sending it twice does the thing once.
    """

    read_at = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, read_at: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_at"].initial = read_at
        self.fields["key"].initial = uuid.uuid4
        self.fields["key"].error_messages.update(
            required="This page is out of date. Open it again.",
            invalid="This page is out of date. Open it again.",
        )

    def read_again_at(self, number: int) -> None:
        """After a clash: keep what was typed, and let the next sending be judged against entry `number`."""
        typed = self.data.copy()  # type: ignore[attr-defined]
        typed[self.add_prefix("read_at")] = str(number)
        typed[self.add_prefix("key")] = str(uuid.uuid4())
        self.data = typed


def _flat(given: Iterable[Any]) -> Iterator[Any]:
    for each in given:
        if each is None:
            continue
        if isinstance(each, list | tuple):
            yield from _flat(each)
        else:
            yield each


def any_errors(*given: Any) -> bool:
    """Whether any of these forms (or formsets, or lists of them; None is passed over) has errors."""
    return any(form.is_bound and not form.is_valid() for form in _flat(given))


def error_list(*given: Any) -> list[dict[str, str]]:
    """What the error summary lists, in the order of the page: {"text", "href"}, the href a field's own id.

    An error that belongs to no visible field has no href.
    """
    return [error for form in _flat(given) if form.is_bound for error in _errors_of(form)]


def _errors_of(form: Any) -> Iterator[dict[str, str]]:
    if isinstance(form, forms.BaseFormSet):
        yield from ({"text": str(says)} for says in form.non_form_errors())
        for each in form:
            yield from _errors_of(each)
        return
    yield from ({"text": str(says)} for says in form.non_field_errors())
    for bound in form:
        for says in bound.errors:
            error = {"text": str(says)}
            if not bound.is_hidden:
                error["href"] = f"#{_first_id(bound)}"
            yield error


def _id(bound: BoundField) -> str:
    return bound.auto_id or bound.html_name


def _first_id(bound: BoundField) -> str:
    if isinstance(bound.field.widget, DayInput):
        return f"{_id(bound)}-{_wrong_parts(bound)[0]}"
    return _id(bound)


def _wrong_parts(bound: BoundField) -> list[str]:
    for error in bound.form.errors.as_data().get(bound.name, ()):
        if error.params and "parts" in error.params:
            return list(error.params["parts"])
    return list(PARTS)


def hidden_inputs(form: forms.BaseForm) -> SafeString:
    """The hidden fields of a form, as HTML."""
    return format_html_join(
        "",
        '<input type="hidden" name="{}" value="{}">',
        ((bound.html_name, _typed(bound)) for bound in form.hidden_fields() if bound.value() is not None),
    )


def _typed(bound: BoundField) -> str:
    value = bound.field.prepare_value(bound.value())
    shown = bound.field.widget.format_value(value)
    return "" if shown is None else str(shown)


def _chosen(bound: BoundField) -> set[str]:
    value = bound.value()
    if value is None:
        return set()
    return {str(each) for each in value} if isinstance(value, list | tuple | set) else {str(value)}


def describe(form: forms.BaseForm, name: str, options: Mapping[str, Any]) -> dict[str, Any]:
    """Which GOV.UK component draws this field, and with what: {"component", "params"}.

    `options` are those of the `field` macro; docs/developing/pages.md lists them. An unknown option or a widget
    that no component draws is a TypeError.
    """
    unknown = set(options) - _OPTIONS
    if unknown:
        raise TypeError(f"field() knows no option {', '.join(sorted(unknown))}")
    bound = form[name]
    for widget, component, build in _COMPONENTS:
        if isinstance(bound.field.widget, widget):
            return {"component": component, "params": build(bound, _common(bound, options), options)}
    raise TypeError(f"No component draws {type(bound.field.widget).__name__}, the widget of {name}")


_OPTIONS = frozenset(
    [
        "label",
        "hint",
        "legend",
        "size",
        "heading",
        "rows",
        "width",
        "prefix",
        "suffix",
        "inline",
        "item_hints",
        "reveals",
        "optional",
        "classes",
        "autocomplete",
        "inputmode",
        "spellcheck",
        "attributes",
        "text_of",
        "described_by",
        "group_classes",
        "unavailable",
    ]
)


def _label_text(bound: BoundField, options: Mapping[str, Any]) -> str:
    label = str(options.get("label") or bound.label)
    marked = getattr(bound.form, "mark_optional", True)
    optional = options.get("optional", marked and not bound.field.required)
    return f"{label} (optional)" if optional else label


def _common(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    params: dict[str, Any] = {}
    hint = options.get("hint") or bound.field.help_text
    if hint:
        params["hint"] = (
            {"html": hint} if isinstance(hint, SafeString) or hasattr(hint, "__html__") else {"text": hint}
        )
    if bound.errors:
        params["errorMessage"] = {"html": _lines(bound.errors)}
    if options.get("group_classes"):
        params["formGroup"] = {"classes": options["group_classes"]}
    return params


def _lines(errors: Iterable[Any]) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((says,) for says in errors))


def _label(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    size = "l" if options.get("heading") else options.get("size", "s")
    return {
        "text": _label_text(bound, options),
        "classes": f"govuk-label--{size}",
        "isPageHeading": bool(options.get("heading")),
    }


def _fieldset(bound: BoundField, options: Mapping[str, Any]) -> dict[str, Any]:
    size = "l" if options.get("heading") else options.get("size", "s")
    fieldset: dict[str, Any] = {
        "legend": {
            "text": _label_text(bound, options),
            "classes": f"govuk-fieldset__legend--{size}",
            "isPageHeading": bool(options.get("heading")),
        }
    }
    if options.get("described_by"):
        fieldset["describedBy"] = options["described_by"]
    return fieldset


def _attributes(bound: BoundField, options: Mapping[str, Any], *but: str) -> dict[str, Any]:
    skipped = {
        "autocomplete",
        "inputmode",
        "class",
        "spellcheck",
        "rows",
        "cols",
        "id",
        "required",
        "aria-describedby",
    }
    attrs = {key: value for key, value in bound.field.widget.attrs.items() if key not in skipped | set(but)}
    attrs.update(options.get("attributes") or {})
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        key: {"value": value, "optional": True} if isinstance(value, bool) else str(value)
        for key, value in attrs.items()
    }


def _option(bound: BoundField, options: Mapping[str, Any], name: str) -> Any:
    return options.get(name, bound.field.widget.attrs.get(name))


def _classes(bound: BoundField, options: Mapping[str, Any], kind: str) -> str:
    parts = [str(options.get("classes") or ""), str(bound.field.widget.attrs.get("class") or "")]
    width = options.get("width") or _usual_width(bound.field)
    if width and kind == "input":
        parts.append(f"govuk-input--width-{width}")
    return " ".join(part for part in parts if part)


def _usual_width(field: forms.Field) -> int | None:
    """How many characters an answer to such a field has, so that its box says so."""
    if isinstance(field, PoundsField):
        return 10
    return 5 if isinstance(field, forms.IntegerField | forms.TimeField) else None


def _one_line(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    widget, field = bound.field.widget, bound.field
    kind = getattr(widget, "input_type", "text")
    params |= {
        "id": _id(bound),
        "name": bound.html_name,
        "label": _label(bound, options),
        "value": "" if kind == "password" else _typed(bound),
        "type": "text" if kind in ("number", "date", "time") else kind,
        "classes": _classes(bound, options, "input"),
        "attributes": _attributes(bound, options, "min", "max", "step"),
        "disabled": field.disabled,
    }
    inputmode = _option(bound, options, "inputmode") or ("numeric" if kind == "number" else None)
    for key, value in (
        ("inputmode", inputmode),
        ("autocomplete", _option(bound, options, "autocomplete")),
        ("spellcheck", _option(bound, options, "spellcheck")),
        ("describedBy", options.get("described_by")),
    ):
        if value is not None:
            params[key] = value
    prefix = options.get("prefix") or ("£" if isinstance(field, PoundsField) else None)
    if prefix:
        params["prefix"] = {"text": prefix}
    if options.get("suffix"):
        params["suffix"] = {"text": options["suffix"]}
    return params


def _many_lines(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    params = _one_line(bound, params, options)
    params["rows"] = options.get("rows") or bound.field.widget.attrs.get("rows") or 5
    # A browser drops the first new line of a textarea: give it one to drop.
    if params["value"].startswith(("\n", "\r")):
        params["value"] = f"\n{params['value']}"
    return params


def _choices(bound: BoundField, options: Mapping[str, Any], *, blank: bool) -> list[dict[str, Any]]:
    chosen = _chosen(bound)
    hints = {str(key): says for key, says in (options.get("item_hints") or {}).items()}
    reveals = {str(key): html for key, html in (options.get("reveals") or {}).items()}
    unavailable = {str(key): why for key, why in (options.get("unavailable") or {}).items()}
    items: list[dict[str, Any]] = []
    for value, text in _flat_choices(bound.field.widget.choices):
        if value == "" and not blank:
            continue
        item: dict[str, Any] = {"value": value, "text": text}
        if value == "" and text.startswith("---"):
            item["text"] = "Choose one"
        if value in chosen:
            item["checked"] = item["selected"] = True
        if value in hints:
            item["hint"] = {"text": hints[value]}
        if value in reveals:
            item["conditional"] = {"html": reveals[value]}
        if bound.errors:
            item["attributes"] = {"aria-invalid": "true"} if blank else {}
        if value in unavailable:
            _cannot_be_chosen(item, unavailable[value], in_select=blank)
        if bound.field.disabled:
            item["disabled"] = True
        items.append(item)
    return items


def _cannot_be_chosen(item: dict[str, Any], why: str, *, in_select: bool) -> None:
    """A choice that is shown and cannot be made, with the reason beside it."""
    item["disabled"] = True
    if in_select:
        item["text"] = f"{item['text']}: {why}"
    else:
        item["hint"] = {"text": why}


def _flat_choices(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for value, text in choices:
        if isinstance(text, list | tuple):
            yield from _flat_choices(text)
        else:
            yield "" if value is None else str(value), str(text)


def _select(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    items = _choices(bound, options, blank=True)
    for item in items:
        item.pop("attributes", None)
    params |= {
        "id": _id(bound),
        "name": bound.html_name,
        "label": _label(bound, options),
        "items": items,
        "classes": _classes(bound, options, "input"),
        "attributes": _attributes(bound, options),
        "disabled": bound.field.disabled,
    }
    if options.get("described_by"):
        params["describedBy"] = options["described_by"]
    return params


def _radios(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    inline = "govuk-radios--inline" if options.get("inline") else ""
    params |= {
        "idPrefix": _id(bound),
        "name": bound.html_name,
        "fieldset": _fieldset(bound, options),
        "items": _choices(bound, options, blank=False),
        "classes": " ".join(part for part in (inline, _classes(bound, options, "radios")) if part),
    }
    return params


def _checkboxes(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    params |= {
        "idPrefix": _id(bound),
        "name": bound.html_name,
        "fieldset": _fieldset(bound, options),
        "items": _choices(bound, options, blank=False),
        "classes": _classes(bound, options, "checkboxes"),
    }
    return params


def _one_checkbox(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    item: dict[str, Any] = {
        "value": "on",
        "text": options.get("text_of") or options.get("label") or bound.label,
        "checked": bool(bound.value()),
        "disabled": bound.field.disabled,
    }
    if "hint" in params:
        item["hint"] = params.pop("hint")
    reveal = (options.get("reveals") or {}).get(True)
    if reveal:
        item["conditional"] = {"html": reveal}
    params |= {
        "idPrefix": _id(bound),
        "name": bound.html_name,
        "items": [item],
        "classes": _classes(bound, options, "checkboxes"),
    }
    # Alone, a checkbox has no fieldset to carry the description of its error.
    if bound.errors:
        item["attributes"] = {"aria-invalid": "true", "aria-describedby": f"{_id(bound)}-error"}
    return params


def _day_attributes(bound: BoundField, wrong: bool) -> dict[str, Any]:
    attributes: dict[str, Any] = {"disabled": {"value": bound.field.disabled, "optional": True}}
    if wrong:
        attributes |= {"aria-invalid": "true", "aria-describedby": f"{_id(bound)}-error"}
    return attributes


def _day(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    typed = in_boxes(bound.value())
    wrong = _wrong_parts(bound) if bound.errors else []
    params |= {
        "id": _id(bound),
        "fieldset": _fieldset(bound, options),
        "items": [
            {
                "name": part,
                "id": f"{_id(bound)}-{part}",
                "value": typed[part],
                "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
                + (" govuk-input--error" if part in wrong else ""),
                "attributes": _day_attributes(bound, part in wrong),
                # A month may be a word, so it must not bring up a number pad.
                "inputmode": "text" if part == "month" else "numeric",
            }
            for part in PARTS
        ],
        "namePrefix": bound.html_name,
    }
    return params


def _file(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    params |= {
        "id": _id(bound),
        "name": bound.html_name,
        "label": _label(bound, options),
        "multiple": bool(getattr(bound.field.widget, "allow_multiple_selected", False)),
        "attributes": _attributes(bound, options, "multiple"),
        "disabled": bound.field.disabled,
    }
    return params


def _password(bound: BoundField, params: dict[str, Any], options: Mapping[str, Any]) -> dict[str, Any]:
    params = _one_line(bound, params, options)
    params.pop("type")
    params.pop("value")
    return params


# In this order: a subclass before its parent.
_COMPONENTS = (
    (DayInput, "date-input", _day),
    (forms.Textarea, "textarea", _many_lines),
    (forms.CheckboxSelectMultiple, "checkboxes", _checkboxes),
    (forms.RadioSelect, "radios", _radios),
    (forms.Select, "select", _select),
    (forms.CheckboxInput, "checkboxes", _one_checkbox),
    (forms.PasswordInput, "password-input", _password),
    (forms.FileInput, "file-upload", _file),
    (forms.HiddenInput, "hidden", lambda bound, params, options: {"html": bound.as_hidden()}),
    (forms.widgets.Input, "input", _one_line),
)
