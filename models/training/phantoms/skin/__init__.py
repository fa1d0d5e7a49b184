"""Dermoscopy phantoms: a lesion in skin, seen through a dermatoscope."""
