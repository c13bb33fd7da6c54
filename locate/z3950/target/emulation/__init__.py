"""The embedded target with the habits of real systems, so that an origin can be tried against them.

`Emulation` says which habits, `emulation` gives those of a known system by name, and `EmulatedResponder` has them: it
stands before the honest `Responder`, changes what comes in and what goes out, and nothing else knows of it.
"""

from __future__ import annotations

from locate.z3950.target.emulation.habits import PRESETS, Emulation, emulation
from locate.z3950.target.emulation.responder import EmulatedResponder

__all__ = ["PRESETS", "EmulatedResponder", "Emulation", "emulation"]
