from pathlib import Path

import msgspec
import pytest

from banyan.language.frontage import Frontage
from banyan.language.pack import (
    FILES,
    VERSIONED,
    Choice,
    PackFault,
    label,
    load_pack,
    named,
    pairs,
    read_pack,
)

SOUND = {
    "pack.toml": 'name = "small"\nzone = "Asia/Yangon"\nzones = [{code = "Asia/Yangon", en = "a", my = "b"}]',
    "forces.toml": 'forces = [{code = "army", en = "Army", my = "x"}]\n'
    'service_categories = [{code = "volunteer", en = "a", my = "b"}]',
    "ranks.toml": 'rank_bands = [{code = "enlisted", en = "a", my = "b"}]\n'
    'ranks = [{code = "army-pte", force = "army", band = "enlisted", en = "Private", my = "b"}]\n'
    'figure_bands = [{code = "all", bands = ["enlisted"], en = "a", my = "b"}]',
    "regions.toml": 'regions = [{code = "MM-01", kind = "region", en = "a", my = "b"}]\n'
    'destinations = [{code = "TH", kind = "country", en = "a", my = "b"}]',
    "concerns.toml": 'concerns = [{code = "self", en = "a", my = "b"}]',
    "currencies.toml": 'currencies = [{code = "MMK", minor_units = 2, en = "a", many = "a", my = "b"}]',
    "languages.toml": 'languages = [{code = "my", en = "a", my = "b"}]',
    "lists.toml": "\n".join(
        f'{field} = [{{code = "one", en = "a", my = "b"}}]'
        for field in (
            "threats", "means_of_travel", "evidence_kinds", "decline_reasons", "close_reasons", "payment_methods",
        )
    ),
    "criteria.toml": "version = 1\n"
    'items = [{code = "served", rule = "must", en = "a?", my = "b", why_en = "c", why_my = "d", '
    'evidence = ["one"]}]\n'
    'never_asked = [{code = "places", en = "a", my = "b"}]',
    "entitlements.toml": 'version = 1\nfrom_stage = "reception"\ndue_day = 5\n'
    'items = [{code = "base", counts = "household", minor_units = 100, currency = "MMK", published = true, '
    'en = "a", my = "b"}]',
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small = tmp_path / "small"
    small.mkdir()
    for name, text in SOUND.items():
        (small / name).write_text(text, encoding="utf-8")
    return small


def test_a_sound_pack_is_read(folder):
    pack = read_pack(folder)
    assert set(SOUND) == {*FILES, *VERSIONED}
    assert pack.forces == (Choice(code="army", en="Army", my="x"),)
    assert pack.ranks[0].band == "enlisted"


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("forces.toml", 'en = "Army", ', "", r"small/forces\.toml: forces: .*`en`.*\[0\]"),
        ("forces.toml", '"Army"', "7", r"small/forces\.toml: forces: .*str.*\[0\]\.en"),
        ("forces.toml", "my =", "burmese =", r"small/forces\.toml: forces: .*burmese"),
        ("forces.toml", '"x"', '" "', "small: forces: army lacks a name"),
        (
            "forces.toml",
            "forces = [{",
            'forces = [{code = "army", en = "A", my = "y"}, {',
            "army stands twice",
        ),
        ("forces.toml", "forces = [", "farces = [", r"small/forces\.toml: farces is unknown"),
        ("forces.toml", "forces = [", "forces = ", r"small/forces\.toml: "),
        ("concerns.toml", 'concerns = [{code = "self", en = "a", my = "b"}]', "", "small: concerns missing"),
        ("concerns.toml", '{code = "self", en = "a", my = "b"}', "", "small: concerns is empty"),
        ("concerns.toml", "concerns", "forces", r"small/concerns\.toml: forces stands in another file too"),
        ("ranks.toml", 'force = "army"', 'force = "fleet"', "army-pte is of no known force: fleet"),
        ("ranks.toml", 'band = "enlisted"', 'band = "lofty"', "army-pte is in no known band: lofty"),
        ("regions.toml", '"region"', '"township"', r"small/regions\.toml: regions: .*township.*kind"),
        ("currencies.toml", "= 2", '= "two"', r"small/currencies\.toml: currencies: .*minor_units"),
        ("pack.toml", 'zone = "Asia/Yangon"', 'zone = "Mars"', "zone: Mars"),
        ("pack.toml", 'name = "small"', "criteria_versions = []", "criteria_versions is unknown"),
        (
            "ranks.toml",
            'bands = ["enlisted"]',
            "bands = []",
            "figure_bands: they do not hold every rank band",
        ),
        ("lists.toml", 'threats = [{code = "one"', 'threats = [{code = "One-1"', "threats: One-1 is no code"),
        (
            "currencies.toml",
            "minor_units = 2",
            "minor_units = 2, step = 0",
            "currencies: MMK cannot be counted",
        ),
        ("criteria.toml", '"must"', '"should"', r"small/criteria\.toml: .*should.*rule"),
        ("criteria.toml", '"must"', '"flag"', "criteria 1: items: nothing must be met"),
        ("criteria.toml", 'why_my = "d"', 'why_my = ""', "criteria 1: items: served does not say why"),
        ("criteria.toml", '["one"]', '["two"]', "served names no known kind of evidence: two"),
        ("criteria.toml", '["one"]', "[]", "served names no known kind of evidence: none at all"),
        ("criteria.toml", "version = 1", "version = 0", r"criteria\.toml: version: the first is 1"),
        ("criteria.toml", "version = 1", "version = 2", r"small/criteria-1\.toml cannot be read"),
        ("entitlements.toml", '"household"', '"child"', "entitlements 1: items: one rule, and only one"),
        ("entitlements.toml", '"MMK"', '"XTS"', "base is in no known currency: XTS"),
        ("entitlements.toml", "= 100", "= -100", "base is below nothing"),
        ("entitlements.toml", "= 100", "= 100.0", r"small/entitlements\.toml: .*int.*minor_units"),
        ("entitlements.toml", "due_day = 5", "due_day = 30", "due_day: 30 is not in every month"),
    ],
)
def test_a_broken_pack_is_refused_by_file_and_field(folder, name, old, new, said):
    text = SOUND[name]
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PackFault, match=said):
        read_pack(folder)


def test_a_missing_file_and_one_that_is_no_text_are_refused_by_name(folder):
    (folder / "ranks.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(PackFault, match=r"small/ranks\.toml"):
        read_pack(folder)
    (folder / "ranks.toml").unlink()
    with pytest.raises(PackFault, match=r"small/ranks\.toml cannot be read"):
        read_pack(folder)


@pytest.mark.parametrize("name", ["atlantis", "../packs", "", "a/b"])
def test_no_pack_of_that_name(name):
    with pytest.raises(PackFault):
        load_pack(name)


def test_the_default_pack_is_loaded_once_and_cannot_be_changed():
    pack = load_pack()
    assert pack is load_pack()
    assert pack.name == "myanmar"
    with pytest.raises(AttributeError):
        pack.name = "other"  # type: ignore[misc]
    assert pack.criteria() is pack.criteria(pack.criteria().version)
    assert all(
        isinstance(getattr(pack, field.name), str | tuple | Frontage)
        for field in msgspec.structs.fields(type(pack))
    )


def test_a_label_is_in_the_language_asked_for():
    army = Choice(code="army", en="Army", my="စစ်တပ်")
    assert [label(army, code) for code in ("my", "my-mm", "en", "en-gb", "shn")] == [
        "စစ်တပ်", "စစ်တပ်", "Army", "Army", "စစ်တပ်",
    ]  # fmt: skip


def test_what_a_finding_names_stays_readable_when_the_criteria_change(folder):
    first = SOUND["criteria.toml"]
    second = first.replace("version = 1", "version = 2").replace('"a?"', '"asked otherwise?"')
    (folder / "criteria-1.toml").write_text(first, encoding="utf-8")
    (folder / "criteria.toml").write_text(second, encoding="utf-8")
    pack = read_pack(folder)
    assert [pack.criteria(number).items[0].en for number in (1, 2, None)] == [
        "a?", "asked otherwise?", "asked otherwise?",
    ]  # fmt: skip
    assert pack.entitlements().version == 1
    for unknown in (0, 3, -1):
        with pytest.raises(PackFault, match=f"criteria: version {unknown} is not in this pack"):
            pack.criteria(unknown)
    (folder / "criteria-1.toml").write_text(second, encoding="utf-8")
    with pytest.raises(PackFault, match=r"small/criteria-1\.toml: version: it says 2"):
        read_pack(folder)


def test_a_list_is_named_in_the_language_asked_for():
    methods = load_pack().payment_methods
    assert pairs(methods, "en")[:2] == [("cash", "Cash by hand"), ("mobile_money", "Mobile money")]
    assert dict(pairs(methods, "my"))["bank"] == named(methods, "bank", "my") == "ဘဏ်"
    assert named(methods, "barter", "en") == "barter"
