"""What `spm neu` guessed is a note of `spm check` until somebody has looked at it."""

from spm.build.doubtful import notes_on_params
from spm.config.params import load_params
from tests.conftest import PARAMS


def guesses(project):
    notes = notes_on_params(load_params(project / PARAMS), {})
    return [note for note in notes if "geraten" in note.was]


def test_every_mark_is_a_note_until_it_is_removed(project):
    path = project / PARAMS
    own = path.read_text(encoding="utf-8")
    assert guesses(project) == []
    text = own.replace("  raumebene: Sozialraum", "  raumebene: Sozialraum  # bitte prüfen: so?")
    text += "\n# Wer «bitte prüfen» nur in einem Kommentar liest, hat nichts zu tun\n"
    text += "# lieferungen: {}  # bitte prüfen: auch hier nicht\n"
    path.write_text(text, encoding="utf-8")
    (note,) = guesses(project)
    assert (note.schwere, note.spalte) == ("Hinweis", "raumebene")
    line = text.splitlines().index(next(x for x in text.splitlines() if "so?" in x)) + 1
    assert note.zeile == line
    assert "geprüft: so?" in note.was
    alone = text.replace("  # bitte prüfen: so?", "\n  # bitte prüfen: so?")
    path.write_text(alone, encoding="utf-8")  # as `spm jahr` writes above what it left open
    (note,) = guesses(project)
    assert (note.spalte, "geprüft: so?" in note.was) == ("", True)
    path.write_text(text.replace("bitte prüfen: so?", "sicher: so"), encoding="utf-8")
    assert guesses(project) == []
