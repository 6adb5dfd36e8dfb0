"""Test 43: hostile files end in a clear word or in a harmless copy, and nobody else's file is in it."""

import io
import random
import resource
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from PIL import Image

from banyan.cleaning import clean, sandboxed
from banyan.cleaning.kinds import BEGINNINGS, COMES_OUT
from banyan.cleaning.limits import LIMITS, LONGEST_SIDE
from banyan.cleaning.tests.hostile import (
    HARM,
    SCRIPT,
    SLOW_HARM,
    archive,
    valid,
    vast_gif,
    vast_jpeg,
    vast_png,
)
from banyan.cleaning.tests.planted import PLANTS, copy_of, painting, saved

pytestmark = pytest.mark.skipif(not sandboxed(), reason="no sandbox here: nothing is decoded")

PAINTED = {
    kind: saved(form, painting(colour=colour))
    for kind, form, colour in (
        ("jpeg", "JPEG", "red"),
        ("png", "PNG", "green"),
        ("webp", "WEBP", "blue"),
        ("gif", "GIF", "orange"),
        ("heic", "HEIF", "purple"),
    )
}
REASONS = {"unknown", "broken", "too_large", "too_slow", "too_many_pixels"}


def ends_well(file):
    """What the cleaner says, after looking whether it may be said."""
    copy = clean(file)
    if copy.data is None:
        assert copy.why in REASONS and not copy.media_type
        return copy
    assert not copy.why and copy.media_type in COMES_OUT[copy.kind]
    assert copy.data.startswith(BEGINNINGS[copy.media_type])
    if copy.kind != "text":
        assert SCRIPT not in copy.data and b"PK\x03\x04" not in copy.data and b"canary00000Q" not in copy.data
    if copy.media_type.startswith("image/"):
        with Image.open(io.BytesIO(copy.data)) as picture:
            picture.load()
            assert max(picture.size) <= LONGEST_SIDE
    return copy


def all_end_well(count):
    """So many hostile files; memory of this process and of its children stays bounded."""
    before, ends = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, set()
    for number in range(count):
        copy = ends_well(HARM[number % len(HARM)](random.Random(number)))
        ends.add(copy.why or copy.media_type)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 * 1024
    assert (
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < max(a.memory for a in LIMITS.values()) / 1024
    )
    return ends


def nothing_of_one_in_the_other(count):
    """Pairs, one after the other and both at once: each copy is to the byte what it is without the other."""
    files = {kind: PAINTED.get(kind) or valid(kind) for kind in PLANTS}
    alone = {kind: clean(file).data for kind, file in files.items()}
    assert all(alone.values()) and len(set(alone.values())) == len(alone)
    chance = random.Random(43)
    for _ in range(count):
        pair = chance.choices(list(PLANTS), k=2)
        with ThreadPoolExecutor(chance.choice([1, 2])) as beside:
            copies = [copy.data for copy in beside.map(clean, [files[kind] for kind in pair])]
        assert copies == [alone[kind] for kind in pair], pair


def test_a_hundred_hostile_files_end_in_a_word_or_a_harmless_copy():
    assert {"unknown", "broken", "too_many_pixels", "image/jpeg", "application/pdf"} <= all_end_well(100)


def test_nothing_of_one_file_is_in_the_copy_of_another():
    nothing_of_one_in_the_other(20)


@pytest.mark.soak
def test_a_thousand_hostile_files_end_in_a_word_or_a_harmless_copy():
    assert REASONS - {"too_slow"} <= all_end_well(1000)


@pytest.mark.soak
def test_nothing_of_one_file_is_in_the_copy_of_another_in_a_thousand_pairs():
    nothing_of_one_in_the_other(1000)


@pytest.mark.parametrize("bomb", [vast_png, vast_gif, vast_jpeg])
def test_a_picture_of_thousands_of_millions_of_points_is_refused_before_it_is_decoded(bomb):
    began = time.monotonic()
    assert clean(bomb(random.Random(1))).why == "too_many_pixels"
    assert time.monotonic() - began < 10


@pytest.mark.parametrize("bomb", SLOW_HARM)
def test_what_unpacks_without_end_is_ended(bomb):
    began = time.monotonic()
    ends_well(bomb(random.Random(2)))
    assert time.monotonic() - began < 100


@pytest.mark.parametrize("kind", ["jpeg", "png", "gif", "webp", "pdf"])
def test_a_file_that_is_two_things_comes_out_as_one(kind):
    file = valid(kind) + SCRIPT + archive()
    copy = copy_of(file)
    assert clean(file).kind == kind and SCRIPT in file and b"PK\x03\x04" in file
    assert SCRIPT not in copy and b"PK\x03\x04" not in copy
    assert clean(archive() + valid(kind)).why == "unknown"
