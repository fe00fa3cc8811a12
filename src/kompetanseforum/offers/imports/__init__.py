"""Files read: catalogues in CSV and XLSX, Udir's competence goals, and the demo forum's offers."""

from kompetanseforum.offers.imports.catalogue import Catalogue, read_catalogue
from kompetanseforum.offers.imports.columns import COLUMNS
from kompetanseforum.offers.imports.demo import demo_offers
from kompetanseforum.offers.imports.problems import CatalogueError, Problem
from kompetanseforum.offers.imports.udir import UdirFileError, udir_offers

__all__ = [
    "COLUMNS",
    "Catalogue",
    "CatalogueError",
    "Problem",
    "UdirFileError",
    "demo_offers",
    "read_catalogue",
    "udir_offers",
]
