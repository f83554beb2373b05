"""Nothing that is published depends on a suppressed number.

Reports are made of other true numbers behind the same published rows: not a byte of them may
differ. That these rows may be published is the auditor's matter; here it is what else lies in the
folder: certificate, manifest, order and size of files, pictures, sentences, metadata.
"""

import json
import os
import shutil
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from spm.build import check, publish
from spm.disclosure import protection
from spm.disclosure.audit.audit import audit
from spm.disclosure.model.model import build_model
from spm.disclosure.suppress.memory import FILE, remembered
from spm.progress import steps
from spm.release.certificate import CERTIFICATE, DATASET, DEVELOPMENT
from spm.release.keyed import KEY
from tests.conftest import ROOT, run_spm
from tests.reports.substitution_example import Substitutions

WANTED, DRAWS = 5, 60
PARTS = 4
"""So many parts of the report are changed at once."""

PARAMS, NAME = "params/pilotkommune.yml", "pilotkommune"
PUBLISHED = (DATASET, DEVELOPMENT, CERTIFICATE)
COMPARED = "indicators.parquet"
"""Read once more by `spm.build.confidential`, which can only refuse."""
TRUE = ["zaehler", "abzueglich", "nenner"]


@pytest.fixture(scope="module")
def checked(own, tmp_path_factory):
    """The deliveries of a finished report, in a project of their own; what is published of them
    lies there."""
    project = copied(own, tmp_path_factory.mktemp("gleich") / "projekt", FILE)
    with steps(quiet=True) as silent:
        checked, _ = check(project / PARAMS, silent)
    publish(checked)
    return checked


def copied(own, folder, *kept):
    """A project with the same files to build from, and what disclosure control has kept."""
    ignored = shutil.ignore_patterns("processed", "report")
    shutil.copytree(own, folder, ignore=ignored)
    (folder / "data/processed" / NAME).mkdir(parents=True)
    for name in kept:
        shutil.copy(own / "data/processed" / NAME / name, folder / "data/processed" / NAME)
    return folder


def published(checked):
    folder = checked.params.processed
    rows = pd.read_parquet(folder / DATASET)
    return rows, {name: (folder / name).read_bytes() for name in PUBLISHED}


def decided(checked):
    problem = build_model(checked.inputs).problem
    return problem, remembered(problem, checked.params.processed)


@pytest.fixture(scope="module")
def others(checked):
    """Deliveries with other numbers behind the same published rows, and what is published of them.

    Whether a row is suppressed may depend on hidden numbers: here the same ones are, and the
    auditor finds what it has found.
    """
    rows, _ = published(checked)
    problem, pattern = decided(checked)
    substitutions = Substitutions(checked, pattern.hidden)
    attacked = audit(problem, pattern.hidden)

    def same_rows(problem, *_):
        return replace(pattern, loss=problem.loss(pattern.hidden))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(protection, "remembered", same_rows)
        patch.setattr(protection, "require_safe", lambda *_: attacked)
        return draw(checked, rows, substitutions)


def draw(checked, rows, substitutions):
    gone = rows["status"].eq("gesperrt").to_numpy()
    before = checked.indicators[TRUE][gone].to_numpy(float)
    found = []
    for seed in range(DRAWS):
        other = substitutions.draw(seed, PARTS)
        if other is None:
            continue
        after = other.indicators[TRUE][gone].to_numpy(float)
        if np.array_equal(before, after, equal_nan=True):
            continue  # nothing changed that a row of the report is made of
        publish(other)
        again, content = published(other)
        if again.equals(rows):
            found.append((other, content))
        if len(found) == WANTED:
            return found
    raise AssertionError(f"only {len(found)} of {DRAWS} draws kept all published rows")


def test_other_suppressed_numbers_publish_the_same_bytes(checked, others):
    publish(checked)
    _, expected = published(checked)
    for other, content in others:
        assert not other.facts.equals(checked.facts.reset_index(drop=True))
        for name in PUBLISHED:
            assert content[name] == expected[name], name


SCRIPT = """
import json, sys
from pathlib import Path
from spm.build import checking as build
from spm.cli import main
from tests.reports.substitution_example import with_numbers
from tests.reports.test_same_bytes import scramble

check, publish = build.check, build.publish

def other_numbers(params_file, shown, recall):
    checked, paths = check(params_file, shown, recall)
    return with_numbers(checked, json.loads(Path("zahlen.json").read_text())), paths

def and_nothing_more_to_read(checked, *more):
    publish(checked, *more)
    scramble(checked.params)

build.check, build.publish = other_numbers, and_nothing_more_to_read
main()
"""


def scramble(params):
    """Whatever is confidential becomes unreadable: a build that still needs it fails.

    But for the numbers that finished chapters are compared with, which are other true numbers
    here: whatever else read them would show in the bytes.
    """
    kept = {*PUBLISHED, KEY, COMPARED}
    secret = [p for p in params.processed.iterdir() if p.is_file() and p.name not in kept]
    tables = (table.datei for d in params.lieferungen.values() for table in d.tabellen)
    secret += [params.raw_file(name) for name in tables if name]
    for path in secret:
        path.write_bytes(b"vertraulich")
    assert {p.name for p in secret} > {"facts.parquet", "einwohner.csv"}


def test_no_byte_of_the_report_depends_on_a_suppressed_number(own, checked, others, tmp_path):
    """The whole report, in another place and time zone: of other numbers, and without anything
    confidential to read once it is decided what may be published."""
    hidden = decided(checked)[1].hidden
    other = next(other for other, _ in others if decided(other)[1].hidden == hidden)
    project = copied(own, tmp_path / "anderswo", KEY, FILE)
    numbers = [None if pd.isna(n) else int(n) for n in other.facts["anzahl"]]
    (project / "zahlen.json").write_text(json.dumps(numbers), encoding="utf-8")
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    result = run_spm(
        *("build", PARAMS, "--renderer", "embedded"),
        cwd=project,
        script=SCRIPT,
        TZ="Asia/Tokyo",
        PYTHONPATH=os.pathsep.join(paths),
    )
    assert result.returncode == 0, result.stderr
    first, second = (files(folder / "report" / NAME) for folder in (own, project))
    assert sorted(first) == sorted(second)
    manifests = [json.loads(found.pop("manifest.json")) for found in (first, second)]
    assert [name for name in first if first[name] != second[name]] == []
    keyed = [manifest.pop("vertraulich") for manifest in manifests]
    assert manifests[0] == manifests[1]
    # The only trace: digests that nobody without the key can try numbers against.
    assert {name for name in keyed[0] if keyed[0][name] != keyed[1][name]} == {"nachweis"} | {
        "lieferungen"
    }


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
