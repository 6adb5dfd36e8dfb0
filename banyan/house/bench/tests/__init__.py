"""Tests of the benches: what they print, never how fast a machine is."""
