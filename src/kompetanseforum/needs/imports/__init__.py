"""Files read: surveys in CSV and XLSX, NAV's shortage statistics, and the demo forum's needs."""

from kompetanseforum.needs.imports.demo import DemoNeed, DemoVoice, demo_needs
from kompetanseforum.needs.imports.intakes import INTAKES
from kompetanseforum.needs.imports.statistics import ShortageRow, StatisticsFileError, read_shortages
from kompetanseforum.needs.imports.survey import read_survey

__all__ = [
    "INTAKES",
    "DemoNeed",
    "DemoVoice",
    "ShortageRow",
    "StatisticsFileError",
    "demo_needs",
    "read_shortages",
    "read_survey",
]
