"""Arbitrary bytes: a value, a need for more, or a RemoteProtocolError."""
