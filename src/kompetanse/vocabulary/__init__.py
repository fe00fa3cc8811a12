"""The starter vocabulary: ESCO concepts of the region's trades with Norwegian labels and everyday words."""

from kompetanse.vocabulary.check import Fault, Finding, check
from kompetanse.vocabulary.entries import LANGUAGES, Entry, Pair, Vocabulary
from kompetanse.vocabulary.esco_concepts import EscoConcept, read_esco_concepts
from kompetanse.vocabulary.reader import read_vocabulary

__all__ = [
    "LANGUAGES",
    "Entry",
    "EscoConcept",
    "Fault",
    "Finding",
    "Pair",
    "Vocabulary",
    "check",
    "read_esco_concepts",
    "read_vocabulary",
]
