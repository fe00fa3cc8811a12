"""Who asks, and whether they may: the same question at every door (page, command, API, socket).

A rule is written once in a capability's `rules.py`:

    @permission("needs.withdraw_voice")
    def may_withdraw(viewer: Viewer, voice: Voice) -> bool: ...

A route declares it with `@requires("needs.withdraw_voice", of=voice_by_id)` or says `@public`.
A test walks every route and fails on a silent one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase

from kompetanse.refs import Ref


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one who asks: a person, the holder of personal links, both, another system by its token, or nobody."""

    person: Ref | None = None
    roles: frozenset[str] = frozenset()
    holds: frozenset[Ref] = field(default_factory=frozenset)
    follows: frozenset[Ref] = field(default_factory=frozenset)
    network: str = ""
    token: Ref | None = None
    # What the token may be used for.
    scopes: frozenset[str] = frozenset()

    def is_a(self, role: str) -> bool:
        return role in self.roles

    @property
    def is_stranger(self) -> bool:
        """Nothing is known of the one who asks but the network and what is followed."""
        return not (self.person or self.token or self.roles or self.holds or self.scopes)

    @property
    def actor(self) -> Ref | None:
        """Who stands in the log: the person, else the token, else the one link held, else nobody."""
        return self.person or self.token or (min(self.holds) if len(self.holds) == 1 else None)


NOBODY = Viewer()
# The one who asks has a role that opens nothing before they have signed in with a passkey (forum.recognise).
MUST_PROVE = "must_prove"

# A rule takes the viewer and the object it is about (None where there is none).
Rule = Callable[[Viewer, Any], bool]
RuleT = TypeVar("RuleT", bound=Callable[..., bool])
# A page, or an operation of the API.
DoorT = TypeVar("DoorT", bound=Callable[..., object])
# Any: a view takes what its route gives it.
View = Callable[..., HttpResponseBase]

_rules: dict[str, Rule] = {}


def permission(name: str) -> Callable[[RuleT], RuleT]:
    """Register a rule under `app.verb_noun`."""

    def register(rule: RuleT) -> RuleT:
        if name in _rules and _rules[name] is not rule:
            raise ValueError(f"two rules for {name}")
        _rules[name] = rule
        return rule

    return register


def permissions() -> list[str]:
    return sorted(_rules)


def may(viewer: Viewer, name: str, about: object = None) -> bool:
    return _rules[name](viewer, about)


def require(viewer: Viewer, name: str, about: object = None) -> None:
    """Raise PermissionDenied unless the viewer may."""
    if not may(viewer, name, about):
        raise PermissionDenied(name)


def requires(name: str, *, of: Callable[..., object] | None = None) -> Callable[[View], View]:
    """Declare a view's permission and ask for it before the view runs.

    `of` turns the route's arguments into the object it is about (raising Http404); the view gets it instead.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def asking(request: Any, **route: Any) -> HttpResponseBase:
            if of is None:
                require(request.viewer, name)
                return view(request, **route)
            about = of(**route)
            require(request.viewer, name, about)
            return view(request, about)

        asking.permission = name  # type: ignore[attr-defined]
        return asking

    return declare


def public(view: DoorT) -> DoorT:
    """Declare that anybody may come here."""
    view.permission = ""  # type: ignore[attr-defined]
    return view
