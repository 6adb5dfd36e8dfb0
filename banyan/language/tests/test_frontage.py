from pathlib import Path

import pytest

from banyan.language.frontage import contrast, said_in
from banyan.language.pack import PackFault, front_of_pack, load_pack

NAME = 'name = { en = "Bread and Tea", my = "ပေါင်မုန့်နှင့် လက်ဖက်ရည်" }\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A programme's own pack with this door.toml; gives how its door looks."""
    made: list[Path] = []

    def put(text: str, **files: str):
        folder = tmp_path / f"pack-{len(made)}"
        folder.mkdir()
        made.append(folder)
        for name, said in {"door.toml": text, **files}.items():
            (folder / name).write_text(said, encoding="utf-8")
        monkeypatch.setenv("BANYAN_PACK", str(folder))
        return front_of_pack()

    return put


def test_a_pack_of_one_file_has_all_else_from_the_default(own) -> None:
    default = load_pack("myanmar")
    front = own(NAME + '[colours.light]\nleaf = "#5b2a86"')
    assert load_pack().forces == default.forces and load_pack() is not default
    assert load_pack().criteria().version == default.criteria().version
    assert said_in(front.name, "my") == "ပေါင်မုန့်နှင့် လက်ဖက်ရည်"
    assert front.colours.light.leaf == "#5b2a86"
    assert default.door is not None and default.door.colours.light.leaf != "#5b2a86"
    assert front.colours.light.ink == default.door.colours.light.ink
    assert front.colours.dark == default.door.colours.dark


def test_a_text_is_said_in_burmese_where_its_language_is_not_there() -> None:
    said = {"en": "tea", "my": "လက်ဖက်ရည်", "shn": "ၼမ်ႉၼဵင်ႈ"}
    assert [said_in(said, code) for code in ("en", "my", "shn", "kac")] == [
        "tea", "လက်ဖက်ရည်", "ၼမ်ႉၼဵင်ႈ", "လက်ဖက်ရည်",
    ]  # fmt: skip
    assert said_in({"en": "tea"}, "kac") == "tea"


def test_contrast_is_what_the_standard_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[colours.light]\nleaf = "#cfe8df"', "colours.light: leaf on paper has a contrast of"),
        ('[colours.dark]\nink = "#333333"', "colours.dark: ink on paper has a contrast of"),
        ('[colours.light]\nleaf = "green"', "leaf is no colour"),
        ('[colours.light]\nlief = "#1f5c4d"', "lief"),
        ('[colours.noon]\nleaf = "#1f5c4d"', "noon"),
        ('quick_exit = "http://example.org/"', "quick_exit"),
        ('quick_exit = "javascript:alert(1)"', "quick_exit"),
        ('quick_exit = "https://example.org/\\"x"', "quick_exit"),
        ('nmae = { en = "a", my = "b" }', "nmae"),
        ('name = { en = "a" }', "name: nothing is said in 'my'"),
        ('name = { en = "a", my = "b", shn = " " }', "name: nothing is said in 'shn'"),
        ('[words]\n"Write" = {}', "words: 'Write'"),
        ('[words]\n"Write" = { en = "" }', "words: 'Write'"),
        ('[[pages]]\naddress = "B!"\ntitle = { en = "a", my = "b" }\nparagraphs = [{ en = "a", my = "b" }]', "B!"),
        ('[[pages]]\naddress = "bread"\ntitle = { en = "a", my = "b" }\nparagraphs = []', "bread says nothing"),
        ('[[pages]]\naddress = "bread"\ntitle = { en = "a" }\nparagraphs = [{ en = "a", my = "b" }]', "bread"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_once(own, text: str, fault: str) -> None:
    with pytest.raises(PackFault, match=r"door\.toml") as found:
        own(text)
    assert fault in str(found.value)


def test_a_file_with_a_mistyped_name_is_refused(own) -> None:
    with pytest.raises(PackFault, match=r"dor\.toml"):
        own(NAME, **{"dor.toml": "x = 1"})
    assert own(NAME, **{"notes.txt": "for us"}).name["en"] == "Bread and Tea"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANYAN_PACK", str(tmp_path / "nothing"))
    with pytest.raises(PackFault, match="no folder"):
        load_pack()
