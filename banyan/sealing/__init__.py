"""The cryptographic floor: keys, seals, signatures, codes and pieces.

Three nouns and two verbs carry the room: a *seed* opens an epoch, *keys* belong to a member or a
person, a *seal* is what lies at rest; one seals and one opens. Everything is built from
pyca/cryptography (HPKE with X-Wing, Ed25519, AES-256-GCM, HKDF, Argon2id): no primitive of our own.

Used by `banyan.folders`, and by anybody who wants to read or audit the format alone: the room is
pure Python, imports nothing of ours and no Django. The bytes are described in docs/FORMAT.md and
fixed by the vectors in `vectors/`.

It never returns False for a bad seal: it raises. It never logs, never touches the disk and never
keeps a secret longer than its caller does.
"""
