"""Whole tables of the kinds that statistics offices write."""

from spm.setup.leftover import left_over
from tests.setup.example import mapped


def test_a_long_table():
    made = mapped("""
        Einwohnerbestand nach Stadtteilen;;;;;
        Stadtteil;Stichtag;Altersgruppe;Geschlecht;Staatsangehörigkeit;Anzahl
        Altstadt;31.12.2020;unter 3;männlich;deutsch;7
        Altstadt;31.12.2020;unter 3;weiblich;Ausländer;6
        Neustadt;31.12.2021;65 und älter;weiblich;deutsch;8
    """)
    assert made.mapping["spalten"] == {
        "raum": "Stadtteil", "jahr": "Stichtag", "alter": "Altersgruppe",
        "geschlecht": "Geschlecht", "staatsangehoerigkeit": "Staatsangehörigkeit",
        "anzahl": "Anzahl",
    }  # fmt: skip
    assert made.mapping["werte"]["geschlecht"] == {"männlich": "m", "weiblich": "w"}
    nations = made.mapping["werte"]["staatsangehoerigkeit"]
    assert nations == {"deutsch": "deutsch", "Ausländer": "nichtdeutsch"}
    assert made.mapping["konstanten"] == {"merkmal": "bevoelkerung"}
    assert (made.delivery, made.years) == ("einwohner", {2020, 2021})


def test_ages_that_spm_does_not_read_are_translated():
    made = mapped("Stadtteil;Jahr;AKL;EW\nAltstadt;2020;EW_U3;7\nNeustadt;2020;EW_65_MEHR;9")
    assert made.mapping["werte"]["alter"] == {"EW_U3": "0-2", "EW_65_MEHR": "65+"}
    made = mapped("Stadtteil;Jahr;Alter;EW\nAltstadt;2020;u3;7\nNeustadt;2020;65plus;9")
    assert made.mapping["werte"]["alter"] == {"u3": "0-2", "65plus": "65+"}


def test_totals_within_groups():
    made = mapped("""
        Stadtteil;Jahr;Geschlecht;Einwohner
        Altstadt;2020;männlich;7
        Altstadt;2020;weiblich;6
        Altstadt;2020;Insgesamt;13
    """)
    values = made.mapping["werte"]["geschlecht"]
    assert values == {"männlich": "m", "weiblich": "w", "Insgesamt": ""}


def test_ages_as_headings():
    made = mapped("Gebiet;Jahr;EW_0_U3;EW_3_U6;EW_65_MEHR\nAltstadt;2020;5;6;7\nHafen;2020;5;6;8")
    assert made.mapping["entpivotieren"] == {
        "EW_0_U3": {"alter": "0-2"}, "EW_3_U6": {"alter": "3-5"}, "EW_65_MEHR": {"alter": "65+"},
    }  # fmt: skip
    assert made.mapping["konstanten"] == {"merkmal": "bevoelkerung"}


def test_reference_dates_above_groups():
    made = mapped("""
        Privathaushalte nach Haushaltstyp;;;;;;
        ;31.12.2020;;;31.12.2021;;
        Stadtteil;Einpersonenhaushalte;Alleinerziehende;Insgesamt;Einpersonenhaushalte;Alleinerziehende;Insgesamt
        Altstadt;3;4;7;5;6;11
        Neustadt;7;8;15;9;10;19
    """)
    assert made.mapping["entpivotieren"]["31.12.2021 | Alleinerziehende"] == {
        "jahr": "2021", "auspraegung": "alleinerziehend",
    }  # fmt: skip
    assert made.unneeded["31.12.2020 | Insgesamt"] == "Summe der Spalten daneben"


def test_a_total_that_is_no_sum_stays_open():
    made = mapped("""
        Privathaushalte nach Haushaltstyp;;;;
        Stadtteil;Jahr;Einpersonenhaushalte;Alleinerziehende;Insgesamt
        Altstadt;2020;3;4;9
    """)
    assert "nicht ihre Summe" in made.open["Insgesamt"]


def test_shares_are_not_needed():
    made = mapped(
        "Stadtteil;Jahr;Arbeitslose;Arbeitslosenquote\nAltstadt;2020;12;4,5\nHafen;2020;13;7,5"
    )
    assert made.mapping["spalten"]["anzahl"] == "Arbeitslose"
    assert "Arbeitslosenquote" in made.unneeded


def test_a_heading_with_one_word_too_many_stays_open():
    made = mapped(
        "Stadtteil;Jahr;Arbeitslose;Arbeitslose SGB III\nAltstadt;2020;12;4\nHafen;2020;9;3"
    )
    assert made.mapping["spalten"]["anzahl"] == "Arbeitslose"
    assert "Arbeitslose SGB III" in made.open


def test_two_columns_that_seem_to_count_the_same_stay_open():
    made = mapped("Stadtteil;Jahr;Einwohner;Bevölkerung\nAltstadt;2020;12;13\nHafen;2020;9;9")
    assert not made.placed
    assert "dasselbe" in made.open["Einwohner"]


def test_rows_that_something_unknown_splits():
    made = mapped("""
        Stadtteil;Jahr;Familienstand;Einwohner
        Altstadt;2020;ledig;12
        Altstadt;2020;verheiratet;13
    """)
    assert not made.placed
    assert "Familienstand" in made.problem


def test_a_measure_in_rows():
    made = mapped("""
        Stadtteil;Jahr;Angabe;Wert
        Altstadt;2020;Geburten;12
        Altstadt;2020;Zuzüge;30
        Altstadt;2020;Fortzüge;20
    """)
    assert made.mapping["spalten"]["merkmal"] == "Angabe"
    assert made.mapping["werte"]["merkmal"] == {
        "Geburten": "geburten", "Zuzüge": "zuzuege", "Fortzüge": "fortzuege",
    }  # fmt: skip


def test_several_tables_in_one():
    from spm.setup.known import Known
    from spm.setup.tables import propose
    from tests.setup.example import AREAS, cut

    layout = cut("""
        Tabelle;Raum;Jahr;Zeile;Wert
        Einwohner nach Alter;1;2020;unter 18;12
        Einwohner nach Alter;1;2020;18 und älter;40
        Einwohner nach Geschlecht;1;2020;männlich;25
        Einwohner nach Geschlecht;1;2020;weiblich;27
        Konfession;1;2020;evangelisch;9
        Konfession;1;2020;katholisch;8
        Konfession;1;2020;sonstige;8
        Einwohner nach Alter;2;2020;unter 18;12
        Einwohner nach Alter;2;2020;18 und älter;40
        Einwohner nach Geschlecht;2;2020;männlich;25
        Einwohner nach Geschlecht;2;2020;weiblich;27
    """)
    ages, sexes = propose(layout, Known(areas=AREAS, place="Musterstadt"))
    assert ages.mapping["nur"] == {"Tabelle": ["Einwohner nach Alter"]}
    assert ages.mapping["spalten"]["alter"] == "Zeile"
    assert sexes.mapping["spalten"]["geschlecht"] == "Zeile"
    assert "Tabelle: Konfession" in sexes.open


def test_the_flat_format_of_genesis():
    made = mapped("""
        statistics_code;time_label;time;1_variable_label;1_variable_attribute_code;1_variable_attribute_label;2_variable_label;2_variable_attribute_label;value;value_unit;value_variable_label
        12411;Stichtag;31.12.2020;Stadtteile;1;Altstadt;Geschlecht;männlich;12;Anzahl;Bevölkerungsstand
        12411;Stichtag;31.12.2020;Stadtteile;1;Altstadt;Geschlecht;weiblich;14;Anzahl;Bevölkerungsstand
        12411;Stichtag;31.12.2020;Stadtteile;2;Neustadt;Geschlecht;männlich;22;Anzahl;Bevölkerungsstand
        12411;Stichtag;31.12.2020;Stadtteile;3;Hafen;Geschlecht;weiblich;24;Anzahl;Bevölkerungsstand
    """)  # fmt: skip
    assert made.mapping["spalten"]["jahr"] == "time"
    assert made.mapping["spalten"]["geschlecht"] == "2_variable_attribute_label"
    assert made.mapping["spalten"]["anzahl"] == "value"
    assert made.mapping["konstanten"] == {"merkmal": "bevoelkerung"}


def test_months_and_school_years():
    made = mapped(
        "Stadtteil;Berichtsmonat;Arbeitslose\nAltstadt;Dezember 2020;4\nHafen;Dezember 2021;5"
    )
    assert made.mapping["zeitpunkt"] == "Dezember"
    text = "Stadtteil;Schuljahr;Schulabgänger\nAltstadt;2019/20;4\nHafen;2020/21;5"
    assert mapped(text).mapping["schuljahr"] == "beginn"
    made = mapped(text, years=frozenset({2020, 2021}))
    assert made.mapping["schuljahr"] == "ende"
    assert not made.notes["schuljahr"].sure


def test_the_year_of_the_name():
    made = mapped("Stadtteil;Einwohner\nAltstadt;4\nHafen;5", "einwohner_2021.csv")
    assert made.mapping["konstanten"]["jahr"] == "2021"
    assert not made.notes["konstanten.jahr"].sure


def test_without_a_year_nothing_is_placed():
    assert "kein Jahr" in mapped("Stadtteil;Einwohner\nAltstadt;4\nHafen;5").problem


def test_numbers_of_the_whole_municipality():
    made = mapped("Jahr;Einwohner\n2020;400\n2021;410")
    assert made.mapping["konstanten"] == {"merkmal": "bevoelkerung", "raum": "gesamt"}


def test_merged_cells():
    made = mapped("""
        Betreute Kinder unter 3 Jahren;;;
        Stadtteil;Betreuungsform;2020;2021
        Altstadt;Kindertageseinrichtung;3;4
        ;Kindertagespflege;1;2
        Hafen;Kindertageseinrichtung;3;4
        ;Kindertagespflege;1;2
    """)
    assert made.mapping["auffuellen"] == ["Stadtteil"]
    assert made.mapping["konstanten"] == {"merkmal": "betreute_kinder", "alter": "0-2"}
    assert "nicht_zuordenbar" not in made.mapping


def test_signs():
    made = mapped("Stadtteil;Jahr;Geburten\nAltstadt;2020;*\nNeustadt;2020;12\nHafen;2020;")
    assert made.mapping["gesperrt"] == ["*"]
    made = mapped("Stadtteil;Jahr;Geburten\nAltstadt;2020;-\nNeustadt;2020;.\nHafen;2020;7")
    assert made.mapping["zeichen"] == "din55301"
    assert not made.notes["zeichen"].sure
    made = mapped("Stadtteil;Jahr;Geburten\nAltstadt;2020;12.0\nNeustadt;2020;7.0\nHafen;2020;7.0")
    assert made.mapping["dezimal"] == "."
    made = mapped("Stadtteil;Jahr;Einwohner\nAltstadt;2020;1.200\nHafen;2020;7.100")
    assert "dezimal" not in made.mapping


def test_rows_that_are_missing_are_not_taken_for_zeros():
    text = """
        Hilfen zur Erziehung;;;
        Stadtteil;Jahr;Hilfeart;Anzahl
        Altstadt;2020;ambulant;3
        Altstadt;2020;stationär;1
        Altstadt;2021;ambulant;3
        Hafen;2020;ambulant;2
    """
    made = mapped(text)
    assert "fehlende_zeilen" not in made.mapping
    assert "Heißt das 0?" in made.notes["fehlende"].why
    made = mapped(text + "Hinweis: Gab es keine Hilfe, fehlt die Zeile.")
    assert made.mapping["fehlende_zeilen"] == "null"
    assert not made.notes["fehlende_zeilen"].sure


def test_bands_that_share_a_bound_end_before_it():
    made = mapped("Gebiet;Jahr;EW 0-3;EW 3-6;EW 6-10\nAltstadt;2020;5;6;7\nHafen;2020;5;6;8")
    ages = [cell["alter"] for cell in made.mapping["entpivotieren"].values()]
    assert ages == ["0-2", "3-5", "6-10"]
    assert not made.notes["entpivotieren.EW 0-3"].sure
    made = mapped("Gebiet;Jahr;Alter;EW\nAltstadt;2020;0-3;5\nAltstadt;2020;3-6;6\nHafen;2020;6+;7")
    assert made.mapping["werte"]["alter"] == {"0-3": "0-2", "3-6": "3-5", "6+": "6+"}


def test_single_ages_as_headings():
    ages = ";".join(map(str, range(18)))
    numbers = ";".join(["5"] * 18)
    text = f"Bevölkerung nach Altersjahren 2021\nGebiet;{ages}\nAltstadt;{numbers}\nHafen;{numbers}"
    made = mapped(text)
    assert made.mapping["entpivotieren"]["17"] == {"alter": "17"}
    assert made.mapping["konstanten"] == {"merkmal": "bevoelkerung", "jahr": "2021"}


def test_of_which_women():
    made = mapped(
        "Gebiet;Jahr;Einwohner;dar. weiblich;unter 3\nAltstadt;2020;9;5;2\nHafen;2020;8;5;1"
    )
    assert made.mapping["entpivotieren"]["dar. weiblich"] == {"geschlecht": "w"}
    assert made.mapping["entpivotieren"]["unter 3"] == {"alter": "0-2"}
    assert not made.notes["entpivotieren.dar. weiblich"].sure
    made = mapped(
        "Gebiet;Jahr;Arbeitslose;Geburten;weiblich\nAltstadt;2020;9;5;2\nHafen;2020;8;5;1"
    )
    assert "weiblich" in made.open


def test_a_list_of_persons_is_prepared_for_counting():
    made = mapped("""
        Lfd. Nr.;Jahr;Stadtteil;Sprache;BMI
        K1;2020;Altstadt;auffällig;normal
        K2;2020;Altstadt;unauffällig;normal
        K3;2021;Hafen;unauffällig;Übergewicht
        K4;2021;Hafen;auffällig;normal
        K5;2021;Hafen;auffällig;normal
        K6;2021;Hafen;auffällig;normal
    """)
    assert not made.placed
    assert "je Person" in made.problem
    assert made.mapping["zaehlen"]["gueltig"]["Sprache"] == ["auffällig", "unauffällig"]
    assert made.mapping["zaehlen"]["kennung"] == "Lfd. Nr."
    assert any("zaehlen: {merkmale: " in line for line in left_over([made]))


def test_children_without_an_age_are_not_everybody():
    title = "Bevölkerung nach Stadtteilen"
    made = mapped(f"{title}\nGebiet;Jahr;Einwohner;Kinder\nAltstadt;2020;9;5\nHafen;2020;8;4")
    assert made.mapping["spalten"]["anzahl"] == "Einwohner"
    assert "ohne Altersangabe" in made.open["Kinder"]
    made = mapped(
        f"{title}\nGebiet;Jahr;Einwohner;Minderjährige\nAltstadt;2020;9;5\nHafen;2020;8;4"
    )
    assert made.mapping["entpivotieren"]["Minderjährige"] == {"alter": "0-17"}


def test_children_in_needy_households_have_their_age():
    text = "Gebiet;Jahr;{}\nAltstadt;2020;9\nHafen;2020;8"
    made = mapped(text.format("Kinder unter 18 Jahren in Bedarfsgemeinschaften"))
    assert made.mapping["konstanten"] == {"merkmal": "sgb2_personen", "alter": "0-17"}
    made = mapped(text.format("Kinder in Bedarfsgemeinschaften"))
    assert "ohne Altersangabe" in made.open["Kinder in Bedarfsgemeinschaften"]


def test_unemployed_people_are_at_least_fifteen():
    made = mapped("Gebiet;Jahr;Arbeitslose unter 25\nAltstadt;2020;9\nHafen;2020;8")
    assert made.mapping["konstanten"] == {"merkmal": "arbeitslose", "alter": "15-24"}
    assert not made.notes["konstanten.merkmal"].sure
