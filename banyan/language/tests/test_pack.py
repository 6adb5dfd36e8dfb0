from pathlib import Path

import msgspec
import pytest

from banyan.language.pack import FILES, Choice, PackFault, label, load_pack, read_pack

SOUND = {
    "pack.toml": 'name = "small"\nzone = "Asia/Yangon"\nzones = [{code = "Asia/Yangon", en = "a", my = "b"}]',
    "forces.toml": 'forces = [{code = "army", en = "Army", my = "x"}]\n'
    'service_categories = [{code = "volunteer", en = "a", my = "b"}]',
    "ranks.toml": 'rank_bands = [{code = "enlisted", en = "a", my = "b"}]\n'
    'ranks = [{code = "army-pte", force = "army", band = "enlisted", en = "Private", my = "b"}]',
    "regions.toml": 'regions = [{code = "MM-01", kind = "region", en = "a", my = "b"}]\n'
    'destinations = [{code = "TH", kind = "country", en = "a", my = "b"}]',
    "concerns.toml": 'concerns = [{code = "self", en = "a", my = "b"}]',
    "currencies.toml": 'currencies = [{code = "MMK", minor_units = 2, en = "a", my = "b"}]',
    "languages.toml": 'languages = [{code = "my", en = "a", my = "b"}]',
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    small = tmp_path / "small"
    small.mkdir()
    for name, text in SOUND.items():
        (small / name).write_text(text, encoding="utf-8")
    return small


def test_a_sound_pack_is_read(folder):
    pack = read_pack(folder)
    assert set(SOUND) == set(FILES)
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
    assert all(
        isinstance(getattr(pack, field.name), str | tuple) for field in msgspec.structs.fields(type(pack))
    )


def test_a_label_is_in_the_language_asked_for():
    army = Choice(code="army", en="Army", my="စစ်တပ်")
    assert [label(army, code) for code in ("my", "my-mm", "en", "th")] == ["စစ်တပ်", "စစ်တပ်", "Army", "Army"]
