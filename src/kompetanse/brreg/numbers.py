"""Organisation numbers: nine digits, the last of which checks the others."""

from __future__ import annotations

import re

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_LENGTH = 9


def is_organisation_number(text: str) -> bool:
    """Nine digits whose weighted sum is divisible by eleven."""
    if len(text) != _LENGTH or not text.isascii() or not text.isdigit():
        return False
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=False)) % 11
    # 11 - 1 would be two digits: such numbers are never given out.
    return rest != 1 and int(text[-1]) == (11 - rest) % 11


def plain_number(text: str) -> str:
    """`NO 923 609 016 MVA` → `923609016`; "" when it is no organisation number."""
    digits = nine_digits(text)
    return digits if is_organisation_number(digits) else ""


def nine_digits(text: str) -> str:
    """What somebody has typed as an organisation number, whether it is one or has a slip in it; "" for anything else."""
    digits = text.upper().strip().removeprefix("NO").removesuffix("MVA")
    digits = "".join(digits.split()).replace(".", "")
    return digits if re.fullmatch("[0-9]{9}", digits) else ""
