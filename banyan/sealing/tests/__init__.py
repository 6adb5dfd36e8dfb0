"""Tests of the cryptographic floor."""
