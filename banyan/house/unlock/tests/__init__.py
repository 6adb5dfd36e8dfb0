"""Unlocking, as processes and piece by piece."""
