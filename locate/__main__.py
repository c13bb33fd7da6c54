"""``python -m locate`` is ``zlocate``."""

from __future__ import annotations

from locate.cli.entry import main

if __name__ == "__main__":
    main()
