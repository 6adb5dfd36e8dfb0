"""Measures this machine: the door, sealing, a desk, sync, files and the demo.

Each bench is a file with one function `measure(quick)` that gives figures by key. A key keeps its meaning for
ever, so that figures of different days and machines can be held side by side; what could not be measured is
left out. Beside a figure stand those that other programs reached for the same thing.

Used by `banyan bench` and `make bench`. It works in a scratch folder of its own, never on a programme.
"""
