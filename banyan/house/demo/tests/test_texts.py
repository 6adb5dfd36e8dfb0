"""The texts: many, in both languages, and without what Banyan never holds."""

from random import Random

import pytest

from banyan.house.demo import texts


@pytest.mark.parametrize("language", ["en", "my"])
def test_there_are_at_least_sixty_different_messages(language):
    random = Random(1)
    assert len({texts.first_message(language, random) for _ in range(300)}) >= 60
    assert len({texts.answer(language, random) for _ in range(300)}) >= 60


def test_each_language_is_written_in_its_own_script():
    random = Random(1)
    for make in (texts.first_message, texts.more, texts.answer, texts.advice, texts.junk):
        assert make("en", random).isascii()
        burmese = make("my", random)
        assert sum("\u1000" <= sign <= "\u109f" for sign in burmese) > len(burmese) / 2
