"""Find out what a target can do, for the person who sets up a partner.

`Probe` decides what to ask and what the answers come to, without IO; `locate.probe.driver` carries it out;
`ProbeReport` is what was found, with advice in plain words and the partner's table for the configuration.
"""

from __future__ import annotations

from locate.probe.core import Probe
from locate.probe.findings import Area, Finding, ProbeReport, Proof, Verdict
from locate.probe.knowledge import Options

__all__ = ["Area", "Finding", "Options", "Probe", "ProbeReport", "Proof", "Verdict"]
