import unicodedata

import pytest

from banyan.language.names import LONGEST, Name, NameFault, read_name, script_of
from banyan.language.text import from_zawgyi, is_probably_zawgyi

# As a public site wrote them in Zawgyi in 2015, and the same names in Unicode, written by hand.
PAIRS = [
    ("ဦးသိန္းေအာင္", "ဦးသိန်းအောင်"),
    ("ဦးျမင့္လြင္", "ဦးမြင့်လွင်"),
    ("ဦးေအာင္သန္႔", "ဦးအောင်သန့်"),
    ("ဦးေအာင္ႀကိဳင္", "ဦးအောင်ကြိုင်"),
    ("ဦးရဲထြဋ္တင္", "ဦးရဲထွဋ်တင်"),
    ("ဦးစိုင္းသန္းႏိုင္", "ဦးစိုင်းသန်းနိုင်"),
    ("ဦးေအးေမာင္", "ဦးအေးမောင်"),
    ("ေဒၚမိျမင့္သန္း", "ဒေါ်မိမြင့်သန်း"),
    ("ေဒါက္တာစိုးမိုးေအာင္", "ဒေါက်တာစိုးမိုးအောင်"),
]
# One that either encoding may have meant: detectors give it 0.46.
DOUBTFUL, ITS_READING = "သိဂႌ", "သိင်္ဂီ"


@pytest.mark.parametrize(("zawgyi", "burmese"), PAIRS)
def test_a_name_in_zawgyi_is_read_in_unicode_and_kept_as_it_was_given(zawgyi, burmese):
    name = read_name(zawgyi)
    assert name == Name(given=zawgyi, burmese=burmese, zawgyi="converted")
    assert name.shown == burmese
    assert name.readings == (burmese,)
    assert unicodedata.is_normalized("NFC", name.burmese)


@pytest.mark.parametrize("burmese", [burmese for _, burmese in PAIRS])
def test_a_name_in_unicode_stays_and_would_be_broken_by_converting(burmese):
    assert read_name(burmese) == Name(given=burmese, burmese=burmese)
    assert from_zawgyi(burmese) != burmese


def test_a_name_that_may_be_either_stays_and_both_readings_are_shown():
    assert 0.05 < is_probably_zawgyi(DOUBTFUL) < 0.95
    name = read_name(DOUBTFUL)
    assert name == Name(given=DOUBTFUL, burmese=DOUBTFUL, zawgyi="doubt")
    assert name.shown == DOUBTFUL
    assert name.readings == (DOUBTFUL, ITS_READING)


@pytest.mark.parametrize("same", ["မ", "ကို"])
def test_a_name_that_is_the_same_in_both_is_in_no_doubt(same):
    assert 0.05 < is_probably_zawgyi(same) < 0.95
    assert read_name(same).zawgyi == "no"


@pytest.mark.parametrize(
    "given",
    ["U Aung Kyaw", "Daw Mya", "Saya Gyi Hla", "Sai Htun", "Naw Paw", "Mg Mg", "တပ်ကြပ်ကြီး ကျော်စွာ", "ကိုကိုလှိုင်"],
)
def test_honorifics_and_ranks_are_part_of_the_name(given):
    name = read_name(given)
    assert name.given == name.shown == given
    assert (name.romanised or name.burmese) == given


def test_a_spelling_is_never_made_up_and_what_is_typed_is_taken():
    assert read_name("ဦးအေးမောင်").romanised == ""
    assert read_name("U Aye Maung").burmese == ""
    both = read_name("U Aye Maung", burmese="ဦးေအးေမာင္", romanised=" U Aye  Maung ")
    assert both == Name("U Aye Maung", "ဦးအေးမောင်", "U Aye Maung", "converted")
    assert both.shown == "U Aye Maung"
    assert both.readings == ("U Aye Maung", "ဦးအေးမောင်")


def test_both_scripts_in_one_field_stay_together():
    name = read_name("ဦးေအးေမာင္ (U Aye Maung)")
    assert (name.burmese, name.romanised) == ("ဦးအေးမောင် (U Aye Maung)", "")
    assert name.shown == name.burmese
    assert read_name("ဦးအေးမောင် (U Aye Maung)").shown == name.shown


def test_other_scripts_are_names_too():
    thai = read_name("สมชาย")
    assert (thai.given, thai.burmese, thai.romanised) == ("สมชาย", "", "")


def test_signs_that_cannot_be_seen_are_left_out():
    assert read_name("\u202eU\u200b Aung\n\tKyaw\u00a0").given == "U Aung Kyaw"
    assert read_name("Jose\u0301").given == "José"


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "12 34", "၁၂", "--"])
def test_without_a_letter_it_is_no_name(text):
    with pytest.raises(NameFault, match="letter"):
        read_name(text)


def test_a_spelling_in_the_wrong_script_is_refused_and_never_repeated():
    for wrong in ({"burmese": "Secret"}, {"romanised": "မောင်"}, {"romanised": "Maung မောင်"}):
        with pytest.raises(NameFault) as refused:
            read_name("Maung", **wrong)
        assert not any(text in str(refused.value) for text in wrong.values())
    assert read_name("a" * LONGEST).given == "a" * LONGEST
    with pytest.raises(NameFault, match="200"):
        read_name("a" * (LONGEST + 1))


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("ဦးအောင်", "burmese"),
        ("ၸၢႆးထုၼ်း", "burmese"),
        ("U Aung", "latin"),
        ("Jose\u0301", "latin"),
        ("U အောင်", "mixed"),
        ("สมชาย", "other"),
        ("41", "none"),
    ],
)
def test_the_script_of_a_text(text, script):
    assert script_of(text) == script
