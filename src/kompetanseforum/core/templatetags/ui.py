"""What the component templates in `templates/ui/` need computed: drawings, wiring of fields, and small words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm, BoundField
from django.middleware.csrf import get_token
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext, pgettext_lazy

register = template.Library()

# Own strokes on a 24 px grid. An icon always has a word beside it.
_ICONS = {
    "arrow": "M5 12h13M13 7l5 5-5 5",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 4.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 0 0 0-15M12 8.5V12l2.5 2",
    "close": "M6.5 6.5l11 11M17.5 6.5l-11 11",
    "copy": "M9 9h10v10H9zM15 9V5H5v10h4",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M10.5 4.5a6 6 0 1 0 0 12a6 6 0 0 0 0-12M15 15l4.5 4.5",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', _ICONS[name]
    )


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """`{% csrf_token %}` that also works inside `{% include … only %}`."""
    request = getattr(context, "request", None)
    if request is None:
        return mark_safe("")
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


# Fields


def description_id(field: BoundField) -> str:
    return f"{field.auto_id}-description"


def error_id(field: BoundField) -> str:
    return f"{field.auto_id}-error"


@register.simple_tag
def control(field: BoundField, rows: int | None = None, description: str = "", size: str = "") -> SafeString:
    """The field's widget, dressed and wired to its description and its error."""
    attrs: dict[str, str | bool] = {"class": f"ds-input {field.field.widget.attrs.get('class', '')}".strip()}
    described_by = []
    if description or field.help_text:
        described_by.append(description_id(field))
    if field.errors:
        described_by.append(error_id(field))
        attrs["aria-invalid"] = "true"
    if described_by:
        attrs["aria-describedby"] = " ".join(described_by)
    if rows:
        attrs["rows"] = str(rows)
    if size:
        attrs["data-size"] = size
    return field.as_widget(attrs=attrs)


@register.filter
def field_description_id(field: BoundField) -> str:
    return description_id(field)


@register.filter
def field_error_id(field: BoundField) -> str:
    return error_id(field)


@dataclass(frozen=True, slots=True)
class ChipChoice:
    """A select beside a chip: its name, what it is called, and (value, text, is_chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True)
class ChipOption:
    """One chip. `why` tells where it comes from: text, or segments (text, is_marked). `choice` stands beside it."""

    value: str
    label: str
    is_checked: bool = False
    id: str = ""
    why: str | tuple[tuple[str, bool], ...] = ""
    choice: ChipChoice | None = None


@dataclass(frozen=True, slots=True)
class Chips:
    legend: str
    name: str
    kind: str
    options: list[ChipOption]
    description: str
    error: str


@register.simple_tag
def gathered_chips(
    field: BoundField | None = None,
    legend: str = "",
    name: str = "",
    kind: str = "",
    options: Iterable[ChipOption] = (),
    description: str = "",
    error: str = "",
) -> Chips:
    """What `ui/chips.html` draws: a choice field's options, or those given; what is given beats what the field says."""
    if not field:
        return Chips(legend, name, kind or "checkbox", list(options or ()), description, error)
    return Chips(
        legend=legend or str(field.label),
        name=name or field.html_name,
        kind=kind or getattr(field.field.widget, "input_type", "checkbox"),
        options=list(options or _options(field)),
        description=description or str(field.help_text),
        error=error or (str(field.errors[0]) if field.errors else ""),
    )


def _options(field: BoundField) -> list[ChipOption]:
    return [
        ChipOption(
            value=str(widget.data["value"]),
            label=str(widget.choice_label),
            is_checked=bool(widget.data["selected"]),
            id=str(widget.id_for_label),
        )
        for widget in field.subwidgets
        if str(widget.data["value"])
    ]


@register.filter
def segments(value: object) -> list[tuple[str, bool]]:
    """Text or (text, is_marked) pairs → pairs."""
    if not value:
        return []
    if isinstance(value, str):
        return [(value, False)]
    if isinstance(value, Iterable):
        return [(str(text), bool(is_marked)) for text, is_marked in value]
    return [(str(value), False)]


@dataclass(frozen=True, slots=True)
class FieldError:
    href: str
    text: str


@register.simple_tag
def form_errors(form: object = None, errors: Iterable[tuple[str, str]] = ()) -> list[FieldError]:
    """Every error of a form and those given as (id, text), in the order the fields stand on the page."""
    found = [FieldError(href=f"#{anchor}" if anchor else "", text=str(text)) for anchor, text in errors or ()]
    if isinstance(form, BaseForm):  # a template gives "" for a form that is not there
        found += [FieldError(href="", text=str(text)) for text in form.non_field_errors()]
        for field in form:
            anchor = field.id_for_label or (field.subwidgets[0].id_for_label if field.subwidgets else "")
            found += [FieldError(href=f"#{anchor or field.auto_id}", text=str(text)) for text in field.errors]
    return found


# Words


@register.filter
def initials(name: str) -> str:
    parts = name.split()
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper() if parts else ""


@register.filter
def minutes_up(seconds: int) -> int:
    return max(1, -(-int(seconds or 0) // 60))


@register.filter
def cut_last_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else ""


@register.filter
def waited(days: int, deadline: int = 14) -> str:
    """Days in words, such as "19 days, 5 over": said plainly, never as a scolding."""
    text = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if days > deadline:
        text += gettext(", %(over)s over") % {"over": days - deadline}
    return text


@register.filter
def undo_url(message: Message) -> str:
    """The address a message's "Undo" posts to: `messages.success(request, text, extra_tags=f"undo {url}")`."""
    kind, _, url = (message.extra_tags or "").partition(" ")
    return url if kind == "undo" else ""


# States


@dataclass(frozen=True, slots=True)
class StateShape:
    # Looked up when it is read.
    word: str | Promise
    shape: SafeString
    tone: str = ""


_RING = '<circle cx="8" cy="8" r="5.6"/>'
_SHAPES = {
    "ring": _RING,
    "dotted": '<circle cx="8" cy="8" r="5.6" stroke-dasharray="2.4 2"/>',
    "quarter": _RING + '<path class="solid" d="M8 2.4A5.6 5.6 0 0 1 13.6 8H8z"/>',
    "half": _RING + '<path class="solid" d="M8 2.4a5.6 5.6 0 0 0 0 11.2z"/>',
    "talk": _RING + '<circle class="solid" cx="8" cy="8" r="2"/>',
    "full": '<circle class="solid" cx="8" cy="8" r="6.5"/>',
    "three": _RING + '<path class="solid" d="M8 8V2.4A5.6 5.6 0 1 0 13.6 8z"/>',
    "square": '<rect class="solid" x="2" y="2" width="12" height="12" rx="1.5"/>',
    "crossed": _RING + '<path d="M4.1 11.9l7.8-7.8"/>',
    "dash": '<path d="M2.5 8h11"/>',
    "pause": _RING + '<path d="M6.6 5.8v4.4M9.4 5.8v4.4" stroke-width="1.4"/>',
}


# State → (word, shape, tone). Each has a shape of its own, since colour is never alone. A list asks once a row, so only
# the word that is drawn is looked up.
_STATES = {
    "heard": (pgettext_lazy("state", "Heard"), "ring", ""),
    "in_dialogue": (pgettext_lazy("state", "In dialogue"), "talk", ""),
    "briefed": (pgettext_lazy("state", "Sent to education"), "quarter", ""),
    "answered": (pgettext_lazy("state", "Answered"), "three", ""),
    "in_pilot": (pgettext_lazy("state", "Being tried"), "half", ""),
    "met": (pgettext_lazy("state", "Met"), "full", ""),
    "not_met": (pgettext_lazy("state", "Not met"), "crossed", ""),
    "withdrawn": (pgettext_lazy("state", "Withdrawn"), "dash", "quiet"),
    "proposed": (pgettext_lazy("state", "Proposed"), "ring", "quiet"),
    "agreed": (pgettext_lazy("state", "Agreed"), "full", "river"),
    "tried_first": (pgettext_lazy("state", "Tried first"), "half", "river"),
    "parked": (pgettext_lazy("state", "Parked"), "pause", "quiet"),
    "stopped": (pgettext_lazy("state", "Stopped"), "square", ""),
}


@register.simple_tag
def state_drawn(state: str, label: str = "") -> SafeString:
    """What `ui/state.html` draws: in a list of a hundred rows a template for each would cost more than the rows."""
    shown = state_shape(state)
    tone = format_html(' data-tone="{}"', shown.tone) if shown.tone else ""
    return format_html(
        '<span class="state"{}><svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">{}</svg>{}</span>',
        tone,
        shown.shape,
        label or shown.word,
    )


def state_shape(state: str) -> StateShape:
    word, shape, tone = _STATES[state]
    return StateShape(word=word, shape=SafeString(_SHAPES[shape]), tone=tone)  # our own constants


# Drawings

# Bars end here, so that the number after the longest one has room.
_BARS_END_PERCENT = 80.0


@dataclass(frozen=True, slots=True)
class Bars:
    """Lengths in per cent of the drawing's width."""

    confirmed: str
    unconfirmed: str
    asked: str
    supplied: str
    asked_number: int
    supplied_number: int


def _percent(share: float) -> str:
    return f"{share:.2f}%"


@register.simple_tag
def bar_lengths(confirmed: int, unconfirmed: int, supplied: int, largest: int) -> Bars:
    """One scale for every pair on the page: `largest` is the longest bar of all."""
    scale = _BARS_END_PERCENT / max(largest, confirmed + unconfirmed, supplied, 1)
    return Bars(
        confirmed=_percent(confirmed * scale),
        unconfirmed=_percent(unconfirmed * scale),
        asked=_percent((confirmed + unconfirmed) * scale),
        supplied=_percent(supplied * scale),
        asked_number=confirmed + unconfirmed,
        supplied_number=supplied,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    within: str
    over: str
    deadline: str


@register.simple_tag
def waiting_lengths(days: int, deadline: int = 14, longest: int = 0) -> Waiting:
    """The deadline stands two thirds out; who has waited longer than the line is long fills it."""
    end = max(longest, deadline * 3 // 2)
    shown = min(max(days, 0), end)
    return Waiting(
        within=_percent(min(shown, deadline) / end * 100),
        over=_percent(max(shown - deadline, 0) / end * 100),
        deadline=_percent(deadline / end * 100),
    )


@dataclass(frozen=True, slots=True)
class Tile:
    """One municipality on the map. `number` is text, since below five it reads "<5"."""

    code: str
    name: str
    number: str
    step: int
    url: str
    is_selected: bool = False
    place: str = ""


# Municipality number → row, column, is wide. Drawn from how Østfold lies; any other forum flows in reading order.
_PLACES = {
    "3118": (1, 2, True),
    "3103": (2, 1, False),
    "3114": (2, 2, False),
    "3116": (2, 3, False),
    "3122": (2, 4, False),
    "3112": (3, 1, False),
    "3105": (3, 2, False),
    "3120": (3, 3, False),
    "3124": (3, 4, False),
    "3107": (4, 1, False),
    "3110": (4, 2, False),
    "3101": (4, 3, True),
}


def _place(code: str) -> str:
    if code not in _PLACES:
        return ""
    row, column, is_wide = _PLACES[code]
    return f"tile-row-{row} tile-column-{column}{' tile-wide' if is_wide else ''}"


@register.simple_tag
def placed_tiles(tiles: Iterable[Tile]) -> list[Tile]:
    """Tiles with their place, in the order the eye meets them, which is also the keyboard's."""
    last = (99, 99, False)
    ordered = sorted(tiles, key=lambda tile: _PLACES.get(tile.code, last)[:2])
    return [replace(tile, place=_place(tile.code)) for tile in ordered]
