"""Files read: catalogues in CSV and XLSX, Udir's competence goals, and the demo forum's offers."""

from kompetanseforum.offers.imports.catalogue import Catalogue, read_catalogue, read_catalogue_file
from kompetanseforum.offers.imports.columns import COLUMNS
from kompetanseforum.offers.imports.demo import demo_offers
from kompetanseforum.offers.imports.problems import CatalogueError, Problem
from kompetanseforum.offers.imports.udir import UdirFileError, udir_offers
from kompetanseforum.offers.imports.uploads import bring_upload, check_upload, receive_catalogue

__all__ = [
    "COLUMNS",
    "Catalogue",
    "CatalogueError",
    "Problem",
    "UdirFileError",
    "bring_upload",
    "check_upload",
    "demo_offers",
    "read_catalogue",
    "read_catalogue_file",
    "receive_catalogue",
    "udir_offers",
]
