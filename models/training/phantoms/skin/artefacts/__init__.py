"""What dermoscopy pictures show besides the skin, in the order in which it is laid on."""

from phantoms.skin.artefacts.dark_corners import draw_dark_corners
from phantoms.skin.artefacts.gel_bubbles import draw_gel_bubbles
from phantoms.skin.artefacts.hair import draw_hair
from phantoms.skin.artefacts.ink import draw_ink
from phantoms.skin.artefacts.ruler import draw_ruler

SKIN_ARTEFACTS = {
    'ink': draw_ink,
    'hair': draw_hair,
    'gel-bubbles': draw_gel_bubbles,
    'ruler': draw_ruler,
    'dark-corners': draw_dark_corners,
}
