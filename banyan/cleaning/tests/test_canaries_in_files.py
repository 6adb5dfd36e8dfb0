"""What is planted beside the pictures, the pages and the sound is in no cleaned copy."""

import io
import itertools

import pytest
from PIL import Image

from banyan.cleaning import clean, sandboxed
from banyan.cleaning.tests.planted import PLANTS, copy_of, holds, jpeg, painting, png, saved, seen

pytestmark = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: nothing is decoded")


class Canaries:
    """Words that are nowhere else."""

    def __init__(self) -> None:
        self.planted: list[bytes] = []

    def __call__(self) -> bytes:
        self.planted.append(b"canary%05dQ" % (len(self.planted) * 7919 % 99991))
        return self.planted[-1]


def test_none_of_two_hundred_canaries_is_left_in_a_cleaned_file():
    canaries, sung, before = Canaries(), [], 0
    for name, plant in itertools.islice(itertools.cycle(PLANTS.items()), 3 * len(PLANTS)):
        file = plant(canaries)
        mine, before = canaries.planted[before:], len(canaries.planted)
        missing = [canary for canary in mine if not holds(file, canary)]
        assert not missing, f"{name} does not carry what was planted"
        copy = clean(file)
        assert copy.data and not copy.why, f"{name}: {copy.why}"
        sung += [(name, canary) for canary in canaries.planted if holds(copy.data, canary)]
    assert len(canaries.planted) >= 200 and sung == []


@pytest.mark.parametrize("plant", [jpeg, png])
def test_a_cleaned_picture_says_nothing_but_its_colours(plant):
    copy = copy_of(plant(Canaries()))
    with Image.open(io.BytesIO(plant(Canaries()))) as before, Image.open(io.BytesIO(copy)) as after:
        assert {"exif", "icc_profile"} & set(before.info) and before.getexif()
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not after.getexif() and after.size == before.size


def test_what_lay_under_full_transparency_is_white():
    picture = painting().convert("RGBA")
    picture.putalpha(0)
    assert seen(saved("PNG", picture)).getcolors() == [(48 * 32, (255, 255, 255))]
    picture.putalpha(255)
    assert len(seen(saved("PNG", picture)).getcolors()) == 2


def test_a_turned_picture_comes_out_upright():
    turned = Image.Exif()
    turned[0x0112] = 6
    copy = seen(saved("JPEG", exif=turned))
    assert copy.size == (32, 48)
    assert copy.getpixel((30, 1)) > (200, 200, 200) > copy.getpixel((1, 1))


def test_a_large_picture_is_made_smaller_and_a_small_one_is_not():
    copy = seen(saved("JPEG", painting(6000, 3000)))
    assert copy.size == (4096, 2048)
    assert seen(saved("JPEG", painting(600, 300))).size == (600, 300)
