"""The kinds of file that any paper becomes."""

from __future__ import annotations

from taole.documents.paper_excel import paper_xlsx
from taole.documents.paper_pdf import paper_pdf
from taole.documents.paper_word import paper_docx

WRITERS = {"docx": paper_docx, "xlsx": paper_xlsx, "pdf": paper_pdf}
"""How a paper becomes a file, by the file's suffix."""
