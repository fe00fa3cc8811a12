"""Why a file cannot be read, and what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

_TEXTS = {
    "empty": gettext_lazy("The file is empty. Choose one with something in it."),
    "too_big": gettext_lazy("The file is larger than %(detail)s MB. Copy the text and paste it instead."),
    "too_long": gettext_lazy("The text is longer than %(detail)s characters. Part it in two."),
    "locked": gettext_lazy("The file is locked with a password. Open it, copy the text and paste it instead."),
    "macros": gettext_lazy("The document has macros, so we do not open it. Save it as .docx without macros, or paste the text."),
    "old_word": gettext_lazy("This is an old Word file, or one that is locked. Save it as .docx, or paste the text."),
    "broken": gettext_lazy("The file cannot be opened: it is broken or cut off. Save it again, or paste the text."),
    "no_text": gettext_lazy("There is no text in the file. If it is a scanned picture, write down what was said and paste it."),
    "other_kind": gettext_lazy("We cannot read this kind of file. Choose .docx, .pdf, .txt or .eml, or paste the text."),
}  # fmt: skip


class UnreadableFile(Exception):
    """The file as a whole cannot be read; nothing of it was kept."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail

    @property
    def text(self) -> str:
        return str(_TEXTS[self.code]) % {"detail": self.detail}
