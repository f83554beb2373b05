"""When a file of a report was saved."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from spm.preview.watching import changes, watched

pytestmark = pytest.mark.slow

PARAMS = """
kommune: {name: Kleinau, ags: "05999008", raumebene: Ortsteil, raumebene_mehrzahl: Ortsteile}
bericht: {datum: 2024-09-30, berichtsjahr: 2023, herausgeber: SPM-Testbericht}
zeitreihe: {von: 2021, bis: 2023}
datenordner: ORDNER
raeume: {datei: ortsteile.geojson, schluessel: nr, name: name}
lieferungen: {}
"""


@pytest.fixture
def params(tmp_path: Path) -> Path:
    root = tmp_path / "projekt"
    for name in ("notebooks", "params", "data/raw/kleinau", "netz"):
        (root / name).mkdir(parents=True)
    (root / "_quarto.yml").write_text("book: {chapters: []}", encoding="utf-8")
    path = root / "params" / "kleinau.yml"
    path.write_text(PARAMS.replace("ORDNER", "data/raw/kleinau"), encoding="utf-8")
    return path


@pytest.fixture
def saved(params: Path) -> Iterator[Iterator[list[str]]]:
    stop = threading.Event()
    yield changes(params, stop)
    stop.set()


def after(found: Iterator[list[str]], save: threading.Timer) -> list[str]:
    """The next names, with something that is saved meanwhile."""
    save.start()
    try:
        return next(found)
    finally:
        save.join()


def writing(path: Path, text: str = "neu") -> threading.Timer:
    return threading.Timer(0.2, lambda: path.write_text(text, encoding="utf-8"))


def test_params_notebooks_and_deliveries_are_watched_once(params: Path) -> None:
    root = params.parent.parent
    wanted = {root / "_quarto.yml", root / "notebooks", root / "params", root / "data/raw/kleinau"}
    assert set(watched(params)) == wanted


def test_params_that_cannot_be_read_are_still_watched(params: Path) -> None:
    params.write_text("kommune: [", encoding="utf-8")
    assert params.parent in watched(params)


@pytest.mark.timeout(60)
def test_what_is_saved_is_told_and_what_editors_put_beside_it_is_not(
    params: Path, saved: Iterator[list[str]]
) -> None:
    raw = params.parent.parent / "data/raw/kleinau"

    def save() -> None:
        (raw / "~$hze.xlsx").write_text("offen", encoding="utf-8")
        (raw / "hze.csv").write_text("raum;jahr", encoding="utf-8")

    assert after(saved, threading.Timer(0.2, save)) == ["hze.csv"]


@pytest.mark.timeout(60)
def test_another_folder_of_deliveries_is_watched_from_then_on(
    params: Path, saved: Iterator[list[str]]
) -> None:
    root = params.parent.parent
    assert after(saved, writing(params, PARAMS.replace("ORDNER", "netz"))) == ["kleinau.yml"]
    assert after(saved, writing(root / "netz" / "neu.csv")) == ["neu.csv"]


@pytest.mark.timeout(60)
def test_a_file_saved_twice_in_a_second_is_told_twice(
    params: Path, saved: Iterator[list[str]]
) -> None:
    """Of the same length, so that nothing but the fraction of a second tells them apart."""
    for year, fraction in (("2022", 100_000_000), ("2021", 900_000_000)):
        params.write_text(PARAMS.replace("2023", year), encoding="utf-8")
        os.utime(params, ns=(0, 1_700_000_000 * 10**9 + fraction))
        assert next(saved) == ["kleinau.yml"]


@pytest.mark.timeout(60)
def test_what_happened_before_the_first_question_is_told(params: Path) -> None:
    """The preview asks once the first report is built, which may take minutes."""
    stop = threading.Event()
    found = changes(params, stop)
    (params.parent.parent / "notebooks" / "01.ipynb").write_text("{}", encoding="utf-8")
    assert next(found) == ["01.ipynb"]
    params.unlink()
    assert next(found) == ["kleinau.yml"]
    stop.set()
    assert list(found) == []


@pytest.mark.timeout(60)
def test_a_folder_that_was_missing_is_seen_when_it_comes(params: Path) -> None:
    """Its absence is an error of the first build; whoever mends it waits for the second one."""
    params.write_text(PARAMS.replace("ORDNER", "spaeter"), encoding="utf-8")
    found = changes(params)
    folder = params.parent.parent / "spaeter"
    folder.mkdir()
    (folder / "hze.csv").write_text("raum;jahr", encoding="utf-8")
    assert next(found) == ["hze.csv"]


@pytest.mark.timeout(60)
def test_what_is_saved_while_a_report_is_built_comes_next(
    params: Path, saved: Iterator[list[str]]
) -> None:
    """Nobody asks for news meanwhile; a params file with an error hides no delivery."""
    raw = params.parent.parent / "data/raw/kleinau"
    params.write_text("kommune: [", encoding="utf-8")
    (raw / "hze.csv").write_text("raum;jahr", encoding="utf-8")
    assert next(saved) == ["hze.csv", "kleinau.yml"]
