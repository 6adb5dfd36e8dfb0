"""A figure, and the object that `banyan bench NAME --json` prints."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

QUICK_SECONDS = 50


@dataclass(frozen=True)
class Figure:
    """What was measured: a number, its unit, and what others reached."""

    value: float
    unit: str
    beside: Mapping[str, float] = field(default_factory=dict)


Figures = dict[str, Figure]


def machine() -> dict[str, Any]:
    """What was measured on."""
    return {
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": os.cpu_count() or 1,
        "python": platform.python_version(),
        "cryptography": version("cryptography"),
        "django": version("django"),
    }


def report(name: str, figures: Mapping[str, Figure]) -> dict[str, Any]:
    """One bench as the object that is printed and kept."""
    return {
        "bench": name,
        "machine": machine(),
        "figures": {
            key: {"value": one.value, "unit": one.unit, "beside": dict(one.beside)}
            for key, one in figures.items()
        },
    }


def lines(told: Mapping[str, Any]) -> list[str]:
    """The same for people."""
    rows = [f"{told['bench']}  ({', '.join(f'{key} {value}' for key, value in told['machine'].items())})"]
    for key, one in told["figures"].items():
        beside = ", ".join(f"{peer} {value:g}" for peer, value in one["beside"].items())
        rows.append(f"  {key:<30}{one['value']:>12,g} {one['unit']:<12}{f'({beside})' if beside else ''}")
    return rows
