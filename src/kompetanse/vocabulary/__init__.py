"""The starter vocabulary: ESCO concepts of the region's trades with Norwegian labels and everyday words."""

from kompetanse.vocabulary.entries import LANGUAGES, Entry, Pair, Vocabulary
from kompetanse.vocabulary.reader import read_vocabulary

__all__ = ["LANGUAGES", "Entry", "Pair", "Vocabulary", "read_vocabulary"]
