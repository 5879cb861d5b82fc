from meedoen.records.organisations.known import province_of


def test_the_province_of_a_municipality_comes_with_the_package_or_from_a_setting(settings):
    settings.PROVINCES = {"GM9990": "Drenthe"}
    assert province_of("GM0014") == "Groningen"
    assert province_of("GM0193") == "Overijssel"
    assert province_of("GM9990") == "Drenthe"


def test_of_a_municipality_that_nobody_knows_it_stays_empty():
    assert province_of("GM9990") == ""
