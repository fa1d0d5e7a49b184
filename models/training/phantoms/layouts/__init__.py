"""Phantoms on disk, laid out as the real datasets are."""
