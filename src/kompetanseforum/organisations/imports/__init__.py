"""Files read: the built-in kinds of workplace, the demo's organisations, and Enhetsregisteret's own files."""

from kompetanseforum.organisations.imports.builtin import (
    DemoOrganisation,
    KindRow,
    builtin_kinds,
    demo_organisations,
)
from kompetanseforum.organisations.imports.demo import DemoPeople, demo_people
from kompetanseforum.organisations.imports.register import import_file, import_register, import_upload, receive_upload

__all__ = [
    "DemoOrganisation",
    "DemoPeople",
    "KindRow",
    "builtin_kinds",
    "demo_organisations",
    "demo_people",
    "import_file",
    "import_register",
    "import_upload",
    "receive_upload",
]
