"""The metadata of the sample reports, as their reader gives it in corpus/README.md."""

from datetime import date
from pathlib import Path

import pytest

from archive.boilerplate import strip
from archive.formats import read_file
from archive.metadata import infer_metadata
from archive.model import Metadata

SAMPLES = [
    ("lanxi-2021.html", "澜溪县", 2021, date(2021, 1, 19), date(2021, 1, 27)),
    ("lanxi-2022.html", "澜溪县", 2022, date(2022, 1, 11), date(2022, 1, 19)),
    ("lanxi-2023.docx", "澜溪县", 2023, date(2022, 12, 28), None),
    ("lanxi-2024.html", "澜溪县", 2024, date(2024, 1, 16), date(2024, 1, 24)),
    ("wangshu-2021.txt", "望舒区", 2021, date(2021, 1, 20), date(2021, 1, 22)),
    ("wangshu-2022.txt", "望舒区", 2022, date(2022, 1, 12), None),
    ("wangshu-2023.pdf", "望舒区", 2023, date(2022, 12, 28), None),
    ("wangshu-2024.txt", "望舒区", 2024, date(2024, 1, 16), date(2024, 1, 19)),
    ("qingyu-2021.txt", "青榆区", 2021, date(2020, 12, 29), None),
    ("qingyu-2022.html", "青榆区", 2022, date(2022, 1, 12), date(2022, 1, 19)),
    ("qingyu-2023.txt", "青榆区", 2023, date(2023, 1, 5), date(2023, 1, 13)),
    ("qingyu-2024.txt", "青榆区", 2024, date(2024, 1, 9), None),
    ("fragment.txt", "望舒区", None, None, None),
    ("newspaper.txt", "青榆区", 2022, None, date(2022, 1, 14)),
]


def infer(path: Path) -> Metadata:
    reading = read_file(path.read_bytes(), path.name)
    return infer_metadata(reading, strip(reading.lines).kept)


@pytest.mark.parametrize(("name", "place", "year", "session", "published"), SAMPLES)
def test_sample_is_read_as_its_reader_describes_it(corpus, name, place, year, session, published):
    metadata = infer(corpus / name)
    assert metadata.region is not None
    assert (metadata.region.name, metadata.region.level) == (place, "county")
    assert metadata.report_year == year
    assert metadata.session_date == session
    assert metadata.publish_date == published
    assert metadata.is_report
