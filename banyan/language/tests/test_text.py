import subprocess
import sys

import pytest

from banyan.language.numerals import from_any_digits, to_burmese_digits
from banyan.language.text import from_zawgyi, is_probably_zawgyi, nfc

UNICODE = "ကောင်းပါတယ်"
ZAWGYI = "\u1031\u1000\u102c\u1004\u1039\u1038\u1015\u102b\u1010\u101a\u1039"


def test_zawgyi_is_told_from_unicode():
    assert is_probably_zawgyi(ZAWGYI) > 0.99
    assert is_probably_zawgyi(UNICODE) < 0.01


@pytest.mark.parametrize("text", ["", "a plain sentence", "12 / 41"])
def test_text_without_burmese_is_never_zawgyi(text):
    assert is_probably_zawgyi(text) == 0.0


def test_composed_and_decomposed_text_become_one_and_others_stay_two():
    assert nfc("\u1025\u102e") == nfc("\u1026") == "\u1026"
    assert nfc("\u1025") != nfc("\u1026")


def test_digits_go_to_burmese_and_back_and_letters_stay():
    assert to_burmese_digits("heron 41") == "heron ၄၁"
    assert to_burmese_digits(1907) == "၁၉၀၇"
    assert from_any_digits("heron ၄၁") == "heron 41"
    assert from_any_digits("๔१4") == "414"
    assert from_any_digits("½ ဝ") == "½ ဝ"


def test_zawgyi_is_converted():
    assert from_zawgyi(ZAWGYI) == UNICODE
    assert from_zawgyi("heron 41") == "heron 41"


def test_the_converter_is_loaded_when_it_is_needed_and_not_before():
    loaded = "import sys; from banyan.language.names import read_name; read_name({!r}); print('icu' in sys.modules)"
    said = [
        subprocess.run(
            [sys.executable, "-c", loaded.format(name)], capture_output=True, text=True, check=True
        )
        for name in ("U Aung", UNICODE, ZAWGYI)
    ]
    assert [done.stdout.strip() for done in said] == ["False", "False", "True"]
