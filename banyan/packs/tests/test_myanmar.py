import re
import unicodedata
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from myanmartools import ZawgyiDetector

from banyan import packs
from banyan.language.pack import Choice, load_pack

PACK = load_pack("myanmar")
LISTS = [value for field in PACK.__struct_fields__ if isinstance(value := getattr(PACK, field), tuple)]
CRITERIA = PACK.criteria()
CHOICES: list[Choice] = [choice for choices in LISTS for choice in choices if isinstance(choice, Choice)]
for version in PACK.criteria_versions:
    CHOICES += [*version.items, *version.never_asked]
for rules in PACK.entitlements_versions:
    CHOICES += rules.items
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
    reasons = [item.why_my for item in CRITERIA.items]
    assert [why for why in reasons if detector.get_zawgyi_probability(why) > 0.1] == []
    assert len(CHOICES) > 200


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
    assert len(FILES) == 11
    for path in FILES:
        first = path.read_text(encoding="utf-8").split("\n\n")[0].lower()
        assert first.startswith("# "), path.name
        assert "source" in first or "statoids" in first, path.name


def test_the_criteria_of_version_1_are_these_and_mean_this():
    """A finding names its version: what a version means never changes. Change it by a new version."""
    assert {item.code: item.rule for item in PACK.criteria(1).items} == {
        "served": "must", "own_will": "must", "speaks_freely": "against", "adult": "stop",
        "lays_down_arms": "must", "no_fighting": "must", "consistent": "against", "not_sent": "must",
        "supported_elsewhere": "flag", "legal_advice": "flag",
    }  # fmt: skip


@pytest.mark.parametrize(
    "word",
    ["position", "strength", "plan", "unit", "battalion", "base", "order", "commander", "who else", "crime"],
)
def test_no_criterion_asks_what_banyan_will_not_hold(word):
    asked = " ".join(f"{item.en} {item.why_en}" for item in CRITERIA.items).lower()
    assert "service" in asked
    assert not re.search(rf"\b{word}s?\b", asked)


def test_what_is_never_asked_stands_beside_the_criteria():
    assert {choice.code for choice in CRITERIA.never_asked} == {
        "places", "strengths", "plans", "others", "deeds",
    }  # fmt: skip


def test_the_published_stipend_is_as_published_and_the_rest_is_marked_as_ours():
    rules = PACK.entitlements(1)
    assert (rules.from_stage, rules.due_day, rules.currency) == ("reception", 5, "THB")
    assert {item.code: (item.minor_units, item.published) for item in rules.items} == {
        "stipend": (100_000, True), "adult_dependant": (50_000, False), "child": (50_000, False),
        "arrival": (200_000, False),
    }  # fmt: skip
    assert [currency.code for currency in PACK.currencies] == ["MMK", "THB", "INR", "USD"]
    assert not [item for item in rules.items if "arm" in item.en.lower() or "weapon" in item.en.lower()]


def test_figures_never_show_a_high_rank_alone():
    assert [band.code for band in PACK.figure_bands] == ["other_ranks", "officers"]
    general, private = PACK.figure_band("general"), PACK.figure_band("enlisted")
    assert general is PACK.figure_band("junior") is not private
    assert PACK.figure_band("army-gen") is None


def test_a_house_is_no_finer_than_a_state():
    assert PACK.house_regions[0].code == "TH"
    assert {region.kind for region in PACK.house_regions} == {"country", "state", "region", "union"}
