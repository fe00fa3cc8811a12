"""The words of the forum: found in the code and the templates, kept in .po files, compiled to .mo.

Each capability carries its own words in `locale/{nb,nn}/LC_MESSAGES/django.po`; English stands in the code.
The files hold no dates and no line numbers, so they change only when a word does. Babel does the reading
and the compiling, so nobody needs gettext installed.
"""

from __future__ import annotations

import io
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

LANGUAGES = ("nb", "nn")
PACKAGE = Path(__file__).resolve().parent.parent

_ONE = ("_", "gettext", "gettext_lazy", "gettext_noop")
_MANY = ("ngettext", "ngettext_lazy")
_IN_CONTEXT = ("pgettext", "pgettext_lazy")
_MANY_IN_CONTEXT = ("npgettext", "npgettext_lazy")
# Babel's keyword specs: which argument is the text, which the plural, which ("c") the context.
_KEYWORDS = {
    **dict.fromkeys(_ONE),
    **dict.fromkeys(_MANY, (1, 2)),
    **dict.fromkeys(_IN_CONTEXT, ((1, "c"), 2)),
    **dict.fromkeys(_MANY_IN_CONTEXT, ((1, "c"), 2, 3)),
}
# The two written Norwegians count alike.
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
# %(name)s, %s, {name} and HTML tags: what a translation must carry over. The tag's inside counts too (href, class).
_MUST_STAY = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>")


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate: English, its plural where it counts, and the context that parts it from its double."""

    english: str
    plural: str = ""
    context: str = ""


def capability_folders() -> list[Path]:
    """The apps, by name. Found on the disk: texts are made before Django is set up."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def po_path(folder: Path, language: str) -> Path:
    return folder / "locale" / language / "LC_MESSAGES" / "django.po"


# Finding


def texts_in(folder: Path) -> list[Text]:
    """Every text in a capability's code and templates, sorted, each once. A plural wins over its singular alone."""
    found: dict[tuple[str, str], Text] = {}
    for path in _sources(folder):
        for text in _texts_of(path):
            key = (text.context, text.english)
            if key not in found or text.plural:
                found[key] = text
    return sorted(found.values(), key=lambda text: (text.english.casefold(), text.english, text.context))


def _sources(folder: Path) -> Iterator[Path]:
    for pattern in ("*.py", "*.html", "*.txt"):
        yield from (path for path in sorted(folder.rglob(pattern)) if "migrations" not in path.parts)


def _texts_of(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Indentation means nothing in a template, and Python's reader would stumble over it.
        source = "\n".join(line.strip() for line in templatize(source, origin=path.name).splitlines())
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=_KEYWORDS):
        if isinstance(message, str):
            yield Text(english=message, context=context or "")
        else:
            yield Text(english=message[0], plural=message[1], context=context or "")


# Keeping


def read_catalog(path: Path, language: str) -> Catalog:
    """What has been translated so far; empty when there is no file."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language, ignore_obsolete=True)


def updated(old: Catalog, texts: list[Text], *, language: str) -> Catalog:
    """The texts of today with the translations of yesterday."""
    new = Catalog(locale=language)
    for text in texts:
        known = old.get(text.english, text.context or None)
        msgid = (text.english, text.plural) if text.plural else text.english
        new.add(
            msgid,
            _fitting(known.string if known else "", is_plural=bool(text.plural)),
            context=text.context or None,
            flags=["fuzzy"] if known and known.fuzzy else [],
            user_comments=known.user_comments if known else (),
        )
    return new


def _forms(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A text's forms: one, or singular and plural."""
    return [string] if isinstance(string, str) else list(string or ())


def _fitting(string: str | tuple[str, ...] | list[str] | None, *, is_plural: bool) -> str | tuple[str, ...]:
    """A text that got a plural keeps its singular, and the other way round."""
    forms = _forms(string)
    if is_plural:
        return tuple([*forms, "", ""][:2])
    return forms[0] if forms else ""


def po_text(catalog: Catalog, language: str) -> str:
    body = io.BytesIO()
    write_po(body, catalog, width=120, no_location=True, omit_header=True, ignore_obsolete=True)
    return _HEADER.format(language=language) + body.getvalue().decode().strip() + "\n"


def update(folder: Path) -> list[Path]:
    """Bring a capability's .po files up to date with its code. Returns the files that changed."""
    texts = texts_in(folder)
    changed = []
    for language in LANGUAGES:
        path = po_path(folder, language)
        if not texts and not path.exists():
            continue
        content = po_text(updated(read_catalog(path, language), texts, language=language), language)
        if not path.exists() or path.read_text(encoding="utf-8") != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
            changed.append(path)
    return changed


# Compiling


def compile_texts(*, only_stale: bool = True) -> int:
    """Make the .mo files that Django reads; those already newer than their .po are left. Returns how many were made."""
    made = 0
    for folder in capability_folders():
        for language in LANGUAGES:
            source = po_path(folder, language)
            target = source.with_suffix(".mo")
            # An installed wheel has the .mo alone.
            if source.exists() and not (only_stale and _is_newer(target, source)):
                _compile(source, target, language)
                made += 1
    return made


def _is_newer(target: Path, source: Path) -> bool:
    return target.exists() and target.stat().st_mtime_ns > source.stat().st_mtime_ns


def _compile(source: Path, target: Path, language: str) -> None:
    catalog = read_catalog(source, language)
    # Whole or not at all: two test processes may compile at once.
    half_made = target.with_suffix(f".{os.getpid()}")
    with half_made.open("wb") as file:
        write_mo(file, catalog)
    half_made.replace(target)


# Checking


def faults(folder: Path) -> list[str]:
    """What is missing, unsure, unused or says something else than the English, in words for a translator."""
    texts = texts_in(folder)
    found: list[str] = []
    for language in LANGUAGES:
        catalog = read_catalog(po_path(folder, language), language)
        where = f"{folder.name} {language}"
        known = {(message.context or "", _singular(message.id)) for message in catalog if message.id}
        found += [f"{where}: no longer used: {english!r}" for _context, english in sorted(known - _keys(texts))]
        for text in texts:
            found += [f"{where}: {fault}: {text.english!r}" for fault in _faults_of(text, catalog)]
    return found


def _keys(texts: list[Text]) -> set[tuple[str, str]]:
    return {(text.context, text.english) for text in texts}


def _singular(msgid: str | tuple[str, ...] | list[str]) -> str:
    return msgid if isinstance(msgid, str) else msgid[0]


def _faults_of(text: Text, catalog: Catalog) -> Iterator[str]:
    message = catalog.get(text.english, text.context or None)
    expected = [text.english, text.plural] if text.plural else [text.english]
    if message is None:
        yield "not in the file"
        return
    if message.fuzzy:
        yield "marked fuzzy"
    strings = _forms(message.string)
    if len(strings) != len(expected) or not all(strings):
        yield "not translated"
        return
    for english, string in zip(expected, strings, strict=True):
        if _kept(english) != _kept(string):
            yield f"other placeholders or tags in {string!r}"


def _kept(text: str) -> Counter[str]:
    return Counter(_MUST_STAY.findall(text))


def said_twice(folders: list[Path]) -> list[str]:
    """One English text, translated differently by two capabilities: Django would show the lower one's for both."""
    first: dict[tuple[str, str, str], tuple[str, object]] = {}
    found = []
    for folder in folders:
        for language in LANGUAGES:
            for message in read_catalog(po_path(folder, language), language):
                key = (language, message.context or "", _singular(message.id))
                if not message.id or not any(_forms(message.string)):
                    continue
                name, string = first.setdefault(key, (folder.name, message.string))
                if string != message.string:
                    found.append(
                        f"{language}: {key[2]!r} is {string!r} in {name} and {message.string!r} in {folder.name}"
                    )
    return found


# Rows of words written beside the code (English, bokmål, nynorsk), taken in once.


def take_in(folder: Path, rows: Mapping[Text, Mapping[str, str]]) -> None:
    """Fill a capability's empty translations from rows; `Text.plural` is not looked at, each form has its row."""
    update(folder)
    for language in LANGUAGES:
        path = po_path(folder, language)
        catalog = read_catalog(path, language)
        for message in catalog:
            forms = _forms(message.id)
            given = [
                rows.get(Text(english=form, context=message.context or ""), {}).get(language, "") for form in forms
            ]
            if message.id and all(given) and not any(_forms(message.string)):
                message.string = given[0] if isinstance(message.id, str) else tuple(given)
        path.write_text(po_text(catalog, language), encoding="utf-8")
