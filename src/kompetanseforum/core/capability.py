"""The manifest: what one capability brings to navigation, panels, Refs, open data, demo and privacy.

Core loops over manifests and never names a capability. An app's `capability.py` holds one `CAPABILITY`;
`CapabilityConfig` registers it, and imports its rules, panels and listeners.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.functional import Promise

from kompetanse.refs import Ref
from kompetanseforum.core.bringing import Intake
from kompetanseforum.core.live import SocketDoor
from kompetanseforum.core.outgoing import Source
from kompetanseforum.core.permissions import Viewer

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Door:
    """A word in the header, or a line on the desk. Low numbers stand first."""

    label: Text
    url_name: str
    order: int
    # Shown only to those who may; empty: to all.
    permission: str = ""


@dataclass(frozen=True, slots=True)
class Named:
    """What a Ref resolves to: words for it and its address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread, as `ui/thread.html` shows it: words that the one who asked may read.

    `ref` is where it stands now: of two needs that were merged, the kept one.
    """

    ref: Ref
    on: datetime
    # What it is, in a word or two: "Need", "Gathering in Sarpsborg".
    kind: Text
    title: str
    url: str
    text: str = ""
    # "asked" up to the need, "answered" after it.
    side: str = "answered"
    # "ring", "filled" (reached), "square" (stopped, with learning), "open" (not yet: `on` is the day it is due by).
    dot: str = "ring"
    # Of the line to the next step: "solid", "dashed" (tried first, not yet).
    line: str = "solid"
    answers: tuple[tuple[str, str], ...] = ()
    noes: tuple[tuple[str, str], ...] = ()
    # Said instead of the title on its own page, whose heading has the title already.
    here: str = ""


# For each of many Refs of one kind what this viewer may see of it, in as many queries for one as for a hundred.
# What is withdrawn is a step that says so, without words; what the viewer may not see is left out.
ThreadSteps = Callable[[Viewer, Sequence[Ref]], Mapping[Ref, Step]]


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Where a text that many wrote can stand: a meeting's minutes, what a challenge says of itself."""

    # On the button that puts it there, and beside it: who reads it then.
    label: Text
    readers: Text
    # So many characters there is room for.
    most: int
    # What stands there now; None for one who may not write it, and when the thing is gone.
    standing: Callable[[Viewer, Ref], str | None]
    # Writes it instead of what stands there, in the caller's transaction. Only after `standing` gave words.
    write: Callable[[Viewer, Ref, str], None]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a capability stores about a person, why, and for how long."""

    what: Text
    why: Text
    kept_for: Text


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data set as a file: CSV or JSON, and its address."""

    format: str
    url_name: str
    arguments: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenData:
    """A data set anybody may download."""

    label: Text
    url_name: str
    # What is in it, in a sentence.
    description: Text
    files: tuple[DataFile, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Somebody's words, to be heard for skills: what they stand in, and what that belongs to.

    `assume` is what they say of a skill unless they say otherwise: need, offer or have (kompetanse.linking.Polarity).
    """

    subject: Ref
    whole: Ref
    text: str
    language: str
    assume: str


# A panel gets the viewer and the lower capability's object, and gives a template and its context (or None).
Panel = Callable[[Viewer, object], tuple[str, dict[str, object]] | None]
# Adds what one capability knows of the one who asks.
Recognise = Callable[[HttpRequest, Viewer], Viewer]
# Keeps (or lets go of) a thing "held" or "followed" for the person who is signed in; False when nobody is.
Keep = Callable[[HttpRequest, str, Ref], bool]


class CannotBeErased(Exception):
    """The forum cannot do without this person yet; `words` tell why and what to do."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person who wants to be gone: who it is, what the person held, and whether what was said goes too."""

    person: Ref
    holds: frozenset[Ref]
    email: str
    withdraws_voices: bool


@dataclass(frozen=True, slots=True)
class Capability:
    app: str
    title: Text
    doors: tuple[Door, ...] = ()
    # At the foot of every page: ways to what the doors at the top do not show, and quiet links about the forum.
    ways: tuple[Door, ...] = ()
    footer: tuple[Door, ...] = ()
    refs: Mapping[str, Callable[[str], Named | None]] = field(default_factory=dict)
    # Ways from the coordinators' desk to what is done now and then.
    desk: tuple[Door, ...] = ()
    # Kind → its steps in threads.
    thread_steps: Mapping[str, ThreadSteps] = field(default_factory=dict)
    # Kind → where on such a thing a text can stand that was written elsewhere.
    text_places: Mapping[str, TextPlace] = field(default_factory=dict)
    panels_offered: tuple[str, ...] = ()
    panels_filled: Mapping[str, Panel] = field(default_factory=dict)
    personal_data: tuple[PersonalData, ...] = ()
    open_data: tuple[OpenData, ...] = ()
    # Services outside that this capability's clients ask: the whole list of those the forum may call.
    sources: tuple[Source, ...] = ()
    # What can be brought in from files; the capability intake has the pages.
    intakes: tuple[Intake, ...] = ()
    # Brings built-in rows in place; runs at every start of a new version, so it is idempotent.
    install: Callable[[], None] | None = None
    # Fills the demo forum; lower capabilities run first.
    demo: Callable[[], None] | None = None
    recognise: Recognise | None = None
    keep: Keep | None = None
    let_go: Keep | None = None
    # A person's own copy of what is held about them, ready for JSON; a key for each kind.
    personal_copy: Callable[[Ref], Mapping[str, object]] | None = None
    # Takes a person out of what it holds, in the transaction that erases; upper capabilities go first.
    # Raises CannotBeErased.
    erase: Callable[[Erasure], None] | None = None
    # Takes paragraphs out of what stands on a thing, or was read from it: they were erased where they were written.
    strike: Callable[[Ref, Collection[str]], None] | None = None
    # All words that it holds and that skills are heard in, always in the same order.
    spoken: Callable[[], Iterable[Words]] | None = None
    # Makes ready what the first request would else wait for; runs once in each web process.
    warm: Callable[[], None] | None = None
    # Live doors, for pages where several work at once.
    sockets: tuple[SocketDoor, ...] = ()
    # What the worker does again and again; True when there was something to do.
    work: Callable[[], bool] | None = None


_capabilities: dict[str, Capability] = {}


def register(capability: Capability) -> None:
    _capabilities[capability.app] = capability


def capabilities() -> Iterator[Capability]:
    """All manifests, lower layers first (the order of INSTALLED_APPS)."""
    yield from _capabilities.values()


class CapabilityConfig(AppConfig):
    """An app on the common plan: registers its manifest, rules and listeners when Django starts."""

    # An apps.py that imports this class has two of them; Django takes the one that says it is the default.
    default = False

    def __init_subclass__(cls) -> None:
        cls.default = True

    def ready(self) -> None:
        for part in ("rules", "facts", "capability", "listeners"):
            if find_spec(f"{self.name}.{part}") is None:
                continue
            module = import_module(f"{self.name}.{part}")
            if part == "capability":
                register(module.CAPABILITY)
            if part == "listeners":
                module.connect()


def resolve(ref: Ref) -> Named | None:
    """Words and address of what the Ref names; None when it is deleted or of an unknown kind."""
    for capability in capabilities():
        if ref.kind in capability.refs:
            return capability.refs[ref.kind](ref.id)
    return None


def text_place(kind: str) -> TextPlace | None:
    """Where on things of this kind a text can stand; None: nowhere."""
    return next((one.text_places[kind] for one in capabilities() if kind in one.text_places), None)


def strike(thing: Ref, paragraphs: Collection[str]) -> None:
    """Wherever a text on this thing, or a copy of it, has them. In the caller's transaction."""
    for capability in capabilities():
        if capability.strike is not None:
            capability.strike(thing, paragraphs)


def thread_steps(viewer: Viewer, refs: Sequence[Ref]) -> dict[Ref, Step]:
    """What this viewer may see of each; one question to each kind."""
    kinds: dict[str, list[Ref]] = {}
    for ref in refs:
        kinds.setdefault(ref.kind, []).append(ref)
    found: dict[Ref, Step] = {}
    for capability in capabilities():
        for kind, steps in capability.thread_steps.items():
            if kind in kinds:
                found |= steps(viewer, kinds[kind])
    return found
