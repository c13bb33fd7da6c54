"""The ZOOM face."""
