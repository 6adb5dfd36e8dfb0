"""Screening: finds out, twice and blind, whether this programme is for somebody, and admits or declines by two.

Used by members with the seat *screening*, each of whom writes a finding that the other's keys do not open before
both are in, and by members with the seat *deciding*, who read both and sign with one where the two disagree.

It never learns where somebody is or will be, never asks about places, strengths or plans of any force, keeps no
copy of a paper, and decides nothing by one signature.
"""
