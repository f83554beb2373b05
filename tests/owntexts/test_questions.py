"""Questions for planning in the municipality's own file: read, and what is wrong told at once."""

import pytest

from spm.errors import SpmError
from spm.owntexts.questions import Question, Questions, read_questions


@pytest.fixture
def file(tmp_path):
    def make(text):
        path = tmp_path / "prueffragen.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return make


def test_questions_by_chapter(file):
    path = file(
        "sgb2:\n  fragen:\n    - frage: Was tun?\n      zustaendig: Jugendamt\n"
        "hze:\n  vorbericht:\n    - {frage: Und?, stand: erledigt}\n"
    )
    assert read_questions(path, ["sgb2", "hze"]) == {
        "sgb2": Questions((Question("Was tun?", "Jugendamt"),)),
        "hze": Questions(None, (Question("Und?", "", "erledigt"),)),
    }


def test_no_own_question_is_another_thing_than_none_written(file):
    assert read_questions(file("sgb2:\n  fragen: []\n"), ["sgb2"])["sgb2"].own == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "sgb3:\n  fragen: []\n",
            "Zeile 1, sgb3: Dieses Kapitel gibt es nicht. Gemeint ist vielleicht «sgb2».",
        ),
        ("sgb2:\n  frage: []\n", "Hier wird fragen oder vorbericht erwartet"),
        ("sgb2:\n  fragen: x\n", "Hier wird eine Liste erwartet"),
        ("sgb2:\n  fragen:\n    - x\n", "Jeder Eintrag braucht frage"),
        ("sgb2:\n  fragen:\n    - {frage: x, wer: y}\n", "Jeder Eintrag braucht frage"),
        ("sgb2:\n  fragen:\n    - {frage: x, stand: [y]}\n", "Hier werden Texte erwartet"),
    ],
)
def test_what_is_wrong_is_told_with_line_and_remedy(file, text, expected):
    with pytest.raises(SpmError) as caught:
        read_questions(file(text), ["sgb2"])
    assert expected in caught.value.was and "Aufbau: Kapitel" in caught.value.tun
