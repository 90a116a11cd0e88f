"""Schakelbord shows where the system world fails a family, and keeps the thread from gap to result."""

__version__ = "0.1.0"
