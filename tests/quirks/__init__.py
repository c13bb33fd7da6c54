"""Quirks of real servers that no other test shows: the client and the locate at targets that have them."""
