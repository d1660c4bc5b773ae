"""The report as a Word file and as a page."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

from docx import Document
from docx.oxml.ns import qn
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from report_factory import TITLE, report_of_2023

from taole.annual_report.official_format import FORMAT
from taole.annual_report.papers import report_docx
from taole.paths import resource_folder

REPORT = report_of_2023()
WORD = Document(io.BytesIO(report_docx(REPORT)))


def numbers_of(table: object) -> list[str]:
    cells = table._tbl.iter(qn("w:tc"))  # type: ignore[attr-defined]
    texts = ["".join(text.text or "" for text in cell.iter(qn("w:t"))) for cell in cells]
    return [text for text in texts if re.fullmatch(r"[\d.]+", text)]


def page(**context: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(str(resource_folder("templates"))),
        undefined=StrictUndefined,
        autoescape=True,
    )
    return environment.get_template("annual_report/report.html").render(report=REPORT, **context)


def test_the_word_file_has_three_tables_of_10_175_and_15_numbers() -> None:
    assert [len(numbers_of(table)) for table in WORD.tables] == [10, 175, 15]


def test_the_25_rows_of_table_three_carry_the_official_labels() -> None:
    rows = WORD.tables[1].rows[3:]
    assert [row.cells[2].text for row in rows] == [row.label for row in FORMAT.rows]


def test_six_headings_stand_in_order() -> None:
    written = [one.text for one in WORD.paragraphs if one.style.name == "Heading 1"]
    assert written == [part.heading for part in FORMAT.parts]


def test_a_long_title_breaks_after_the_year() -> None:
    lines = WORD.paragraphs[0].text.split("\n")
    assert "".join(lines) == TITLE
    assert lines[0].endswith("2023年")


def test_the_same_report_gives_the_same_bytes() -> None:
    assert report_docx(REPORT) == report_docx(report_of_2023())


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def count(self, tag: str) -> int:
        return sum(1 for seen, _ in self.seen if seen == tag)


def tags(text: str) -> Tags:
    parser = Tags()
    parser.feed(text)
    return parser


def test_a_reader_without_links_sees_plain_numbers() -> None:
    text = page()
    assert tags(text).count("a") == 0
    assert "公开信息255条" in text


def test_every_figure_of_the_page_leads_to_its_records() -> None:
    text = page(figure_url=lambda key: f"/figures/{key}", questioned=["P1-screen"])
    assert '<a class="fig" href="/figures/P1-web">255</a>' in text
    assert '<a class="fig q" href="/figures/P1-screen">974</a>' in text
    assert '<a class="fig" href="/figures/T3:R3.3.1:natural">0</a>' in text
    cited = sum(1 for one in REPORT.paragraphs() for run in one.runs if run.key)
    assert tags(text).count("a") == cited + 200


def test_a_figure_without_records_is_plain_text() -> None:
    text = page(figure_url=lambda key: None if key.startswith("H") else f"/figures/{key}")
    assert "/figures/H1" not in text
    assert "/figures/P1-web" in text


def test_tables_of_the_page_have_captions_and_scopes() -> None:
    parsed = tags(page())
    assert parsed.count("table") == parsed.count("caption") == 3
    assert all(attrs.get("scope") for tag, attrs in parsed.seen if tag == "th")
    assert parsed.count("tbody") == 3
    assert parsed.count("thead") == 2
