"""Files given out: our own words (`words`), and the index that linking reads (`index`, which brings numpy)."""

from kompetanseforum.skills.exports.words import own_words_as_json

__all__ = ["own_words_as_json"]
