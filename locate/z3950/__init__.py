"""Z39.50 in Python: BER, APDUs, the protocol without IO, an asyncio origin and an embedded target."""
