import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from myanmartools import ZawgyiDetector

from banyan import packs
from banyan.language.pack import Choice, load_pack

PACK = load_pack("myanmar")
LISTS = [value for field in PACK.__struct_fields__ if isinstance(value := getattr(PACK, field), tuple)]
CHOICES: list[Choice] = [choice for choices in LISTS for choice in choices]
FILES = sorted((Path(packs.__file__).parent / "myanmar").glob("*.toml"))


def test_the_fifteen_units_of_iso_and_no_other():
    codes = [region.code for region in PACK.regions]
    assert codes == [f"MM-{number:02}" for number in (*range(1, 8), *range(11, 19))]
    assert not {"MM-08", "MMR001"} & set(codes)


def test_six_bands_from_low_to_high_and_each_is_reached():
    bands = [band.code for band in PACK.rank_bands]
    assert bands == ["enlisted", "nco", "warrant", "junior", "senior", "general"]
    for force in ("army", "air", "navy", "police"):
        assert {rank.band for rank in PACK.ranks if rank.force == force} == set(bands)
    assert not [rank for rank in PACK.ranks if rank.force == "militia"]


def test_the_navy_has_no_senior_general():
    codes = {rank.code for rank in PACK.ranks}
    assert "army-sgen" in codes
    assert "navy-sgen" not in codes


def test_burmese_is_composed_unicode_and_not_zawgyi():
    detector = ZawgyiDetector()
    assert all(unicodedata.is_normalized("NFC", choice.my) for choice in CHOICES)
    assert [choice.my for choice in CHOICES if detector.get_zawgyi_probability(choice.my) > 0.9] == []


def test_zones_are_known_to_the_system():
    assert PACK.zone == "Asia/Yangon"
    for zone in PACK.zones:
        assert ZoneInfo(zone.code).key == zone.code


@pytest.mark.parametrize(
    "word", ["township", "latitude", "longitude", "battalion =", "division", "command =", "[[units"]
)
def test_nothing_finer_than_a_state_is_in_the_files(word):
    text = "\n".join(path.read_text(encoding="utf-8").lower() for path in FILES)
    assert "[[regions]]" in text
    assert word not in text


def test_every_file_says_its_source():
    assert len(FILES) == 7
    for path in FILES:
        first = path.read_text(encoding="utf-8").split("\n\n")[0].lower()
        assert first.startswith("# "), path.name
        assert "source" in first or "statoids" in first, path.name
