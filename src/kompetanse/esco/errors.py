"""What can be wrong with an ESCO file, as codes: whoever shows it has the words."""

from __future__ import annotations

from typing import Literal

Problem = Literal[
    "not_found",
    "not_a_zip",
    "damaged_zip",
    "no_known_files",
    "wrong_encoding",
    "missing_column",
    "cut_off",
    "broken_row",
    "too_large",
    "unknown_version",
    "much_is_missing",
]


class EscoFileError(Exception):
    """The file cannot be read as ESCO. `detail` names the file, with the line or column where there is one."""

    def __init__(self, code: Problem, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
