"""Plain text to skills and occupations, with the words that caused each link."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kompetanse.linking.language import Language, guess_language
from kompetanse.linking.links import Basis, Link, Polarity, Span
from kompetanse.linking.terms import Kind, Role, Term

if TYPE_CHECKING:
    from kompetanse.linking.linker import Linker

__all__ = [
    "Basis",
    "Kind",
    "Language",
    "Link",
    "Linker",
    "Polarity",
    "Role",
    "Span",
    "Term",
    "guess_language",
]


def __getattr__(name: str) -> Any:
    """The linker comes at its first use: numpy and the dictionaries take memory that most processes never need.

    Any: Python asks here for every name that is not above.
    """
    if name == "Linker":
        return import_module("kompetanse.linking.linker").Linker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
