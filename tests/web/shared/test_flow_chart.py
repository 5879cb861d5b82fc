"""Bands between two sides: what they show, as high as they are many, and in our own words."""

import re

import pytest
from lxml import etree

from meedoen.web.shared.flow_chart import Band, flow_chart

SVG = "{http://www.w3.org/2000/svg}"
BANDS = [
    Band("Nergens", "Vrijwilligerswerk", 30, stays=False),
    Band("Vrijwilligerswerk", "Vrijwilligerswerk", 20, stays=True),
    Band("Vrijwilligerswerk", "Betaald werk", 10, stays=False),
]


def draw(bands=BANDS, targets=("Vrijwilligerswerk", "Betaald werk")):
    return flow_chart("Stromen in 2025", "De meeste naar vrijwilligerswerk.", bands, targets, "nl")


def texts(svg):
    return [" ".join(one.itertext()) for one in etree.fromstring(svg).iter(f"{SVG}text")]


def test_every_side_has_its_names_with_how_many_in_the_order_that_was_given():
    assert texts(draw()) == [
        "Nergens: 30",
        "Vrijwilligerswerk: 30",
        "Vrijwilligerswerk: 50",
        "Betaald werk: 10",
    ]
    turned = texts(draw(targets=("Betaald werk", "Vrijwilligerswerk")))
    assert turned[2:] == ["Betaald werk: 10", "Vrijwilligerswerk: 50"]


def test_it_is_one_image_with_our_own_words_and_nothing_that_a_policy_forbids():
    svg = draw()
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    assert (root[0].text, root[1].text) == ("Stromen in 2025", "De meeste naar vrijwilligerswerk.")
    assert "style=" not in svg
    assert "<script" not in svg


def test_there_is_a_band_for_each_flow():
    areas = [one for one in etree.fromstring(draw()).iter(f"{SVG}path") if one.get("opacity")]
    assert len(areas) == len(BANDS)


def test_a_long_name_stands_on_more_lines_and_no_word_is_broken():
    bands = [
        Band("Vrijwilliger zonder de gemeente", "Nergens", 12, stays=False),
        Band("Arbeidsparticipatie", "Nergens", 12, stays=False),
    ]
    found = texts(draw(bands, ("Nergens",)))
    assert found[0] == "Vrijwilliger zonder de gemeente: 12"
    assert found[1] == "Arbeidsparticipatie: 12"


def test_names_stand_beside_the_bands_and_under_each_other_also_of_low_bars():
    bands = [
        Band("Sociale werkvoorziening (Wsw)", "Nergens", 1, stays=False),
        Band("Activiteit in de buurt", "Nergens", 1, stays=False),
        Band("Nergens", "Nergens", 98, stays=True),
    ]
    root = etree.fromstring(draw(bands, ("Nergens",)))
    drawn = [one for one in root.iter(f"{SVG}path") if one.get("opacity")]
    sideways = [float(at) for one in drawn for at in re.findall(r"[ML]([\d.]+),", one.get("d"))]
    placed = [
        (one.get("text-anchor"), *map(float, re.findall(r"[\d.]+", one.get("transform"))))
        for one in root.iter(f"{SVG}text")
    ]
    left = [(across, down) for anchor, across, down in placed if anchor == "end"]
    right = [across for anchor, across, _down in placed if anchor == "start"]
    assert max(across for across, _down in left) < min(sideways)
    assert min(right) > max(sideways)
    heights = [down for _across, down in left]
    # Three lines and two lines, each 15 pixels high.
    assert heights[1] - heights[0] >= 45
    assert heights[2] - heights[1] >= 30


def test_without_bands_there_is_no_picture_and_an_unknown_target_is_a_mistake():
    assert draw([]) == ""
    with pytest.raises(KeyError):
        draw(targets=("Vrijwilligerswerk",))
