"""Files read: catalogues in CSV and XLSX, Udir's competence goals, and the demo forum's offers."""

from kompetanseforum.offers.imports.udir import UdirFileError, udir_offers

__all__ = ["UdirFileError", "udir_offers"]
