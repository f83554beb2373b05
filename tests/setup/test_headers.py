"""Where headers, data and footers are."""

from spm.setup.headers import layout
from tests.setup.example import cut, raw


def test_a_title_above_and_a_source_below():
    found = cut("""
        Einwohnerbestand nach Stadtteilen;;
        ;;
        Stadtteil;Jahr;Anzahl
        Altstadt;2020;12
        Neustadt;2020;15
        ;;
        Quelle: Melderegister;;
    """)
    assert found.header_rows == [3]
    assert found.header == ["Stadtteil", "Jahr", "Anzahl"]
    assert len(found.rows) == 2
    assert (found.title, found.end) == (["Einwohnerbestand nach Stadtteilen"], "Quelle")


def test_two_levels_with_years_above():
    found = cut("""
        Haushalte, Stand 31.12.;;;;
        ;31.12.2020;;31.12.2021;
        Stadtteil;1 Kind;2 Kinder;1 Kind;2 Kinder
        Altstadt;3;4;5;6
        Neustadt;7;8;9;10
    """)
    assert found.header_rows == [2, 3]
    assert found.header[1:] == [
        "31.12.2020 | 1 Kind", "31.12.2020 | 2 Kinder",
        "31.12.2021 | 1 Kind", "31.12.2021 | 2 Kinder",
    ]  # fmt: skip


def test_years_are_a_header_not_counts():
    found = cut("Stadtteil;2020;2021\nAltstadt;12;13\nNeustadt;15;16")
    assert (found.header_rows, len(found.rows)) == ([1], 2)


def test_single_ages_are_a_header_too():
    assert cut("Stadtteil;0;1;2;3\nAltstadt;12;13;9;8\nNeustadt;15;16;7;7").header_rows == [1]


def test_a_row_of_column_numbers_belongs_to_the_header():
    found = cut("Stadtteil;Jahr;Anzahl\n1;2;3\nAltstadt;2020;12\nNeustadt;2020;15")
    assert (found.header_rows, len(found.rows)) == ([1, 2], 2)


def test_headings_that_are_missing_as_in_genesis():
    found = cut("""
        GENESIS-Tabelle: 12411;;;
        Bevölkerung nach Geschlecht;;;
        ;;;Insgesamt
        2019;05111;Düsseldorf;10
        2019;05112;Duisburg;20
        __________
        © Statistische Ämter;;;
    """)
    assert found.header == ["Spalte 1", "Spalte 2", "Spalte 3", "Insgesamt"]
    assert found.end == "__________"


def test_the_end_begins_like_no_row_of_data():
    found = cut("Amt;Jahr;Anzahl\nStand West;2020;1\nStand Ost;2020;2\nStand 2023, erfunden;;")
    assert found.end == "Stand 2023,"


def test_signs_are_data():
    assert len(cut("Raum;Jahr;Anzahl\n1;2020;*\n2;2020;-\n3;2020;4").rows) == 3


def test_a_list_of_persons_has_a_header():
    found = cut("Nr.;Jahr;Raum;Sprache\nA1;2020;1;auffällig\nA2;2021;1;unauffällig")
    assert (found.header_rows, len(found.rows)) == ([1], 2)


def test_prose_is_no_table():
    assert layout(raw("Nur ein Hinweis\nund noch einer")) is None
