"""Unlocking a desk: choosing a member, the phrase, and the process that ends with the lock.

A supervisor owns the listening socket, holds no key and reads no HTTP; its child serves the unlock page, takes the
phrase, and is the desk until it is locked. Locking ends the child: the only sure way to wipe Python's memory.
Used by `banyan desk` and `banyan demo`.

It never keeps a phrase, never lets the supervisor see one, and never answers for another host.
"""
