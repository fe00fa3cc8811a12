"""A board to take along: its notes as tables, and its report on paper and as a document to write on in."""

from kompetanseforum.boards.exports.drawing import canvas_paper, canvas_svg
from kompetanseforum.boards.exports.paper import report_paper
from kompetanseforum.boards.exports.tables import as_csv, as_json
from kompetanseforum.boards.exports.word import report_document

__all__ = ["as_csv", "as_json", "canvas_paper", "canvas_svg", "report_document", "report_paper"]
