"""Real Z39.50 software, started and driven by the tests."""
