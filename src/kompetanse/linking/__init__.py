"""Plain text to skills and occupations, with the words that caused each link."""

from kompetanse.linking.language import Language, guess_language
from kompetanse.linking.linker import Linker
from kompetanse.linking.links import Basis, Link, Polarity, Span
from kompetanse.linking.terms import Kind, Role, Term

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
