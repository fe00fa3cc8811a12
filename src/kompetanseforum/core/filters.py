"""Filters beside a list, as `ui/filter_group.html` and `ui/active_filter.html` draw them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Choice:
    """One box to tick. `count` is text where a number is too small to be told."""

    value: str
    label: str
    count: int | str
    is_checked: bool
    # The query of the address without this choice, for the chip that removes it.
    query_without: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of filters. `name` is the field's name in the address."""

    name: str
    label: str
    choices: list[Choice] = field(default_factory=list)

    @property
    def chosen(self) -> list[Choice]:
        return [choice for choice in self.choices if choice.is_checked]


@dataclass(frozen=True, slots=True)
class Active:
    """A filter that is on, and the address without it."""

    label: str
    url: str
