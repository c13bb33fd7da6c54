"""Real servers for the quirks that they have."""

from __future__ import annotations

from tests.peers.conftest import catalogs, peer_cache, zebra_partners, ztest_server

__all__ = ["catalogs", "peer_cache", "zebra_partners", "ztest_server"]
