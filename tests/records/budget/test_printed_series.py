"""What pages print of an indicator stands in one series, each figure with its source."""

from meedoen.records.budget.printed_series import printed_series
from meedoen.records.budget.reviewing import Reviewed, import_reviewed
from meedoen.rules.budget.reader import read_document
from tests.records.figures.scenes import stranger, take_in
from tests.rules.budget.table_forms import as_xlsx


def test_figures_of_two_documents_stand_beside_each_other_in_order_of_year(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    table = [["Indicator", "Realisatie 2021", "Realisatie 2022"], ["P-banen", "-", "98"]]
    page = read_document(as_xlsx("Jaarstukken 2023", table))
    reviewed = Reviewed(year=None, rows={0: "participation_jobs"}, goal_id=goal_id)
    import_reviewed(town.connie, page=page, reviewed=reviewed, source="rekening.xlsx")
    series = printed_series(town.connie, indicator="participation_jobs")
    assert [(one.year, one.shown, one.source) for one in series] == [
        (2021, "-", "rekening.xlsx"),
        (2022, "96", "1_1_3.txt"),
        (2022, "98", "rekening.xlsx"),
        (2023, "104", "1_1_3.txt"),
        (2024, "120", "1_1_3.txt"),
        (2025, "130", "1_1_3.txt"),
    ]


def test_own_and_national_values_keep_their_area_and_period(town):
    goal_id = take_in(town, "1_1_3")["1.1.3"]
    table = [
        ["Indicator", "Eenheid", "Periode", "Testveld", "Nederland"],
        ["Bijstand", "per 10.000 inwoners", "1e helft 2022", "431", "352"],
    ]
    page = read_document(as_xlsx("Begroting 2024", table))
    known = Reviewed(year=None, rows={0: ""}, goal_id=goal_id)
    import_reviewed(town.connie, page=page, reviewed=known, source="a.xlsx")
    assert printed_series(town.connie, indicator="") == ()
    code = "national_net_participation"
    reviewed = Reviewed(year=None, rows={0: code}, goal_id=goal_id)
    import_reviewed(town.connie, page=page, reviewed=reviewed, source="a.xlsx")
    series = printed_series(town.connie, indicator=code)
    assert [(one.entity, one.period, one.shown, one.unit) for one in series] == [
        ("Testveld", "1e helft 2022", "431", "per 10.000 inwoners"),
        ("Nederland", "1e helft 2022", "352", "per 10.000 inwoners"),
    ]


def test_a_stranger_gets_nothing(town):
    take_in(town, "1_1_3")
    assert printed_series(stranger(town), indicator="participation_jobs") == ()
    assert printed_series(town.roos, indicator="participation_jobs") == ()
