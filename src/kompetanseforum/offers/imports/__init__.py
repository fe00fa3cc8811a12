"""Files read: catalogues in CSV and XLSX, Udir's competence goals, and the demo forum's offers."""

from kompetanseforum.offers.imports.catalogue import Catalogue, read_catalogue, read_catalogue_file
from kompetanseforum.offers.imports.columns import COLUMNS
from kompetanseforum.offers.imports.demo import demo_offers
from kompetanseforum.offers.imports.intakes import INTAKES
from kompetanseforum.offers.imports.udir import udir_offers

__all__ = [
    "COLUMNS",
    "INTAKES",
    "Catalogue",
    "demo_offers",
    "read_catalogue",
    "read_catalogue_file",
    "udir_offers",
]
