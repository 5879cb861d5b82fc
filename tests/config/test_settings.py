import json
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from meedoen.config import environment
from meedoen.config.secrets import read_secrets


@pytest.mark.parametrize(("word", "means"), [("on", True), ("1", True), ("OFF", False), ("", True)])
def test_a_flag_says_on_or_off(monkeypatch, word, means):
    monkeypatch.setenv("MEEDOEN_X", word)
    assert environment.flag("MEEDOEN_X", default=True) is means


def test_a_setting_that_makes_no_sense_is_refused_with_its_name(monkeypatch):
    monkeypatch.setenv("MEEDOEN_X", "perhaps")
    with pytest.raises(ImproperlyConfigured, match="MEEDOEN_X"):
        environment.flag("MEEDOEN_X", default=True)
    with pytest.raises(ImproperlyConfigured, match="MEEDOEN_X"):
        environment.number("MEEDOEN_X", 1)


def test_words_are_separated_by_commas(monkeypatch):
    monkeypatch.setenv("MEEDOEN_X", " a, b ,,c")
    assert environment.words("MEEDOEN_X", "") == ["a", "b", "c"]
    assert environment.number("MEEDOEN_Y", 3) == 3


def test_pairs_have_two_halves(monkeypatch):
    monkeypatch.setenv("MEEDOEN_X", " GM0150 = Overijssel, GM0153=Overijssel ")
    assert environment.pairs("MEEDOEN_X") == {"GM0150": "Overijssel", "GM0153": "Overijssel"}
    assert environment.pairs("MEEDOEN_Y") == {}
    for nonsense in ("GM0150", "GM0150=", "=Overijssel", "a=b,c"):
        monkeypatch.setenv("MEEDOEN_X", nonsense)
        with pytest.raises(ImproperlyConfigured, match="MEEDOEN_X"):
            environment.pairs("MEEDOEN_X")


def test_secrets_are_made_once_and_only_the_owner_reads_them(tmp_path):
    first = read_secrets(tmp_path / "data")
    assert read_secrets(tmp_path / "data") == first
    assert sorted(first) == ["bsn_index_key", "bsn_key", "secret_key"]
    file = tmp_path / "data" / "secrets.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text()) == first
    assert [one.name for one in (tmp_path / "data").iterdir()] == ["secrets.json"]
