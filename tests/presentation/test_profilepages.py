"""The profiles as a part of the report: pages of few areas, of many a sentence where they are."""

from spm.presentation.profilepages import ELSEWHERE, MOST_AREAS, profile_part
from tests.presentation_sample import areas
from tests.sheets_example import entries, profiles, views


def part(n, folder):
    return profile_part(profiles(views(entries(9), n), n), list(areas(n).geometry), folder)


def test_of_few_areas_every_one_has_a_page(tmp_path):
    text = part(3, tmp_path).markdown
    assert text.count("#profilseite(") == 3 and ELSEWHERE not in text


def test_of_many_areas_the_paper_says_where_they_are(tmp_path):
    text = part(MOST_AREAS + 1, tmp_path).markdown
    assert "#profilseite" not in text and not list(tmp_path.iterdir())
    assert f'{{.content-visible when-format="typst"}}\n{ELSEWHERE}' in text
