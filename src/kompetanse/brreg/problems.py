"""What can be wrong with what Enhetsregisteret sends, as codes: whoever shows it has the words."""

from __future__ import annotations

from typing import Literal

Problem = Literal[
    "not_found", "not_the_register", "cut_off", "broken_row", "changed_shape", "much_is_missing", "no_answer"
]


class BrregError(Exception):
    """`detail` names the file, the row or the field."""

    def __init__(self, code: Problem, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
