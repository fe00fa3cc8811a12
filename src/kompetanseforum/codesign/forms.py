"""What people type in a room: who they are, what should be otherwise, and what they think of it."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanseforum.codesign.models import Part, Room, State, Template
from kompetanseforum.codesign.queries.rooms import side_words
from kompetanseforum.codesign.queries.today import Line
from kompetanseforum.core.sending import SendingKeyField
from kompetanseforum.offers.models import Offer
from kompetanseforum.organisations.models import Organisation, Sector

_NEW = "new"


class _Keyed(forms.Form):
    sending_key = SendingKeyField()

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class OpenForm(_Keyed):
    title = forms.CharField(
        label=gettext_lazy("What is to be made?"),
        max_length=160,
        error_messages={"required": gettext_lazy("Write what is to be made, in a few words")},
    )
    educator = forms.ChoiceField(label=gettext_lazy("Who decides?"))
    offer = forms.ChoiceField(label=gettext_lazy("Which offer is it today?"), required=False)
    makes_new = forms.BooleanField(
        label=gettext_lazy("Make a new offer of it, and let today's stay as it is"), required=False
    )
    template = forms.ChoiceField(
        label=gettext_lazy("Begin with a template?"),
        choices=[("", gettext_lazy("No, with nothing")), *Template.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *arguments: object, educators: Sequence[Organisation], offers: Sequence[Offer], **options: object
    ) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._educators = {one.public_id: one for one in educators}
        self._offers = {one.public_id: one for one in offers}
        self._choices("educator", [(key, one.name) for key, one in self._educators.items()])
        named = [(key, _offer_words(one)) for key, one in self._offers.items()]
        self._choices("offer", [("", _("Something quite new")), *named])

    @property
    def chosen_educator(self) -> Organisation:
        return self._educators[self.cleaned_data["educator"]]

    @property
    def chosen_offer(self) -> Offer | None:
        return self._offers.get(self.cleaned_data["offer"])

    def clean(self) -> dict[str, object]:
        """Who gives today's offer decides on it."""
        cleaned = super().clean() or {}
        offer = self._offers.get(str(cleaned.get("offer", "")))
        if offer and offer.provider and cleaned.get("educator") not in ("", offer.provider.public_id):
            self.add_error("offer", _("%(who)s gives this one, and decides on it") % {"who": offer.provider.name})
        return cleaned


def _offer_words(offer: Offer) -> str:
    return f"{offer.title}, {offer.provider.name}" if offer.provider else offer.title


class JoinForm(_Keyed):
    """One tap for those who are signed in; a name to be called by for guests."""

    name = forms.CharField(
        label=gettext_lazy("What should the others call you?"),
        help_text=gettext_lazy("A first name is enough. Only those in the room see it."),
        max_length=60,
        error_messages={"required": gettext_lazy("Write what the others should call you")},
    )
    sector = forms.ChoiceField(
        label=gettext_lazy("Which side are you on?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose a side")},
    )

    def __init__(self, *arguments: object, is_named: bool = False, **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._choices("sector", [(one.value, side_words(one)) for one in Sector])
        if is_named:
            del self.fields["name"]


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Their e-mail"),
        help_text=gettext_lazy("Used for this one letter, and forgotten when it is sent."),
        error_messages={
            "required": gettext_lazy("Write their e-mail address"),
            "invalid": gettext_lazy("The e-mail address is not complete"),
        },
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Which language do they read?"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )


class ProposeForm(_Keyed):
    about = forms.ChoiceField(label=gettext_lazy("What is it today?"), required=False)
    proposal = forms.CharField(
        label=gettext_lazy("What do you propose instead?"),
        help_text=gettext_lazy("One thing at a time, in a few words."),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you propose")},
    )
    why = forms.CharField(label=gettext_lazy("Why?"), max_length=500, required=False)

    def __init__(self, *arguments: object, lines: Sequence[Line], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._lines = {line.key: line for line in lines}
        today = [(key, _short(line)) for key, line in self._lines.items()]
        self._choices("about", [(_NEW, _("Nothing: this is new")), *today])
        if not lines:
            del self.fields["about"]

    @property
    def line(self) -> Line | None:
        return self._lines.get(self.cleaned_data.get("about", ""))


def _short(line: Line) -> str:
    return line.text if len(line.text) < 90 else f"{line.text[:88]} …"


class FromNotesForm(_Keyed):
    """What notes on a board propose, and in which of one's own rooms."""

    room = forms.ChoiceField(label=gettext_lazy("In which room?"))
    part = forms.ChoiceField(label=gettext_lazy("In which column?"), choices=Part.choices)
    proposal = forms.CharField(
        label=gettext_lazy("What do you propose?"),
        help_text=gettext_lazy("One thing at a time, in a few words."),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you propose")},
    )

    def __init__(self, *arguments: object, rooms: Sequence[Room], **options: object) -> None:
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._rooms = {room.public_id: room for room in rooms}
        self._choices("room", [(key, room.title) for key, room in self._rooms.items()])

    @property
    def chosen_room(self) -> Room:
        return self._rooms[self.cleaned_data["room"]]


class RewordForm(forms.Form):
    proposal = forms.CharField(
        label=gettext_lazy("The proposal"),
        max_length=500,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write what you propose")},
    )
    # What the writer had before them.
    seen = forms.IntegerField(widget=forms.HiddenInput)


class CommentForm(_Keyed):
    words = forms.CharField(
        label=gettext_lazy("What do you think?"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": gettext_lazy("Write something first")},
    )


class MoveForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("What do we do with it?"),
        choices=[
            (State.TRIED_FIRST, gettext_lazy("Try it first, in small")),
            (State.PARKED, gettext_lazy("Park it for now")),
            (State.PROPOSED, gettext_lazy("Take it up again")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what to do with it")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Because …, or how it is tried"),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == State.PARKED and not cleaned.get("reason"):
            self.add_error("reason", _("Write why it is parked"))
        return cleaned


def part_named(value: str) -> Part:
    """The column an address names; content where it names none."""
    return Part(value) if value in Part.values else Part.CONTENT
