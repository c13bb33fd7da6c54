"""The ``zlocate`` command line: one file for each command group, no logic of its own."""
