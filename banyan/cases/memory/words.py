"""What is searched: references and messages, by the three signs that follow each other (FTS5 `trigram`).

Burmese puts no space between words, so an index of words would give false hits; of threes it gives none. A text is
a row of its own; its number begins with the number of its folder. What is taken out leaves traces in the index until
`settle`, which must come before the view is sealed.
"""

from collections.abc import Iterable

from django.db import connections

FEWEST = 3  # signs that the index knows
MOST = 2_000  # texts that are looked at for what very many say, the newest first
BITS = 20  # of a text's number within its folder


def create(alias: str) -> None:
    """An empty index."""
    with connections[alias].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS words")
        cursor.execute("CREATE VIRTUAL TABLE words USING fts5(text, tokenize='trigram', detail=none)")


def put(alias: str, folder: int, texts: Iterable[str]) -> None:
    """Texts to be found, of the folder with this number."""
    first = folder << BITS
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT max(rowid) FROM words WHERE rowid >= %s AND rowid < %s", _span(folder))
        last = cursor.fetchone()[0]
        start = first if last is None else last + 1
        cursor.executemany(
            "INSERT INTO words (rowid, text) VALUES (%s, %s)",
            [(start + number, text) for number, text in enumerate(texts)],
        )


def drop(alias: str, folder: int) -> None:
    """Take out the texts of a folder."""
    with connections[alias].cursor() as cursor:
        cursor.execute("DELETE FROM words WHERE rowid >= %s AND rowid < %s", _span(folder))


def settle(alias: str) -> None:
    """Write the index anew, so that nothing of what was taken out is left in it."""
    with connections[alias].cursor() as cursor:
        cursor.execute("INSERT INTO words (words) VALUES ('optimize')")


def holding(words: str) -> tuple[str, list[str]]:
    """A query, and its parameters, for the numbers of folders with these words, capitals or not."""
    threes = [words[start : start + FEWEST] for start in range(len(words) - FEWEST + 1)]
    sieve = " AND ".join('"' + three.replace('"', '""') + '"' for three in dict.fromkeys(threes))
    # The plus keeps LIKE out of the index, which would look there for the same again.
    found, given = "+text LIKE %s ESCAPE '!'", [f"%{_literal(words)}%"]
    if sieve:
        found, given = "words MATCH %s AND " + found, [sieve, *given]
    numbers = f"SELECT rowid >> {BITS} FROM words WHERE {found} ORDER BY rowid DESC LIMIT {MOST}"  # noqa: S608
    return numbers, given


def _literal(words: str) -> str:
    for sign in "!%_":
        words = words.replace(sign, "!" + sign)
    return words


def _span(folder: int) -> list[int]:
    return [folder << BITS, (folder + 1) << BITS]
