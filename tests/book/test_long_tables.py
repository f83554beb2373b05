"""Long tables begin below the head of a page, wherever on the page before them there is an end."""

import json
import shutil

import typst

from tests.conftest import ROOT

TOP, STEPS = 2.0, 16

SOURCE = f"""
#import "book.typ": zusammen
#set page(width: 12cm, height: 14cm, margin: {TOP}cm)
#for i in range({STEPS}) {{
  pagebreak(weak: true)
  block(height: i * 0.6cm)
  zusammen(zeilen: 40, {{
    context [#metadata(here().position().y.cm()) <beginn>]
    for _ in range(40) {{ block[Zeile] }}
  }})
}}
"""


def test_a_long_table_never_begins_above_the_text_of_its_page(tmp_path):
    shutil.copy(ROOT / "src/spm/book/assets/book.typ", tmp_path)
    main = tmp_path / "main.typ"
    main.write_text(SOURCE, "utf-8")
    found = json.loads(typst.query(str(main), "<beginn>", field="value"))
    assert len(found) == STEPS
    assert min(found) >= TOP - 0.01
