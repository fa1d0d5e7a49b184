"""What radiographs show besides the patient, and networks learn by mistake, in the order in which it is laid on."""

from functools import partial

from phantoms.chest.artefacts.burnt_in import draw_arrow, draw_portable
from phantoms.chest.artefacts.collimation import draw_collimation
from phantoms.chest.artefacts.ecg_leads import draw_ecg_leads
from phantoms.chest.artefacts.lead_marker import draw_lead_marker

CHEST_ARTEFACTS = {
    'ecg-leads': draw_ecg_leads,
    'collimation': draw_collimation,
    'left-marker': partial(draw_lead_marker, letter='L'),
    'right-marker': partial(draw_lead_marker, letter='R'),
    'portable': draw_portable,
    'arrow': draw_arrow,
}
