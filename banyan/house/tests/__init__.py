"""Tests of the house, through requests and rendered pages."""
