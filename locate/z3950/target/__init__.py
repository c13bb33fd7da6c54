"""The embedded target: catalogs of real records served over Z39.50, for demos, tests and emulating a partner's system.

`server` is the door (`serve`, `ThreadedServer`), `catalog` what it serves, `emulation` the bad habits of real systems.
"""
