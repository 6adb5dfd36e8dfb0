"""What the floor promises, each with its failure beside it."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tink import hybrid
from tink.proto import hpke_pb2, tink_pb2

from banyan.sealing import blob, boxes, codes, padding, phrases, quorum
from banyan.sealing.faults import Damaged, NotForUs, SealingFault, TooLarge, WrongCode
from banyan.sealing.keys import Keys, xwing_private, xwing_public, xwing_public_bytes

FOLDER, EPOCH, SEED = b"f" * 32, b"e" * 16, b"s" * 32
SMALL = phrases.Cost(memory_kib=32, passes=1)


@given(st.binary(max_size=5000))
def test_what_is_sealed_opens_and_has_the_length_of_a_class(text):
    data = boxes.seal(SEED, sort=boxes.ENTRY, folder=FOLDER, epoch=EPOCH, plaintext=text)
    assert boxes.open_seal(SEED, data) == text
    assert len(data) in padding.CLASSES


@given(st.integers(0, 1023), st.integers(0, 7))
@settings(max_examples=300)
def test_no_flipped_bit_of_a_seal_opens(place, bit):
    data = boxes.seal(SEED, sort=boxes.ENTRY, folder=FOLDER, epoch=EPOCH, plaintext=b"hello")
    broken = data[:place] + bytes((data[place] ^ 1 << bit,)) + data[place + 1 :]
    assert boxes.seal_id(broken) != boxes.seal_id(data)
    with pytest.raises(SealingFault):
        boxes.open_seal(SEED, broken)


def test_a_seal_larger_than_the_largest_class_is_refused():
    with pytest.raises(TooLarge):
        boxes.seal(SEED, sort=boxes.ENTRY, folder=FOLDER, epoch=EPOCH, plaintext=bytes(padding.CLASSES[-1]))


def test_a_drop_opens_with_the_drop_key_alone():
    keys, other = Keys.generate(), Keys.generate()
    data = boxes.seal_drop(keys.public, folder=FOLDER, epoch=EPOCH, plaintext=b"a tally")
    assert boxes.open_drop(keys, data) == b"a tally"
    with pytest.raises(NotForUs):
        boxes.open_drop(other, data)
    for place in (7, 60, 130, 1300, len(data) - 1):
        with pytest.raises(SealingFault):
            boxes.open_drop(keys, data[:place] + bytes((data[place] ^ 1,)) + data[place + 1 :])


def test_the_same_secret_gives_the_same_keys_and_another_gives_others():
    one, same, other = Keys(b"k" * 32), Keys(b"k" * 32), Keys(b"l" * 32)
    assert one.public == same.public and one.id == same.id
    assert one.id != other.id
    assert "k" * 5 not in repr(one)


def test_our_hybrid_keys_are_x_wing_as_tink_has_it():
    """An independent program opens what we wrap, and we open what it wraps."""
    seed, info = b"x" * 32, b"banyan"
    hybrid.register()
    private, public = _tink_keys(seed, xwing_public_bytes(seed))
    sealed = boxes._SUITE.encrypt(b"from us", xwing_public(xwing_public_bytes(seed)), info=info)
    assert private.decrypt(sealed, info) == b"from us"
    theirs = public.encrypt(b"from tink", info)
    assert boxes._SUITE.decrypt(theirs, xwing_private(seed), info=info) == b"from tink"


def _tink_keys(seed, public_bytes):
    from tink import new_keyset_handle, secret_key_access
    from tink import proto_keyset_format as fmt

    params = hpke_pb2.HpkeParams(kem=hpke_pb2.X_WING, kdf=hpke_pb2.HKDF_SHA256, aead=hpke_pb2.AES_256_GCM)
    public = hpke_pb2.HpkePublicKey(version=0, params=params, public_key=public_bytes)
    private = hpke_pb2.HpkePrivateKey(version=0, public_key=public, private_key=seed)
    keyset = tink_pb2.Keyset(primary_key_id=1)
    key = keyset.key.add()
    key.key_data.type_url = "type.googleapis.com/google.crypto.tink.HpkePrivateKey"
    key.key_data.value = private.SerializeToString()
    key.key_data.key_material_type = tink_pb2.KeyData.ASYMMETRIC_PRIVATE
    key.status, key.key_id, key.output_prefix_type = tink_pb2.ENABLED, 1, tink_pb2.RAW
    handle = fmt.parse(keyset.SerializeToString(), secret_key_access.TOKEN)
    del new_keyset_handle
    decrypt = handle.primitive(hybrid.HybridDecrypt)
    return decrypt, handle.public_keyset_handle().primitive(hybrid.HybridEncrypt)


def test_codes_have_88_bits_in_both_languages_and_forgive_how_they_are_typed():
    code = codes.new_code()
    assert len(code) * 8 == 88
    for language in ("en", "my"):
        said = codes.to_words(code, language)
        assert len(said) == 8
        assert codes.from_words("  ".join(said).upper()) == code
        with pytest.raises(WrongCode):
            codes.from_words(" ".join(said[:7]))
    english, burmese = codes.to_words(code, "en"), codes.to_words(code, "my")
    with pytest.raises(WrongCode):
        codes.from_words(" ".join((*english[:4], *burmese[4:])))


def test_a_code_opens_other_keys_in_another_programme():
    code = codes.new_code()
    assert codes.keys_of(code, b"p" * 32).id != codes.keys_of(code, b"q" * 32).id


def test_a_phrase_of_seven_words_opens_and_forgives_case_and_spaces():
    keys, phrase = Keys.generate(), phrases.new_phrase()
    locked = phrases.lock(keys, phrase, SMALL)
    assert len(phrase.split()) == 7 and keys.secret not in locked
    assert phrases.unlock(locked, f"  {phrase.upper()} ").id == keys.id


def test_the_default_cost_of_a_guess_is_64_mib():
    assert phrases.Cost() == phrases.Cost(memory_kib=65536, passes=3)


def test_every_three_trustees_open_a_bucket_and_no_two():
    shares = quorum.deal()
    wanted = quorum.bucket_public(quorum.all_pieces(shares), 9)
    for three in combinations(shares, 3):
        seed = quorum.combine(quorum.hand_over(share, 9) for share in three)
        assert xwing_public_bytes(seed) == wanted
    for few in [*combinations(shares, 2), *combinations(shares, 1)]:
        with pytest.raises(Damaged):
            quorum.combine(quorum.hand_over(share, 9) for share in few)


def test_a_false_piece_is_named_and_one_bucket_says_nothing_of_another():
    shares = quorum.deal()
    brought = [quorum.hand_over(share, 9) for share in shares[:3]]
    wanted, alone = quorum.bucket_public(quorum.all_pieces(shares), 9), quorum.PIECES.index((0, 2))
    shared = next(number for number, _ in brought[1].pieces if number in dict(brought[0].pieces))
    for number, words in ((shared, r"trustees 1 and 2 brought different pieces"), (alone, "false piece")):
        pieces = tuple((n, bytes(32) if n == number else p) for n, p in brought[1].pieces)
        false = quorum.HandedOver(trustee=1, bucket=9, pieces=pieces)
        with pytest.raises(SealingFault, match=words):
            quorum.combine([brought[0], false, brought[2]], wanted)
    piece = brought[1].pieces[0][1]
    assert piece not in {p for share in shares for _, p in share.pieces}
    assert quorum.combine(brought) != quorum.combine(quorum.hand_over(share, 10) for share in shares[:3])


def test_a_sealed_file_opens_whole_or_not_at_all(monkeypatch):
    monkeypatch.setattr(blob, "CHUNK", 1000)
    keys, data = Keys.generate(), bytes(range(256)) * 12
    sealed = blob.seal_blob(keys, b"view", data)
    assert blob.open_blob(keys, b"view", sealed) == data
    assert blob.open_blob(keys, b"view", blob.seal_blob(keys, b"view", b"")) == b""
    hostile = [
        sealed[:-1],
        sealed[:-1016],
        sealed + b"\0",
        sealed[:1300] + sealed[2316:],
        b"BNB2" + sealed[4:],
    ]
    for bad in [
        *hostile,
        *(sealed[:p] + bytes((sealed[p] ^ 1,)) + sealed[p + 1 :] for p in range(0, len(sealed), 97)),
    ]:
        with pytest.raises(SealingFault):
            blob.open_blob(keys, b"view", bad)
    with pytest.raises(SealingFault):
        blob.open_blob(Keys.generate(), b"view", sealed)
    with pytest.raises(SealingFault):
        blob.open_blob(keys, b"draft", sealed)
