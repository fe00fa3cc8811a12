"""An e-mail as it was saved (.eml): what it says, without heads and attachments."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser

from kompetanseforum.minutes.imports.problems import UnreadableFile

_HEAD = re.compile(rb"^(?:[A-Za-z][A-Za-z0-9-]*:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+\r?\n")
_TELLING = re.compile(rb"^(?:mime-version|message-id|received|return-path|x-mailer):", re.IGNORECASE | re.MULTILINE)
# A head is not longer than this; the rest of a large file is not looked at.
_MOST_HEAD = 65_536
_BREAKS = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"})
_UNSEEN = frozenset({"style", "script", "head", "title"})


def is_mail(content: bytes) -> bool:
    """It begins with heads that only an e-mail has; minutes that begin with "Dato: …" are text."""
    head = _HEAD.match(content[:_MOST_HEAD])
    return head is not None and _TELLING.search(head.group()) is not None


def mail_text(content: bytes) -> str:
    """The plain part, else the HTML part as text. Raises UnreadableFile."""
    try:
        message = message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)  # the policy makes it so
        part = message.get_body(preferencelist=("plain", "html"))
        if part is None:
            raise UnreadableFile("no_text")
        words = str(part.get_content())
    except (LookupError, ValueError, KeyError, AttributeError, TypeError) as error:
        # An unknown character set, or a part that is not what it says.
        raise UnreadableFile("broken") from error
    return _without_marks(words) if part.get_content_subtype() == "html" else words


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data)


def _without_marks(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    return "".join(parser.parts)
