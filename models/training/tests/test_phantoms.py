"""python -m unittest, from models/training."""

import csv
import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from phantoms.chest.artefacts import CHEST_ARTEFACTS
from phantoms.chest.phantom import CHEST_LABELS, draw_chest
from phantoms.cohort import Tie, plan_cohort
from phantoms.domains import DOMAINS
from phantoms.phantom import SIZE, Order, with_artefact
from phantoms.save_cohorts import Placement, save_cohorts
from phantoms.skin.artefacts import SKIN_ARTEFACTS
from phantoms.skin.phantom import SKIN_LABELS, draw_lesion, draw_skin

DRAWN = ((draw_chest, 'Normal', CHEST_ARTEFACTS), (draw_skin, 'benign', SKIN_ARTEFACTS))


class PhantomTest(unittest.TestCase):
    def test_same_order_same_picture_and_another_patient_is_another(self):
        for draw, label, artefacts in DRAWN:
            order = Order(7, label, frozenset(artefacts))
            first, second, other = draw(order), draw(order), draw(Order(8, label, frozenset(artefacts)))
            np.testing.assert_array_equal(first.picture, second.picture)
            self.assertGreater(np.abs(first.picture.astype(int) - other.picture).mean(), 5)

    def test_every_artefact_changes_its_mask_and_nothing_else(self):
        for draw, label, artefacts in DRAWN:
            plain = Order(3, label)
            before = draw(plain)
            for name in artefacts:
                after = draw(with_artefact(plain, name, True))
                change = np.abs(before.picture.astype(int) - after.picture)
                change = change if change.ndim == 2 else change.max(axis=2)
                mask = after.masks[name]
                self.assertTrue(0 < mask.mean() < 0.6, (name, mask.mean()))
                self.assertGreater(change[mask].max(), 40, name)
                self.assertLess(change[~mask].mean(), 2.0, name)
                for kept in before.masks:
                    np.testing.assert_array_equal(before.masks[kept], after.masks[kept])

    def test_artefacts_leave_each_other_in_place(self):
        both = draw_chest(Order(4, 'Normal', frozenset({'left-marker', 'arrow'})))
        alone = draw_chest(Order(4, 'Normal', frozenset({'arrow'})))
        np.testing.assert_array_equal(both.masks['arrow'], alone.masks['arrow'])

    def test_an_unknown_artefact_is_refused_by_name(self):
        with self.assertRaisesRegex(KeyError, 'tattoo'):
            draw_skin(Order(1, 'benign', frozenset({'tattoo'})))

    def test_markers_sit_in_their_corners(self):
        for name, is_right in (('left-marker', True), ('right-marker', False)):
            rows, columns = np.nonzero(draw_chest(Order(5, 'Normal', frozenset({name}))).masks[name])
            self.assertLess(rows.mean(), SIZE / 3)
            self.assertEqual(columns.mean() > SIZE / 2, is_right)

    def test_opacities_lie_in_the_lungs_of_the_ill(self):
        for seed in range(4):
            for label in CHEST_LABELS:
                masks = draw_chest(Order(seed, label)).masks
                self.assertEqual(masks['infection'].any(), label != 'Normal', (seed, label))
                outside = masks['infection'] & ~masks['lung']
                self.assertLess(outside.sum(), 0.35 * masks['infection'].sum() + 1)

    def test_lungs_take_a_plausible_share_and_are_dark(self):
        for seed in range(4):
            phantom = draw_chest(Order(seed, 'Normal'))
            self.assertTrue(0.12 < phantom.masks['lung'].mean() < 0.40, phantom.masks['lung'].mean())
            self.assertLess(phantom.picture[phantom.masks['lung']].mean(), 150)

    def test_lesions_are_darker_than_the_skin_around(self):
        for seed in range(4):
            for label in SKIN_LABELS:
                phantom = draw_lesion(seed, label)
                mask, grey = phantom.masks['lesion'], phantom.picture.mean(axis=2)
                self.assertTrue(0.005 < mask.mean() < 0.7, mask.mean())
                self.assertLess(grey[mask].mean() + 10, grey[~mask].mean())

    def test_ink_is_broad_and_keeps_away_from_the_middle(self):
        for seed in range(40):
            layer = SKIN_ARTEFACTS['ink'](np.random.default_rng(seed))
            self.assertTrue(0.02 < layer.mask.mean() < 0.12, layer.mask.mean())
            rows, columns = np.nonzero(layer.mask)
            middle = (SIZE - 1) / 2
            self.assertGreater(np.hypot(rows - middle, columns - middle).min(), 0.3 * SIZE)


class CohortTest(unittest.TestCase):
    def test_strength_ties_the_artefact(self):
        for name, domain in DOMAINS.items():
            artefact, tied = domain.planted
            for strength in (0.0, 0.5, 1.0):
                tie = Tie(artefact, tied, strength)
                orders = plan_cohort(domain, 1, 3000, (tie,))
                for label in domain.labels:
                    share = np.mean([artefact in order.artefacts for order in orders if order.label == label])
                    self.assertAlmostEqual(share, tie.rate(label, domain.usual_rates[artefact]), delta=0.05, msg=name)

    def test_ties_leave_patients_and_other_artefacts_alone(self):
        domain = DOMAINS['chest']
        tied, free = plan_cohort(domain, 2, 60, (Tie('left-marker', 'Normal'),)), plan_cohort(domain, 2, 60)
        self.assertEqual(
            [with_artefact(order, 'left-marker', False) for order in tied],
            [with_artefact(order, 'left-marker', False) for order in free],
        )


class LayoutTest(unittest.TestCase):
    def save(self, name, count):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        orders = plan_cohort(DOMAINS[name], 2, count)
        save_cohorts(name, [Placement(folder, order, 'Test') for order in orders], processes=1)
        return folder, orders

    def test_chest_files(self):
        folder, orders = self.save('chest', 3)
        part = folder / 'Infection Segmentation Data' / 'Infection Segmentation Data' / 'Test'
        self.assertEqual(sorted(path.name for path in part.iterdir()), sorted(CHEST_LABELS))
        for kind in ('images', 'lung masks', 'infection masks'):
            files = sorted(part.glob(f'*/{kind}/*.png'))
            self.assertEqual(len(files), 3, kind)
            for file in files:
                with Image.open(file) as image:
                    self.assertEqual(image.size, (SIZE, SIZE))

    def test_skin_files_and_table(self):
        folder, orders = self.save('skin', 4)
        with open(folder / 'train_concat.csv', newline='', encoding='utf-8') as file:
            rows = list(csv.DictReader(file))
        self.assertEqual([row['benign_malignant'] for row in rows], [order.label for order in orders])
        for row in rows:
            self.assertTrue((folder / 'train' / 'train' / f'{row["image_name"]}.jpg').is_file())
            self.assertTrue((folder / 'train' / 'train' / 'lesion masks' / f'{row["image_name"]}.png').is_file())
        self.assertLess(len({row['patient_id'] for row in rows}), len(rows))


if __name__ == '__main__':
    unittest.main()
