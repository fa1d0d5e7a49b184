"""Synthetic medical pictures with planted artefacts and known truth."""
