"""The matcher measured on labelled pairs: how often it is right, how sure it is, how fast, and beside others."""
