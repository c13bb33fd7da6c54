"""What a configuration file becomes: frozen objects that the rest of the package reads.

Decides nothing and reads no file; `locate.config.build` builds these. `Config.partner` raises `ConfigurationError`
for a code that the configuration does not have.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from locate.errors import ConfigurationError, Problem
from locate.lending_settings import LendingSettings
from locate.names import unknown_name
from locate.partner import Partner, RunLimits

__all__ = ["Config", "Institution"]


@dataclass(frozen=True, slots=True)
class Institution:
    """The library that asks. ``symbol`` is its ISO 18626 agency identifier ("ISIL:DE-12"); None: it has none.

    ``catalog`` is its own catalog, searched like a partner's whose code is the institution's; None: it is not searched.
    """

    code: str
    name: str
    symbol: str | None = None
    catalog: Partner | None = None


@dataclass(frozen=True, slots=True)
class Config:
    """One whole configuration. ``partners`` are in the order of the file, with the defaults already merged in.

    ``check_own_catalog`` says whether a request to borrow is first looked for in the institution's own catalog.
    """

    institution: Institution
    partners: tuple[Partner, ...]
    run: RunLimits = field(default_factory=RunLimits)
    lending: LendingSettings = field(default_factory=LendingSettings)
    check_own_catalog: bool = False

    def partner(self, code: str) -> Partner:
        """Return the partner with exactly this code; `ConfigurationError` names the nearest code if there is none."""
        by_code = {partner.code: partner for partner in self.partners}
        if code not in by_code:
            raise ConfigurationError([Problem("partners", unknown_name("partner code", code, by_code))])
        return by_code[code]
